package io.auspex.access;

import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import org.jspecify.annotations.Nullable;

/** Where in the data tree a node is, as far as the keys on the way to it. */
@FunctionalInterface
interface Place {
    /** A place without keys. */
    Place NOWHERE = list -> null;

    /** The key of the entry of that list or leaf-list on the way; null when there is none. */
    @Nullable
    ListKey keyOf(SchemaNode list);

    static Place of(DataPath path) {
        return list -> {
            for (var at = path; at != null; at = at.parent().orElse(null)) {
                if (at.schema() == list) {
                    return at.key().orElse(null);
                }
            }
            return null;
        };
    }
}
