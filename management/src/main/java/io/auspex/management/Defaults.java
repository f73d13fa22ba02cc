package io.auspex.management;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The nodes that stand for defaults in use where no data is (RFC 6243 §2); one of each, so that they are known again. */
public final class Defaults {
    private static final Map<SchemaNode, DataNode> NODES = new ConcurrentHashMap<>();

    private Defaults() {}

    /** The node of the default of a leaf or leaf-list that has one. */
    static DataNode of(SchemaNode schema) {
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
}
