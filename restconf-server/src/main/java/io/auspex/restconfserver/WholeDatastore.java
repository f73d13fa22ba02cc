package io.auspex.restconfserver;

import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.DataPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Replaces all of a datastore (RFC 8040 §4.5), but for who may log in and do what: users and access rules that the new
 * content does not speak of stay, so that nobody locks everybody out by leaving them out. They are removed by name.
 */
final class WholeDatastore {
    private static final Set<String> STAYING =
            Set.of("ietf-netconf-acm:nacm", "ietf-system:system", "auspex-access:client-certificates");

    private WholeDatastore() {}

    /** The edits that make a datastore be this content. */
    static List<Edit> replace(DataPath root, InnerNode content) {
        var edits = new ArrayList<Edit>();
        for (var schema : root.schema().children()) {
            if (!schema.config()) {
                continue;
            }
            var path = root.child(schema);
            var node = content.child(schema);
            if (node != null) {
                edits.add(new Edit(Operation.REPLACE, path, node));
            } else if (!STAYING.contains(schema.qualifiedName())) {
                edits.add(new Edit(Operation.REMOVE, path, null));
            }
        }
        return edits;
    }
}
