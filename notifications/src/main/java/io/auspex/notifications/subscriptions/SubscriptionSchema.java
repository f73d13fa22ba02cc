package io.auspex.notifications.subscriptions;

import io.auspex.notifications.Notification;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The schema nodes of ietf-subscribed-notifications, and its notifications about subscriptions (RFC 8639 §2.7). */
final class SubscriptionSchema {
    static final String MODULE = "ietf-subscribed-notifications";
    static final String PUSH_MODULE = "ietf-yang-push";
    static final String GRACE_MODULE = "auspex-subscriptions";

    private final ModelContext model;
    private final ModuleVersions versions;

    SubscriptionSchema(ModelContext model) {
        this.model = model;
        versions = new ModuleVersions(model);
    }

    ModuleVersions versions() {
        return versions;
    }

    SchemaNode top(String name) {
        return model.root()
                .child(MODULE, name)
                .orElseThrow(() -> new IllegalArgumentException("the model has no module " + MODULE));
    }

    SchemaNode output(String rpc) {
        return child(model.rpc(MODULE, rpc).orElseThrow(), "output");
    }

    static SchemaNode child(SchemaNode parent, String name) {
        return parent.child(name).orElseThrow(() -> new IllegalArgumentException(parent + " has no " + name));
    }

    LeafNode leaf(SchemaNode parent, String name, Object value) {
        return leaf(child(parent, name), value);
    }

    LeafNode leaf(SchemaNode leaf, Object value) {
        return new LeafNode(leaf, value);
    }

    /** The nodes that hold a filter, by name; the first three are of filters of streams. */
    private static final List<String> FILTERS = List.of(
            "stream-filter-name",
            "stream-subtree-filter",
            "stream-xpath-filter",
            "selection-filter-ref",
            "datastore-subtree-filter",
            "datastore-xpath-filter");

    /** True for a node that holds a filter or the name of one. */
    static boolean isFilter(SchemaNode node) {
        return FILTERS.contains(node.name());
    }

    /** The filter of a node, or the name of one; null where there is none. */
    static @Nullable DataNode filterNode(InnerNode holder) {
        for (var child : holder.children()) {
            if (isFilter(child.schema())) {
                return child;
            }
        }
        return null;
    }

    /** True for a filter of an event stream, false for one of a datastore. */
    static boolean isOfStream(SchemaNode filter) {
        return filter.name().startsWith("stream-");
    }

    /** True for a leaf that names a configured filter. */
    static boolean isFilterName(SchemaNode leaf) {
        return leaf.name().equals("stream-filter-name") || leaf.name().equals("selection-filter-ref");
    }

    Identity identity(String name) {
        return model.identity(name.indexOf(':') < 0 ? MODULE + ":" + name : name)
                .orElseThrow();
    }

    /** The same leaf or subtree below another parent. */
    DataNode moved(DataNode node, SchemaNode parent) {
        var schema = child(parent, node.schema().name());
        return switch (node) {
            case LeafNode leaf -> new LeafNode(schema, leaf.value());
            case OpaqueNode opaque -> new OpaqueNode(schema, opaque.encoding(), opaque.content());
            default -> throw new IllegalArgumentException(node.schema() + " is no filter");
        };
    }

    Notification replayCompleted(Instant at, long id) {
        return about(at, "replay-completed", id, List.of());
    }

    Notification resumed(Instant at, long id) {
        return about(at, "subscription-resumed", id, List.of());
    }

    Notification suspended(Instant at, long id, String reason) {
        var schema = notification("subscription-suspended");
        return about(at, "subscription-suspended", id, List.of(leaf(schema, "reason", identity(reason))));
    }

    Notification terminated(Instant at, long id, String reason) {
        var schema = notification("subscription-terminated");
        return about(at, "subscription-terminated", id, List.of(leaf(schema, "reason", identity(reason))));
    }

    Notification modified(Instant at, long id, Terms terms) {
        return about(at, "subscription-modified", id, terms.below(this, notification("subscription-modified")));
    }

    /**
     * The first notification to a receiver that is configured.
     *
     * @param terms as the receiver is told of them
     */
    Notification started(Instant at, long id, Terms terms, ReceiverSetup setup) {
        var schema = notification("subscription-started");
        var nodes = configured(schema, terms, setup);
        if (terms.target() instanceof Target.Stream stream) {
            stream.previousEvent().ifPresent(t -> nodes.add(leaf(schema, "replay-previous-event-time", t.toString())));
        }
        return about(at, "subscription-started", id, nodes);
    }

    /** @param terms as the receiver is told of them */
    Notification modified(Instant at, long id, Terms terms, ReceiverSetup setup) {
        return about(at, "subscription-modified", id, configured(notification("subscription-modified"), terms, setup));
    }

    Notification completed(Instant at, long id) {
        return about(at, "subscription-completed", id, List.of());
    }

    private List<DataNode> configured(SchemaNode schema, Terms terms, ReceiverSetup setup) {
        var nodes = new ArrayList<>(terms.below(this, schema));
        for (var policy : setup.policies()) {
            var name = policy.schema().name();
            if (name.equals("transport") || name.equals("purpose")) {
                nodes.add(moved(policy, schema));
            }
        }
        return nodes;
    }

    private SchemaNode notification(String name) {
        return model.notification(MODULE, name).orElseThrow();
    }

    private Notification about(Instant at, String name, long id, List<? extends DataNode> more) {
        var schema = notification(name);
        var nodes = new ArrayList<DataNode>(more);
        nodes.add(leaf(schema, "id", id));
        return new Notification(at, TreeNode.of(schema, nodes));
    }
}
