package io.auspex.datastore;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.schema.DataPath;
import org.jspecify.annotations.Nullable;

/**
 * One edit of a configuration datastore.
 *
 * @param operation what to do at the target
 * @param target the node; the root for the datastore as a whole
 * @param data the new content, whose schema node is the target's; a list entry for an entry; null for delete and remove
 * @param position where a new entry of a list ordered by the user goes
 */
public record Edit(
        Operation operation, DataPath target, @Nullable DataNode data, Position position) {
    public Edit(Operation operation, DataPath target, @Nullable DataNode data) {
        this(operation, target, data, new Position.Unchanged());
    }
}
