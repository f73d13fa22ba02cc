package io.auspex.restconfserver;

import io.auspex.restconfserver.http.PercentCoding;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.ResourceIdentifiers;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an api-path means (RFC 8040 §3.5.3): a data node, or an action of one.
 *
 * @param data the node; of a list without key values in its last step the list as a whole
 * @param action of that node, null when the node itself is meant
 */
record ApiPath(DataPath data, @Nullable SchemaNode action) {
    private static final int MAX_STEPS = 256;

    /**
     * Reads an api-path.
     *
     * @param raw percent-encoded, its steps separated by slashes, without a slash at either end; empty for the root
     * @throws YangException with {@code BAD_TARGET} that names the step, what was got and what is expected
     */
    static ApiPath parse(String raw, ModelContext model) throws YangException {
        return parse(raw, DataPath.root(model.root()), model);
    }

    /** As {@link #parse(String, ModelContext)}, from a node on. */
    static ApiPath parse(String raw, DataPath base, ModelContext model) throws YangException {
        var path = base;
        if (raw.isEmpty()) {
            return new ApiPath(path, null);
        }
        var steps = raw.split("/", -1);
        if (steps.length > MAX_STEPS) {
            throw bad(path, "the path has more than " + MAX_STEPS + " steps");
        }
        for (var i = 0; i < steps.length; i++) {
            var last = i == steps.length - 1;
            var equals = steps[i].indexOf('=');
            var name = decoded(equals < 0 ? steps[i] : steps[i].substring(0, equals), path);
            var keys = equals < 0 ? null : steps[i].substring(equals + 1);
            var schema = child(name, path);
            if (schema.isEmpty()) {
                var action = operation(name, path);
                if (last && keys == null && action.isPresent()) {
                    return new ApiPath(path, action.get());
                }
                throw bad(path, "there is no node '" + name + "' in " + place(path));
            }
            path = step(path, schema.get(), keys, last, model);
        }
        return new ApiPath(path, null);
    }

    private static DataPath step(
            DataPath parent, SchemaNode schema, @Nullable String keys, boolean last, ModelContext model)
            throws YangException {
        var keyed = schema.kind() == NodeKind.LEAF_LIST
                || (schema.kind() == NodeKind.LIST && !schema.keys().isEmpty());
        if (keys == null) {
            if (!last && schema.kind() != NodeKind.CONTAINER && schema.kind() != NodeKind.LIST) {
                throw bad(parent.child(schema), schema + " has no children");
            }
            if (!last && schema.kind() == NodeKind.LIST) {
                throw bad(
                        parent.child(schema),
                        keyed
                                ? schema + " needs key values: " + schema.name() + "="
                                        + String.join(",", keyNames(schema))
                                : "the entries of " + schema + " have no key and no resources of their own");
            }
            return parent.child(schema);
        }
        if (!keyed) {
            throw bad(parent.child(schema), schema + " has no key, so no '=' can follow it");
        }
        if (!last && schema.kind() == NodeKind.LEAF_LIST) {
            throw bad(parent.child(schema), schema + " has no children");
        }
        return parent.entry(schema, key(parent, schema, keys, model));
    }

    private static ListKey key(DataPath parent, SchemaNode schema, String raw, ModelContext model)
            throws YangException {
        var leaves = schema.kind() == NodeKind.LEAF_LIST ? List.of(schema) : schema.keys();
        var texts = raw.split(",", -1);
        if (texts.length != leaves.size()) {
            throw bad(
                    parent.child(schema),
                    schema + " has " + leaves.size() + " key values (" + String.join(",", keyNames(schema))
                            + "), the path " + texts.length + "; a comma within a value is written %2C");
        }
        var values = new Object[texts.length];
        for (var i = 0; i < texts.length; i++) {
            var leaf = leaves.get(i);
            var text = decoded(texts[i], parent);
            try {
                values[i] = leaf.type().parse(text, model.jsonPrefixes());
            } catch (InvalidValueException e) {
                throw bad(parent.child(schema), "key " + leaf.name() + " of " + schema + ": " + e.getMessage());
            }
        }
        return ListKey.of(values);
    }

    private static List<String> keyNames(SchemaNode schema) {
        var names = new ArrayList<String>();
        schema.keys().forEach(k -> names.add(k.name()));
        return names.isEmpty() ? List.of("value") : names;
    }

    private static Optional<SchemaNode> child(String name, DataPath parent) throws YangException {
        var schema = parent.schema();
        var colon = name.indexOf(':');
        if (colon >= 0) {
            return schema.child(name.substring(0, colon), name.substring(colon + 1));
        }
        if (parent.isRoot()) {
            throw bad(parent, "the first node of a path has its module's name: 'module:" + name + "'");
        }
        return schema.child(schema.module().name(), name);
    }

    private static Optional<SchemaNode> operation(String name, DataPath parent) {
        if (parent.isRoot()) {
            return Optional.empty();
        }
        var colon = name.indexOf(':');
        var module = colon < 0 ? parent.schema().module().name() : name.substring(0, colon);
        var local = name.substring(colon + 1);
        return parent.schema().operations().stream()
                .filter(o -> o.name().equals(local) && o.module().name().equals(module))
                .findFirst();
    }

    private static String decoded(String raw, DataPath at) throws YangException {
        return PercentCoding.decode(raw)
                .orElseThrow(() -> bad(at, "'" + raw + "' is not percent-encoded UTF-8 of characters that YANG knows"));
    }

    private static String place(DataPath path) {
        return path.isRoot() ? "the data tree" : path.schema().toString();
    }

    private static YangException bad(DataPath path, String message) {
        return path.isRoot()
                ? new YangException(Failure.BAD_TARGET, message)
                : new YangException(Failure.BAD_TARGET, path, message);
    }

    /** The api-path of a data node, percent-encoded, with a leading slash; the reverse of {@link #parse}. */
    static String of(DataPath path) {
        return ResourceIdentifiers.of(path);
    }
}
