package io.auspex.yang.data;

import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node with children of different names: the root, a container, one list entry, the input or output of an operation, a
 * notification.
 */
public non-sealed interface InnerNode extends DataNode {
    /** The child of a schema node, the whole list where that is a list; null when there is none. */
    @Nullable
    DataNode child(SchemaNode schema);

    /** The children in schema order, a list or leaf-list as one child. */
    Iterable<DataNode> children();

    /** The key of a list entry, null for a keyless entry and for all else. */
    default @Nullable ListKey key() {
        var keys = schema().keys();
        if (keys.isEmpty()) {
            return null;
        }
        var values = new Object[keys.size()];
        for (var i = 0; i < values.length; i++) {
            if (!(child(keys.get(i)) instanceof LeafNode leaf)) {
                return null;
            }
            values[i] = leaf.value();
        }
        return ListKey.of(values);
    }

    /** The value of the leaf child of that name, of this node's module first. */
    default Optional<Object> value(String leafName) {
        return schema().child(leafName)
                .flatMap(s -> child(s) instanceof LeafNode leaf ? Optional.of(leaf.value()) : Optional.empty());
    }

    /** The inner child (container) of that name. */
    default Optional<InnerNode> inner(String name) {
        return schema().child(name)
                .flatMap(s -> child(s) instanceof InnerNode inner ? Optional.of(inner) : Optional.empty());
    }

    /** The list child of that name; empty when it has no entry. */
    default Optional<ListNode> list(String name) {
        return schema().child(name)
                .flatMap(s -> child(s) instanceof ListNode list ? Optional.of(list) : Optional.empty());
    }
}
