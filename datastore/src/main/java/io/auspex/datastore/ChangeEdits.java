package io.auspex.datastore;

import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns changes back into edits that make them again, on this or another root. */
final class ChangeEdits {
    private ChangeEdits() {}

    /**
     * The edits that make changes.
     *
     * @param after the root that the changes lead to
     */
    static List<Edit> of(List<Change> changes, TreeNode after) {
        return changes.stream().map(c -> edit(c, after)).toList();
    }

    /**
     * Makes changes in another root. An entry of a list that the user orders comes after the nearest one before it that
     * is there.
     *
     * @param after the root that the changes lead to
     */
    static TreeNode apply(TreeNode root, List<Change> changes, TreeNode after) throws YangException {
        var result = root;
        for (var change : changes) {
            var edit = edit(change, after);
            if (edit.position() instanceof Position.After(ListKey anchor)) {
                var list = change.path().parent().orElseThrow();
                var schema = change.path().schema();
                while (anchor != null && !EditApplier.exists(result, list.entry(schema, anchor))) {
                    anchor = predecessor(list.entry(schema, anchor), after);
                }
                var position = anchor == null ? new Position.First() : new Position.After(anchor);
                edit = new Edit(edit.operation(), edit.target(), edit.data(), position);
            }
            result = EditApplier.apply(result, List.of(edit));
        }
        return result;
    }

    private static Edit edit(Change change, TreeNode after) {
        var node = change.after();
        if (node == null) {
            return new Edit(Operation.REMOVE, change.path(), null);
        }
        var data = node instanceof LeafNode leaf && change.path().key().isPresent()
                ? TreeLeafList.of(leaf.schema(), List.of(leaf.value()))
                : node;
        Position position = new Position.Unchanged();
        if (placed(change)) {
            var anchor = predecessor(change.path(), after);
            position = anchor == null ? new Position.First() : new Position.After(anchor);
        }
        return new Edit(Operation.REPLACE, change.path(), data, position);
    }

    /** True of an entry that is new or moved in a list that the user orders. */
    static boolean placed(Change change) {
        return change.after() != null
                && change.path().schema().userOrdered()
                && change.path().key().isPresent()
                && (change.before() == null || change.moved());
    }

    /** The key of the entry just before one; null for the first. */
    static @Nullable ListKey predecessor(DataPath path, TreeNode root) {
        var whole = path.parent().orElseThrow().child(path.schema());
        var key = path.key().orElseThrow();
        return switch (Trees.find(root, whole).orElseThrow()) {
            case TreeList list -> list.predecessor(key);
            case TreeLeafList values ->
                Optional.ofNullable(values.predecessor(key.value(0)))
                        .map(ListKey::of)
                        .orElse(null);
            default -> throw new IllegalStateException(whole + " is no list");
        };
    }
}
