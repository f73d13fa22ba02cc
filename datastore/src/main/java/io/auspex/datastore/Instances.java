package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks over the instances of schema nodes in a stored tree. */
final class Instances {
    private Instances() {}

    /** Told of each instance: an inner node, a leaf, or one value of a leaf-list as a leaf. */
    @FunctionalInterface
    interface Visitor {
        void visit(DataPath path, DataNode node);
    }

    /** Visits a node and all below it whose schema nodes are wanted; what is below an unwanted one is left out, too. */
    static void below(DataPath path, DataNode node, Predicate<SchemaNode> wanted, Visitor visitor) {
        visitor.visit(path, node);
        if (node instanceof TreeNode inner) {
            for (var child : inner.children()) {
                var schema = child.schema();
                if (!wanted.test(schema)) {
                    continue;
                }
                switch (child) {
                    case TreeList list -> {
                        for (var entry : list) {
                            below(path.entry(schema, Objects.requireNonNull(entry.key())), entry, wanted, visitor);
                        }
                    }
                    case TreeLeafList values -> {
                        for (var value : values) {
                            visitor.visit(path.entry(schema, ListKey.of(value)), new LeafNode(schema, value));
                        }
                    }
                    default -> below(path.child(schema), child, wanted, visitor);
                }
            }
        }
    }

    /** Visits the instances of one schema node below a node, following the schema nodes from that node to it. */
    static void of(DataPath path, TreeNode node, List<SchemaNode> way, Visitor visitor) {
        of(path, node, way, TreeNode::child, visitor);
    }

    /** Visits those instances, too, that are there without being stored (RFC 7950 §6.4.1), whether conditions allow them or not. */
    static void implied(DataPath path, TreeNode node, List<SchemaNode> way, Visitor visitor) {
        of(path, node, way, Instances::childOrImplied, visitor);
    }

    /** What a node holds of a schema node. */
    @FunctionalInterface
    private interface Children {
        @Nullable
        DataNode of(TreeNode node, SchemaNode schema);
    }

    /** A top-level container that is not there implies nothing. */
    private static @Nullable DataNode childOrImplied(TreeNode node, SchemaNode schema) {
        var child = node.child(schema);
        if (child != null || node.schema().kind() == NodeKind.ROOT || !isImplied(schema)) {
            return child;
        }
        return switch (schema.kind()) {
            case LEAF -> new LeafNode(schema, schema.defaults().getFirst());
            case LEAF_LIST -> TreeLeafList.of(schema, schema.defaults());
            default -> TreeNode.empty(schema);
        };
    }

    /** True for what is there wherever it can be: containers without presence, and leafs with a default (RFC 7950 §6.4.1). */
    static boolean isImplied(SchemaNode schema) {
        return schema.kind() == NodeKind.CONTAINER && !schema.presence()
                || !schema.defaults().isEmpty();
    }

    private static void of(DataPath path, TreeNode node, List<SchemaNode> way, Children children, Visitor visitor) {
        if (way.isEmpty()) {
            visitor.visit(path, node);
            return;
        }
        var schema = way.getFirst();
        var rest = way.subList(1, way.size());
        switch (children.of(node, schema)) {
            case null -> {}
            case TreeList list -> {
                for (var entry : list) {
                    of(
                            path.entry(schema, Objects.requireNonNull(entry.key())),
                            (TreeNode) entry,
                            rest,
                            children,
                            visitor);
                }
            }
            case TreeLeafList values -> {
                for (var value : values) {
                    visitor.visit(path.entry(schema, ListKey.of(value)), new LeafNode(schema, value));
                }
            }
            case TreeNode inner -> of(path.child(schema), inner, rest, children, visitor);
            case DataNode leaf -> visitor.visit(path.child(schema), leaf);
        }
    }

    /** The schema nodes from one above to one below it, without the first. */
    static List<SchemaNode> way(SchemaNode above, SchemaNode below) {
        var way = new java.util.ArrayList<SchemaNode>();
        for (var at = below; at != above; at = at.parent().orElseThrow()) {
            way.add(at);
        }
        return way.reversed();
    }

    /** True for a path to an instance of a schema node or below one. */
    static boolean isWithin(DataPath path, SchemaNode above) {
        for (var at = Optional.of(path); at.isPresent(); at = at.get().parent()) {
            if (at.get().schema() == above) {
                return true;
            }
        }
        return false;
    }

    /** The prefix of a path that ends at a schema node above its end. */
    static DataPath prefix(DataPath path, SchemaNode above) {
        var at = path;
        while (at.schema() != above) {
            at = at.parent().orElseThrow();
        }
        return at;
    }
}
