package io.auspex.access;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.schema.DataPath;
import org.jspecify.annotations.Nullable;

/**
 * A node that an edit changes.
 *
 * @param path the node; a list or leaf-list as a whole, or an entry
 * @param before null when it is created
 * @param after null when it is deleted
 * @param moved true when it is an entry or value that gets another place
 */
public record Write(
        DataPath path, @Nullable DataNode before, @Nullable DataNode after, boolean moved) {

    /** A write that leaves the node where it is. */
    public Write(DataPath path, @Nullable DataNode before, @Nullable DataNode after) {
        this(path, before, after, false);
    }
}
