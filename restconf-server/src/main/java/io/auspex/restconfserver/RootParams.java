package io.auspex.restconfserver;

import io.auspex.yang.error.YangException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parameters of a read of {+restconf} itself, which has depth and fields alone (RFC 8040 §4.8.2, §4.8.3).
 *
 * @param shown its children that are shown
 */
record RootParams(Set<String> shown) {
    private static final List<String> CHILDREN = List.of("data", "operations", "yang-library-version");

    RootParams {
        shown = Set.copyOf(shown);
    }

    static RootParams of(QueryParameters query) throws YangException {
        query.allow("GET of the API resource", Set.of("depth", "fields"));
        var depth = ReadParams.depth(query.get("depth").orElse("unbounded"));
        var fields = query.get("fields");
        if (fields.isPresent()) {
            return new RootParams(selected(fields.get()));
        }
        return new RootParams(depth == 1 ? Set.of() : Set.copyOf(CHILDREN));
    }

    private static Set<String> selected(String fields) throws YangException {
        var selected = new TreeSet<String>();
        for (var field : fields.split(";", -1)) {
            var name = field.startsWith("ietf-restconf:") ? field.substring("ietf-restconf:".length()) : field;
            if (!CHILDREN.contains(name)) {
                throw QueryParameters.bad("fields: the API resource has " + String.join(", ", CHILDREN) + ", each shown"
                        + " without what is in it; not '" + field + "'");
            }
            selected.add(name);
        }
        return selected;
    }
}
