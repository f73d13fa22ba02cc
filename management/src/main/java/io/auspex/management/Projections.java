package io.auspex.management;

import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Defaults;
import io.auspex.datastore.DefaultsShown;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPathNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The projections of the query parameters content, depth, fields and with-defaults=trim (RFC 8040 §4.8). */
public final class Projections {
    private static final Map<SchemaNode, Boolean> HAS_STATE = new ConcurrentHashMap<>();

    private Projections() {}

    /**
     * The target of a read, reduced to what the request asks for.
     */
    static DataNode apply(DataNode target, ReadRequest request) {
        var onlyConfig =
                request.datastore() != DatastoreName.OPERATIONAL && request.content() == ReadRequest.Content.CONFIG;
        var node = onlyConfig ? target : content(request.content()).on(target);
        if (request.fields() != null && !request.fields().isAll()) {
            node = new Fields(request.fields(), request.depth()).on(node);
        } else {
            node = levels(request.depth()).on(node);
        }
        if (request.defaults() == ReadRequest.WithDefaults.TRIM) {
            node = new Trim().on(node);
        }
        return node;
    }

    /** A node as far as some levels, itself being the first. */
    public static DataNode depth(DataNode node, int levels) {
        return levels(levels).on(node);
    }

    /**
     * A node with the defaults in use where it has no data.
     *
     * @param root of its datastore
     */
    static DataNode withDefaults(DataNode node, InnerNode root, DataPath path) {
        var whole = node instanceof ListNode || node instanceof LeafListNode;
        var at = whole ? path.parent().orElseThrow() : path;
        return XPathNode.find(root, at).map(n -> DefaultsShown.on(node, n)).orElse(node);
    }

    static Projection content(ReadRequest.Content content) {
        return switch (content) {
            case ALL -> Projection.ALL;
            case CONFIG -> new ConfigOnly();
            case NONCONFIG -> new StateOnly();
        };
    }

    private static final class ConfigOnly extends Projection {
        @Override
        @Nullable
        Projection below(DataNode child) {
            return child.schema().config() ? this : null;
        }
    }

    /** State, with the containers and the list entries, and their keys, that lead to it. */
    private static final class StateOnly extends Projection {
        @Override
        @Nullable
        Projection below(DataNode child) {
            var schema = child.schema();
            if (!schema.config()) {
                return ALL;
            }
            return schema.isKey() || hasState(schema) ? this : null;
        }

        @Override
        boolean keeps(InnerNode projected) {
            return hasContent(projected);
        }

        private static boolean hasState(SchemaNode schema) {
            var known = HAS_STATE.get(schema);
            if (known == null) {
                known = schema.children().stream().anyMatch(c -> !c.config() || hasState(c));
                HAS_STATE.put(schema, known);
            }
            return known;
        }
    }

    /** The nodes selected and their ancestors; the selected ones are the first level of the depth (RFC 8040 §4.8.2). */
    private static final class Fields extends Projection {
        private final FieldSelection selection;
        private final int depth;

        Fields(FieldSelection selection, int depth) {
            this.selection = selection;
            this.depth = depth;
        }

        @Override
        @Nullable
        Projection below(DataNode child) {
            var below = selection.children().get(child.schema());
            if (below != null) {
                return below.isAll() ? levels(depth) : new Fields(below, depth);
            }
            return child.schema().isKey() ? ALL : null;
        }
    }

    private static Projection levels(int depth) {
        return depth == Integer.MAX_VALUE ? Projection.ALL : new Depth(depth);
    }

    /** Levels, the node that this projection stands on being the first. */
    private static final class Depth extends Projection {
        private final int levels;

        Depth(int levels) {
            this.levels = levels;
        }

        @Override
        @Nullable
        Projection below(DataNode child) {
            return levels > 1 ? new Depth(levels - 1) : null;
        }
    }

    /** Without the nodes that have their default value (RFC 6243 §3.2). */
    private static final class Trim extends Projection {
        @Override
        @Nullable
        Projection below(DataNode child) {
            return Defaults.isDefault(child) ? null : this;
        }
    }
}
