package io.auspex.notifications.push;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.NodeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a copy of a tree that is made while it is read up to date, at the cost of what changed. */
final class Shadow {
    private final List<DataPath> steps;

    private Shadow(List<DataPath> steps) {
        this.steps = steps;
    }

    /**
     * The copy, made equal to the tree at and below a path.
     *
     * @param copy equal to the tree elsewhere
     */
    static TreeNode refreshed(TreeNode copy, InnerNode tree, DataPath path) {
        return path.isRoot() ? (TreeNode) Trees.copy(tree) : new Shadow(path.steps()).refreshed(copy, tree, 0);
    }

    private TreeNode refreshed(TreeNode copy, InnerNode tree, int at) {
        var step = steps.get(at);
        var old = node(copy, step);
        var now = node(tree, step);
        if (at + 1 < steps.size() && old instanceof TreeNode inner && now instanceof InnerNode other) {
            var changed = refreshed(inner, other, at + 1);
            return changed == inner ? copy : with(copy, step, changed);
        }
        return with(copy, step, now == null ? null : Trees.copy(now));
    }

    /** An entry only where entries have no order of their own; else the whole list or leaf-list. */
    private static boolean isEntry(DataPath step) {
        var schema = step.schema();
        return step.key().isPresent() && schema.kind() == NodeKind.LIST && !schema.userOrdered();
    }

    private static @Nullable DataNode node(InnerNode parent, DataPath step) {
        var child = parent.child(step.schema());
        return isEntry(step) && child instanceof ListNode list
                ? list.entry(step.key().orElseThrow())
                : child;
    }

    private static TreeNode with(TreeNode parent, DataPath step, @Nullable DataNode node) {
        var schema = step.schema();
        if (!isEntry(step)) {
            return node == null ? parent.without(schema) : parent.with(node);
        }
        var list = parent.child(schema) instanceof TreeList there ? there : TreeList.empty(schema);
        var changed = node == null
                ? list.without(step.key().orElseThrow())
                : list.with((InnerNode) node, new Position.Unchanged());
        return changed.size() == 0 ? parent.without(schema) : parent.with(changed);
    }
}
