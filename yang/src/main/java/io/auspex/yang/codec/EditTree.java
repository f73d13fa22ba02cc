package io.auspex.yang.codec;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One node of the configuration of an edit-config (RFC 6241 §7.2), each list entry and leaf-list value as a node of its
 * own, in the order of the message.
 *
 * @param key of a list entry; the value of a leaf-list entry
 * @param node the data of this node with all below: an entry of a list, a leaf-list of one value; null for a leaf that is
 *     deleted without its value. Leafs deleted so are missing in the data of their parents
 * @param operation as it applies here: of this element, else of the nearest one above that has one, else the default
 * @param explicit true when this very element has the operation attribute
 * @param position by yang:insert (RFC 7950 §7.7.9, §7.8.6); {@link Position.Unchanged} without
 * @param txid what the client knows of the node's last change; null when it does not say
 * @param children the keys of an entry among them
 */
public record EditTree(
        SchemaNode schema,
        @Nullable ListKey key,
        @Nullable DataNode node,
        EditOperation operation,
        boolean explicit,
        Position position,
        @Nullable Txid txid,
        List<EditTree> children) {
    public EditTree {
        children = List.copyOf(children);
    }

    public Optional<ListKey> entryKey() {
        return Optional.ofNullable(key);
    }

    /** True when an element below this one has an operation or position of its own, so that {@link #node} tells not all. */
    public boolean mixed() {
        for (var child : children) {
            if (child.explicit || !(child.position instanceof Position.Unchanged) || child.mixed()) {
                return true;
            }
        }
        return false;
    }
}
