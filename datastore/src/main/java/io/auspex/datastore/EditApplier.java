package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Applies edits to a root (RFC 6241 §7.2, RFC 8072 §2.5). Containers without presence on the way to a target are made when
 * needed and go when empty; list entries and presence containers on the way have to be there.
 */
final class EditApplier {
    private final Edit edit;
    private final List<DataPath> steps;

    private EditApplier(Edit edit) {
        this.edit = edit;
        this.steps = edit.target().steps();
    }

    /** The root after the edits, the very same where they change nothing. */
    static TreeNode apply(TreeNode root, List<Edit> edits) throws YangException {
        var result = root;
        for (var edit : edits) {
            result = new EditApplier(edit).apply(result);
        }
        return result;
    }

    /** True when the node of a path is there; the root always is. */
    static boolean exists(TreeNode root, DataPath path) {
        return Trees.find(root, path).isPresent();
    }

    private TreeNode apply(TreeNode root) throws YangException {
        for (var step : steps) {
            if (!step.schema().config()) {
                throw fault(Failure.METHOD_NOT_ALLOWED, "is state (config false) and cannot be edited");
            }
        }
        if (steps.isEmpty()
                && edit.operation() == Operation.REPLACE
                && edit.data() instanceof TreeNode other
                && other.version() != 0) {
            return apply(root, ChangeEdits.of(Differences.between(root, other), other));
        }
        var data = data();
        if (!steps.isEmpty()) {
            return within(root, 0, data);
        }
        var whole = data == null ? TreeNode.empty(root.schema()) : (TreeNode) data;
        return switch (edit.operation()) {
            case MERGE -> Combining.merge(root, whole);
            case REPLACE -> (TreeNode) Combining.sharing(root, whole);
            case DELETE, REMOVE -> TreeNode.empty(root.schema());
            case NONE -> root;
            case CREATE -> throw fault(Failure.DATA_EXISTS, "exists already");
        };
    }

    /** The edit's data as it is stored; null when there is none, or nothing in it. */
    private @Nullable DataNode data() throws YangException {
        var target = edit.target();
        var given = edit.data();
        if (target.key().isPresent()) {
            var key = target.key().get();
            if (target.schema().kind() == NodeKind.LEAF_LIST) {
                checkValue(given, key);
                return TreeLeafList.of(target.schema(), List.of(key.value(0)));
            }
            var entry = given instanceof ListNode list && list.size() == 1
                    ? list.iterator().next()
                    : given;
            if (entry instanceof InnerNode inner && inner.schema() == target.schema()) {
                var other = EditData.key(inner, target);
                if (!other.equals(key)) {
                    throw fault(
                            Failure.INVALID_VALUE,
                            "the data is entry " + target.parent().orElseThrow().entry(target.schema(), other));
                }
            }
            given = entry;
        }
        if (given == null) {
            return null;
        }
        if (given.schema() != target.schema()) {
            throw fault(Failure.INVALID_VALUE, "the data is of " + given.schema());
        }
        return EditData.stored(given, target);
    }

    private void checkValue(@Nullable DataNode given, ListKey key) throws YangException {
        var same = switch (given) {
            case null -> true;
            case LeafListNode values ->
                values.contains(key.value(0)) && Trees.copy(values) instanceof TreeLeafList v && v.size() == 1;
            case LeafNode leaf -> leaf.value().equals(key.value(0));
            default -> false;
        };
        if (!same) {
            throw fault(Failure.INVALID_VALUE, "the data is another value than that of the target");
        }
    }

    private TreeNode within(TreeNode node, int at, @Nullable DataNode data) throws YangException {
        var step = steps.get(at);
        var schema = step.schema();
        var key = step.key().orElse(null);
        if (at == steps.size() - 1) {
            return key == null ? whole(node, schema, data) : entry(node, schema, key, data);
        }
        var child = node.child(schema);
        if (key != null && schema.kind() == NodeKind.LIST) {
            var list = (TreeList) child;
            var entry = list == null ? null : (TreeNode) list.entry(key);
            if (list == null || entry == null) {
                return missing(node, step);
            }
            var changed = within(entry, at + 1, data);
            return changed == entry ? node : node.with(list.with(changed, new Position.Unchanged()));
        }
        if (schema.kind() != NodeKind.CONTAINER) {
            throw fault(Failure.BAD_TARGET, step + " is not one node");
        }
        var inner = (TreeNode) child;
        if (inner == null) {
            if (schema.presence() || !makes()) {
                return missing(node, step);
            }
            inner = TreeNode.empty(schema);
        }
        var changed = within(inner, at + 1, data);
        return changed == inner ? node : put(node, changed);
    }

    private boolean makes() {
        return switch (edit.operation()) {
            case MERGE, REPLACE, CREATE -> true;
            case DELETE, REMOVE, NONE -> false;
        };
    }

