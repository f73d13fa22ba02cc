package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the changes from one root to another, skipping what both share, and gives new nodes their version. */
public final class Differences {
    private final long version;
    private final List<Change> changes = new ArrayList<>();

    private Differences(long version) {
        this.version = version;
    }

    /** The changes, without giving versions. */
    public static List<Change> between(TreeNode before, TreeNode after) {
        return committing(before, after, 0);
    }

    /** The changes; every node of the later root that has no version yet gets the one given. */
    static List<Change> committing(TreeNode before, TreeNode after, long version) {
        var differences = new Differences(version);
        differences.inner(before, after, DataPath.root(before.schema()));
        return differences.changes;
    }

    private void inner(TreeNode before, TreeNode after, DataPath path) {
        if (before == after) {
            return;
        }
        stamp(after);
        var left = before.children();
        var right = after.children();
        var i = 0;
        var j = 0;
        while (i < left.size() || j < right.size()) {
            var a = i < left.size() ? left.get(i) : null;
            var b = j < right.size() ? right.get(j) : null;
            var order = a == null
                    ? 1
                    : b == null
                            ? -1
                            : Integer.compare(a.schema().index(), b.schema().index());
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            child(order <= 0 ? a : null, order >= 0 ? b : null, path);
        }
    }

    private void child(@Nullable DataNode before, @Nullable DataNode after, DataPath parent) {
        if (before == after) {
            return;
        }
        var schema = (before == null ? Objects.requireNonNull(after) : before).schema();
        switch (isOne(schema) ? NodeKind.LEAF : schema.kind()) {
            case LIST -> list(schema, (TreeList) before, (TreeList) after, parent);
            case LEAF_LIST ->
                TreeLeafList.differences((TreeLeafList) before, (TreeLeafList) after, (value, was, is) -> {
                    var leaf = new LeafNode(schema, value);
                    add(parent.entry(schema, ListKey.of(value)), was ? leaf : null, is ? leaf : null);
                });
            case CONTAINER -> {
                if (before == null || after == null) {
                    add(parent.child(schema), before, after);
                } else {
                    inner((TreeNode) before, (TreeNode) after, parent.child(schema));
                }
            }
            default -> {
                if (!Objects.equals(before, after)) {
                    add(parent.child(schema), before, after);
                }
            }
        }
    }

    /** True of entries without keys, and of values that may stand twice: they have no paths of their own. */
    private static boolean isOne(SchemaNode schema) {
        return schema.kind() == NodeKind.LIST && schema.keys().isEmpty()
                || schema.kind() == NodeKind.LEAF_LIST && !schema.config();
    }

    private void list(SchemaNode schema, @Nullable TreeList before, @Nullable TreeList after, DataPath parent) {
        TreeList.differences(before, after, (a, b, moved) -> {
            var key = Objects.requireNonNull((a == null ? Objects.requireNonNull(b) : a).key());
            var path = parent.entry(schema, key);
            if (a == null || b == null || moved) {
                add(path, a, b);
            } else {
                inner((TreeNode) a, (TreeNode) b, path);
            }
        });
    }

    private void add(DataPath path, @Nullable DataNode before, @Nullable DataNode after) {
        changes.add(new Change(path, before, after));
        if (after instanceof InnerNode) {
            stampAll(after);
        }
    }

    private void stamp(TreeNode node) {
        if (version != 0 && node.version() == 0) {
            node.stamp(version);
        }
    }

    /** A node with a version has nothing without one in it. */
    private void stampAll(DataNode node) {
        switch (node) {
            case TreeNode inner
            when version != 0 && inner.version() == 0 -> {
                inner.stamp(version);
                inner.children().forEach(this::stampAll);
            }
            case ListNode list -> list.forEach(this::stampAll);
            default -> {}
        }
    }
}
