package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.schema.DataPath;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two states of a datastore: the topmost node that was created or deleted, the leaf whose value was
 * changed, one value of a leaf-list, or an entry that the user moved.
 *
 * @param path the node; of a leaf-list the path of the value
 * @param before null when it was created; one value of a leaf-list is a leaf node
 * @param after null when it was deleted
 */
public record Change(
        DataPath path, @Nullable DataNode before, @Nullable DataNode after) {

    /** True when an entry of a list or leaf-list has another place; what is in it may have changed, too. */
    public boolean moved() {
        return before != null && after != null && path.key().isPresent();
    }
}
