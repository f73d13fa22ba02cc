package io.auspex.yang.data;

import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.NodeKind;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/** Walks over data trees. */
public final class Trees {
    private Trees() {}

    /**
     * The node at a path below a root: for a leaf-list entry the leaf-list as far as it holds the value, for a list
     * without key the whole list.
     */
    public static Optional<DataNode> find(InnerNode root, DataPath path) {
        DataNode at = root;
        for (var step : path.steps()) {
            if (!(at instanceof InnerNode inner)) {
                return Optional.empty();
            }
            var child = inner.child(step.schema());
            var key = step.key();
            if (child instanceof ListNode list && key.isPresent()) {
                child = list.entry(key.get());
            } else if (child instanceof LeafListNode values
                    && key.isPresent()
                    && !values.contains(key.get().value(0))) {
                child = null;
            }
            if (child == null) {
                return Optional.empty();
            }
            at = child;
        }
        return Optional.of(at);
    }

    /** A copy of a node that is immutable and independent of what served it. */
    public static DataNode copy(DataNode node) {
        return switch (node) {
            case TreeNode tree -> tree;
            case TreeList list -> list;
            case TreeLeafList values -> values;
            case LeafNode leaf -> leaf;
            case OpaqueNode opaque -> opaque;
            case InnerNode inner -> {
                var children = new java.util.ArrayList<DataNode>();
                inner.children().forEach(c -> children.add(copy(c)));
                children.removeIf(Trees::isEmptyList);
                yield TreeNode.of(inner.schema(), children);
            }
            case ListNode list -> {
                var entries = new java.util.ArrayList<InnerNode>();
                list.forEach(e -> entries.add((InnerNode) copy(e)));
                yield TreeList.of(list.schema(), entries);
            }
            case LeafListNode values -> {
                var all = new java.util.ArrayList<Object>();
                values.forEach(all::add);
                yield TreeLeafList.of(values.schema(), all);
            }
        };
    }

    private static boolean isEmptyList(DataNode node) {
        return node instanceof ListNode list && list.size() == 0
                || node instanceof LeafListNode values && values.size() == 0;
    }

    /** True for a node that exists only through its children: a container without presence (RFC 7950 §7.5.1). */
    public static boolean isStructural(DataNode node) {
        return node.schema().kind() == NodeKind.CONTAINER && !node.schema().presence();
    }

    static boolean sameElements(Iterable<?> a, Iterable<?> b) {
        Iterator<?> left = a.iterator();
        Iterator<?> right = b.iterator();
        while (left.hasNext() && right.hasNext()) {
            if (!Objects.equals(left.next(), right.next())) {
                return false;
            }
        }
        return !left.hasNext() && !right.hasNext();
    }
}
