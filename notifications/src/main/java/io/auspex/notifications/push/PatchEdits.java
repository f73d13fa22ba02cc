package io.auspex.notifications.push;

import io.auspex.access.Decisions;
import io.auspex.datastore.Change;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.ResourceIdentifiers;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes as the edits of a YANG Patch that one receiver is told of (RFC 8641 §3.5.2, RFC 8072 §2.5). */
final class PatchEdits {
    private final SchemaNode edit;
    private final SchemaNode value;
    private final Decisions then;
    private final Decisions now;
    private final OpaqueNode.Encoding encoding;
    private final Set<ChangeType> excluded;
    private final List<TreeNode> edits = new ArrayList<>();
    private final Delta delta;

    /** The entries that are put somewhere: what followed one of them does not any more. */
    private final Set<DataPath> placed = new HashSet<>();

    private PatchEdits(
            Delta delta,
            SchemaNode edit,
            Decisions then,
            Decisions now,
            OpaqueNode.Encoding encoding,
            Set<ChangeType> excluded) {
        this.delta = delta;
        this.edit = edit;
        this.value = edit.child("value").orElseThrow();
        this.then = then;
        this.now = now;
        this.encoding = encoding;
        this.excluded = excluded;
    }

    /**
     * The edits: none for what may not be seen, and none of excluded kinds.
     *
     * @param edit the list of edits in the notification
     * @param then what may be seen of what was there before
     * @param now what may be seen of what is there after
     */
    static List<TreeNode> of(
            Delta delta,
            Selection selection,
            SchemaNode edit,
            Decisions then,
            Decisions now,
            OpaqueNode.Encoding encoding,
            Set<ChangeType> excluded)
            throws YangException {
        var patch = new PatchEdits(delta, edit, then, now, encoding, excluded);
        for (var change : SelectedChanges.of(delta, selection)) {
            patch.add(change);
        }
        return List.copyOf(patch.edits);
    }

    private void add(Change change) throws YangException {
        var path = change.path();
        var before = visible(then, path, change.before());
        var after = visible(now, path, change.after());
        var hidden = before == null && after == null && (change.before() != null || change.after() != null);
        if (hidden || !then.mayRead(path) && !now.mayRead(path)) {
            return;
        }
        for (var type : types(path, before, after)) {
            if (type == ChangeType.MOVE && staysInPlace(path)) {
                continue;
            }
            if (puts(type)) {
                placed.add(path);
            }
            if (!excluded.contains(type)) {
                edits.add(edit(type, path, after));
            }
        }
    }

    private static boolean puts(ChangeType type) {
        return type == ChangeType.INSERT || type == ChangeType.MOVE;
    }

    /** True when an entry went past none but hidden ones: it follows what it followed, and that has not gone elsewhere. */
    private boolean staysInPlace(DataPath path) {
        var predecessor = predecessor(path, delta.after(), now);
        return Objects.equals(predecessor, predecessor(path, delta.before(), then))
                && (predecessor == null || !placed.contains(predecessor));
    }

    private static @Nullable DataNode visible(Decisions decisions, DataPath path, @Nullable DataNode node) {
        return node == null ? null : decisions.readable(path, node).orElse(null);
    }

    private static List<ChangeType> types(DataPath path, @Nullable DataNode before, @Nullable DataNode after) {
        if (after == null) {
            return List.of(ChangeType.DELETE);
        }
        var ordered = path.schema().userOrdered() && path.key().isPresent();
        if (before == null) {
            return List.of(ordered ? ChangeType.INSERT : ChangeType.CREATE);
        }
        if (!ordered) {
            return List.of(ChangeType.REPLACE);
        }
        return Trees.copy(before).equals(Trees.copy(after))
                ? List.of(ChangeType.MOVE)
                : List.of(ChangeType.REPLACE, ChangeType.MOVE);
    }

    private TreeNode edit(ChangeType type, DataPath path, @Nullable DataNode node) throws YangException {
        var content = node == null || type == ChangeType.MOVE
                ? null
                : Anydata.resource(value, resource(path, node), encoding);
        return NodeBuilder.node(edit, e -> {
            e.leaf("edit-id", "edit" + (edits.size() + 1))
                    .leaf("operation", type.toString())
                    .leaf("target", ResourceIdentifiers.of(path));
            if (puts(type)) {
                var predecessor = predecessor(path, delta.after(), now);
                e.leaf("where", predecessor == null ? "first" : "after");
                if (predecessor != null) {
                    e.leaf("point", ResourceIdentifiers.of(predecessor));
                }
            }
            if (content != null) {
                e.child(content);
            }
        });
    }

    private static DataNode resource(DataPath path, DataNode node) {
        return node instanceof LeafNode leaf && path.schema().kind() == NodeKind.LEAF_LIST
                ? TreeLeafList.of(leaf.schema(), List.of(leaf.value()))
                : node;
    }

    /** The nearest entry before one that may be seen; null for the first. */
    private static @Nullable DataPath predecessor(DataPath path, TreeNode root, Decisions decisions) {
        var above = path.parent().orElseThrow();
        var entries = Trees.find(root, above.child(path.schema())).orElse(null);
        for (var key = path.key().orElse(null); key != null; ) {
            key = predecessor(key, entries);
            if (key != null && decisions.mayRead(above.entry(path.schema(), key))) {
                return above.entry(path.schema(), key);
            }
        }
        return null;
    }

    private static @Nullable ListKey predecessor(ListKey key, @Nullable DataNode entries) {
        return switch (entries) {
            case TreeList list -> list.predecessor(key);
            case TreeLeafList values -> {
                var value = values.predecessor(key.value(0));
                yield value == null ? null : ListKey.of(value);
            }
            case null, default -> null;
        };
    }
}
