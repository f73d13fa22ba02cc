package io.auspex.netconfserver.operation;

import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.yang.codec.EditOperation;
import io.auspex.yang.codec.EditTree;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/**
 * Turns the tree of an edit-config into edits in a row (RFC 6241 §7.2): one for each node at which the operation changes,
 * with all data below it that has the same operation.
 */
final class EditCompiler {
    private final List<Edit> edits = new ArrayList<>();

    private EditCompiler() {}

    /**
     * The edits of a configuration, in document order.
     *
     * @param root the {@code config} element, its schema node the root
     * @throws YangException an operation stands below a delete or remove
     */
    static List<Edit> compile(EditTree root) throws YangException {
        var compiler = new EditCompiler();
        var nothing = root.operation() == EditOperation.MERGE && root.children().isEmpty();
        if (!nothing) {
            compiler.node(root, DataPath.root(root.schema()), compiler.edits);
        }
        return List.copyOf(compiler.edits);
    }

    private void node(EditTree tree, DataPath path, List<Edit> out) throws YangException {
        switch (tree.operation()) {
            case DELETE, REMOVE -> {
                if (tree.mixed()) {
                    throw new YangException(YangError.of(
                                    Failure.BAD_ATTRIBUTE,
                                    path,
                                    path + ": an element of other operation below one that is deleted")
                            .withInfo(
                                    ErrorInfo.badAttribute("operation"),
                                    ErrorInfo.badElement(path.schema().name())));
                }
                out.add(edit(tree, path, null));
            }
            case NONE -> {
                if (!path.isRoot() && tree.schema().kind() != NodeKind.LEAF && !isStructural(tree.schema())) {
                    out.add(edit(tree, path, null));
                }
                for (var child : tree.children()) {
                    if (!child.schema().isKey()) {
                        node(child, pathOf(path, child), out);
                    }
                }
            }
            case MERGE, REPLACE, CREATE -> {
                var below = new ArrayList<Edit>();
                var data = collect(tree, path, below);
                if (!path.isRoot() || tree.operation() == EditOperation.REPLACE || !isEmpty(data)) {
                    out.add(edit(tree, path, data));
                }
                out.addAll(below);
            }
        }
    }

    /** The data of a node without what has another operation, which goes to a list of its own. */
    private DataNode collect(EditTree tree, DataPath path, List<Edit> below) throws YangException {
        if (!tree.mixed()) {
            return Objects.requireNonNull(tree.node());
        }
        var single = new ArrayList<DataNode>();
        var entries = new LinkedHashMap<SchemaNode, List<InnerNode>>();
        var values = new LinkedHashMap<SchemaNode, List<Object>>();
        for (var child : tree.children()) {
            var same = child.operation() == tree.operation() && child.position() instanceof Position.Unchanged;
            if (!same && !child.schema().isKey()) {
                node(child, pathOf(path, child), below);
                continue;
            }
            var data = collect(child, pathOf(path, child), below);
            switch (child.schema().kind()) {
                case LIST ->
                    entries.computeIfAbsent(child.schema(), _ -> new ArrayList<>())
                            .add((InnerNode) data);
                case LEAF_LIST ->
                    ((LeafListNode) data)
                            .forEach(v -> values.computeIfAbsent(child.schema(), _ -> new ArrayList<>())
                                    .add(v));
                default -> single.add(data);
            }
        }
        entries.forEach((schema, all) -> single.add(TreeList.of(schema, all)));
        values.forEach((schema, all) -> single.add(TreeLeafList.of(schema, all)));
        return TreeNode.of(tree.schema(), single);
    }

    private static Edit edit(EditTree tree, DataPath path, @org.jspecify.annotations.Nullable DataNode data) {
        return new Edit(Operation.valueOf(tree.operation().name()), path, data, tree.position());
    }

    static DataPath pathOf(DataPath parent, EditTree child) {
        return child.entryKey()
                .map((ListKey key) -> parent.entry(child.schema(), key))
                .orElseGet(() -> parent.child(child.schema()));
    }

    private static boolean isStructural(SchemaNode schema) {
        return schema.kind() == NodeKind.CONTAINER && !schema.presence();
    }

    private static boolean isEmpty(DataNode data) {
        return data instanceof TreeNode tree
                && tree.isEmpty()
                && (tree.schema().kind() == NodeKind.ROOT || Trees.isStructural(tree));
    }
}