    private TreeNode missing(TreeNode node, DataPath parent) throws YangException {
        if (edit.operation() == Operation.REMOVE) {
            return node;
        }
        throw fault(Failure.DATA_MISSING, parent + " does not exist");
    }

    private static TreeNode put(TreeNode node, TreeNode child) {
        return child.isEmpty() && Trees.isStructural(child)
                ? node.without(child.schema())
                : Combining.with(node, child);
    }

    /** The target is a container, leaf or anydata, or a list or leaf-list as a whole. */
    private TreeNode whole(TreeNode node, SchemaNode schema, @Nullable DataNode data) throws YangException {
        var there = node.child(schema);
        checkExistence(there != null);
        if (schema.isKey() && edit.operation() != Operation.NONE && (data == null || !data.equals(there))) {
            throw fault(Failure.INVALID_VALUE, "is a key of its entry and cannot be changed");
        }
        return switch (edit.operation()) {
            case MERGE ->
                data == null ? node : Combining.with(node, there == null ? data : Combining.merge(there, data));
            case REPLACE, CREATE ->
                data == null
                        ? node.without(schema)
                        : Combining.with(node, there == null ? data : Combining.sharing(there, data));
            case DELETE, REMOVE -> node.without(schema);
            case NONE -> node;
        };
    }

    /** The target is an entry of a list or leaf-list. */
    private TreeNode entry(TreeNode node, SchemaNode schema, ListKey key, @Nullable DataNode data)
            throws YangException {
        try {
            return schema.kind() == NodeKind.LEAF_LIST ? value(node, schema, key) : listEntry(node, schema, key, data);
        } catch (NoSuchElementException e) {
            throw new YangException(YangError.of(
                            Failure.BAD_ATTRIBUTE,
                            edit.target(),
                            edit.target() + ": the entry to be put next to does not exist")
                    .withAppTag("missing-instance")
                    .withInfo(
                            ErrorInfo.badAttribute(schema.kind() == NodeKind.LEAF_LIST ? "value" : "key"),
                            ErrorInfo.badElement(schema.name())));
        }
    }

    private TreeNode value(TreeNode node, SchemaNode schema, ListKey key) throws YangException {
        var values = (TreeLeafList) node.child(schema);
        var value = key.value(0);
        var there = values != null && values.contains(value);
        checkExistence(there);
        return switch (edit.operation()) {
            case MERGE, REPLACE, CREATE ->
                there && edit.position() instanceof Position.Unchanged
                        ? node
                        : Combining.with(
                                node,
                                (values == null ? TreeLeafList.of(schema, List.of()) : values)
                                        .with(value, edit.position()));
            case DELETE, REMOVE -> {
                if (values == null) {
                    yield node;
                }
                var rest = values.without(value);
                yield rest == values ? node : rest.size() == 0 ? node.without(schema) : node.with(rest);
            }
            case NONE ->
                values == null || edit.position() instanceof Position.Unchanged
                        ? node
                        : node.with(values.with(value, edit.position()));
        };
    }

    private TreeNode listEntry(TreeNode node, SchemaNode schema, ListKey key, @Nullable DataNode data)
            throws YangException {
        var list = (TreeList) node.child(schema);
        var there = list == null ? null : (TreeNode) list.entry(key);
        checkExistence(there != null);
        return switch (edit.operation()) {
            case MERGE, REPLACE, CREATE -> {
                if (!(data instanceof TreeNode given)) {
                    throw fault(Failure.MISSING_ELEMENT, "an edit without data");
                }
                var changed = there == null
                        ? given
                        : edit.operation() == Operation.MERGE
                                ? Combining.merge(there, given)
                                : (TreeNode) Combining.sharing(there, given);
                if (changed == there && edit.position() instanceof Position.Unchanged) {
                    yield node;
                }
                yield Combining.with(
                        node, (list == null ? TreeList.empty(schema) : list).with(changed, edit.position()));
            }
            case DELETE, REMOVE -> {
                if (list == null || there == null) {
                    yield node;
                }
                var rest = list.without(key);
                yield rest.size() == 0 ? node.without(schema) : node.with(rest);
            }
            case NONE ->
                list == null || there == null || edit.position() instanceof Position.Unchanged
                        ? node
                        : node.with(list.with(there, edit.position()));
        };
    }

    private void checkExistence(boolean there) throws YangException {
        switch (edit.operation()) {
            case CREATE -> {
                if (there) {
                    throw fault(Failure.DATA_EXISTS, "exists already");
                }
            }
            case DELETE, NONE -> {
                if (!there) {
                    throw fault(Failure.DATA_MISSING, "does not exist");
                }
            }
            case MERGE, REPLACE, REMOVE -> {}
        }
    }

    private YangException fault(Failure failure, String what) {
        return new YangException(failure, edit.target(), edit.target() + ": " + what);
    }
}
