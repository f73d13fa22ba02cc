package io.auspex.notifications.push;

import io.auspex.datastore.Change;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a delta by nodes that are selected and can be the target of an edit: what came or went with a node above the
 * selection is told node by node, and a list without keys by its parent.
 */
final class SelectedChanges {
    private final Selection selection;
    private final Map<DataPath, Change> changes = new LinkedHashMap<>();

    private SelectedChanges(Selection selection) {
        this.selection = selection;
    }

    static List<Change> of(Delta delta, Selection selection) {
        var selected = new SelectedChanges(selection);
        for (var change : delta.changes()) {
            var path = change.path();
            if (path.schema().kind() == NodeKind.LIST && path.key().isEmpty()) {
                var parent = path.parent().orElseThrow();
                selected.put(
                        parent,
                        Trees.find(delta.before(), parent).orElse(null),
                        Trees.find(delta.after(), parent).orElse(null));
            } else {
                var replaced = delta.replaced(path);
                if (replaced != null) {
                    // what came anew in the place of something that went is told as new; the rest is gone
                    selected.add(path, replaced, null);
                }
                selected.add(path, change.before(), change.after());
            }
        }
        return selected.changes.values().stream()
                .filter(c -> !selected.isWithinAnother(c.path()))
                .toList();
    }

    /** True below a node whose change tells everything. */
    private boolean isWithinAnother(DataPath path) {
        for (var at = path.parent(); at.isPresent(); at = at.get().parent()) {
            if (changes.containsKey(at.get())) {
                return true;
            }
        }
        return false;
    }

    private void put(DataPath path, @Nullable DataNode before, @Nullable DataNode after) {
        changes.put(path, new Change(path, before, after));
    }

    private void add(DataPath path, @Nullable DataNode before, @Nullable DataNode after) {
        var only = before == null ? after : before;
        if (before != null && after != null || !(only instanceof InnerNode inner) || selection.selects(path)) {
            put(path, before, after);
            return;
        }
        for (var child : inner.children()) {
            if (!child.schema().isKey()) {
                children(path, child, before != null);
            }
        }
    }

    /** What came or went with its parent. */
    private void children(DataPath parent, DataNode node, boolean gone) {
        var schema = node.schema();
        switch (node) {
            case ListNode list
            when !schema.keys().isEmpty() -> list.forEach(e -> one(parent.entry(schema, key(e)), e, gone));
            case LeafListNode values
            when schema.config() ->
                values.forEach(v -> one(parent.entry(schema, ListKey.of(v)), new LeafNode(schema, v), gone));
            case ListNode _, LeafListNode _, InnerNode _, LeafNode _, OpaqueNode _ ->
                one(parent.child(schema), node, gone);
        }
    }

    private static ListKey key(InnerNode entry) {
        return Objects.requireNonNull(entry.key());
    }

    private void one(DataPath path, DataNode node, boolean gone) {
        add(path, gone ? node : null, gone ? null : node);
    }
}
