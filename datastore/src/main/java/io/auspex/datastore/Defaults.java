package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The nodes that stand for defaults in use where no data is (RFC 6243 §2); one of each, so that they are known again. */
public final class Defaults {
    private static final Map<SchemaNode, DataNode> NODES = new ConcurrentHashMap<>();

    private Defaults() {}

    /** The node of the default of a leaf or leaf-list that has one. */
    public static DataNode of(SchemaNode schema) {
        var known = NODES.get(schema);
        return known == null ? NODES.computeIfAbsent(schema, Defaults::make) : known;
    }

    private static DataNode make(SchemaNode schema) {
        return schema.kind() == NodeKind.LEAF
                ? new LeafNode(schema, schema.defaults().getFirst())
                : TreeLeafList.of(schema, schema.defaults());
    }

    /** True for a node that a read has put where no data is. */
    @SuppressWarnings("ReferenceEquality") // a node of the same value that is data is not meant
    public static boolean isImplied(DataNode node) {
        return node.schema().isLeafLike() && NODES.get(node.schema()) == node;
    }

    /** True when a leaf has its default value, a leaf-list its default values (RFC 6243 §2). */
    public static boolean isDefault(DataNode node) {
        var defaults = node.schema().isLeafLike() ? node.schema().defaults() : List.of();
        if (defaults.isEmpty()) {
            return false;
        }
        return switch (node) {
            case LeafNode leaf -> leaf.value().equals(defaults.getFirst());
            case LeafListNode values
            when values.schema().kind() == NodeKind.LEAF_LIST -> {
                var all = new ArrayList<Object>();
                values.forEach(all::add);
                yield all.equals(defaults);
            }
            default -> false;
        };
    }
}
