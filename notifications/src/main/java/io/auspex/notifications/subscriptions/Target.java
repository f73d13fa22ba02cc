package io.auspex.notifications.subscriptions;

import io.auspex.datastore.DatastoreName;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.Notification;
import io.auspex.notifications.push.Selection;
import io.auspex.notifications.push.Trigger;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a subscription is to (RFC 8639 §2.4.2). */
sealed interface Target {
    /** The filter as it was asked for: a name, an expression or a subtree; null for none. */
    @Nullable
    DataNode filterNode();

    /** The filter itself, as it was when it was made; null for none. */
    @Nullable
    DataNode written();

    /** The leafs of the target below another node of the module that has them all. */
    List<DataNode> below(SubscriptionSchema schemas, SchemaNode parent);

    /** The name of the configured filter that is used; empty when it has one of its own or none. */
    default Optional<String> filterName() {
        return filterNode() instanceof LeafNode leaf && SubscriptionSchema.isFilterName(leaf.schema())
                ? Optional.of(leaf.value().toString())
                : Optional.empty();
    }

    /**
     * An event stream (RFC 8639 §2.1).
     *
     * @param filter which events
     */
    record Stream(
            EventStream stream,
            @Nullable DataNode filterNode,
            @Nullable DataNode written,
            Predicate<Notification> filter,
            @Nullable Instant replayStartTime)
            implements Target {
        /** The time of the last event before those that are replayed; empty without replay, and where there is none. */
        Optional<Instant> previousEvent() {
            return replayStartTime == null
                    ? Optional.empty()
                    : Optional.ofNullable(
                            replayStartTime.equals(stream.replayLogAgedTime())
                                    ? replayStartTime
                                    : stream.replayLogLeftOff());
        }

        @Override
        public List<DataNode> below(SubscriptionSchema schemas, SchemaNode parent) {
            var nodes = new ArrayList<DataNode>();
            nodes.add(schemas.leaf(parent, "stream", stream.name()));
            if (filterNode != null) {
                nodes.add(schemas.moved(filterNode, parent));
            }
            if (replayStartTime != null) {
                nodes.add(schemas.leaf(parent, "replay-start-time", replayStartTime.toString()));
            }
            return nodes;
        }
    }

    /** A datastore (RFC 8641 §4.1). */
    record Datastore(
            DatastoreName name,
            @Nullable DataNode filterNode,
            @Nullable DataNode written,
            Selection selection,
            Trigger trigger)
            implements Target {
        @Override
        public List<DataNode> below(SubscriptionSchema schemas, SchemaNode parent) {
            var nodes = new ArrayList<DataNode>();
            nodes.add(schemas.leaf(parent, "datastore", schemas.identity(identityOf(name))));
            if (filterNode != null) {
                nodes.add(schemas.moved(filterNode, parent));
            }
            nodes.add(
                    switch (trigger) {
                        case Trigger.Periodic(var period, var anchor) ->
                            NodeBuilder.node(
                                    SubscriptionSchema.child(parent, "periodic"),
                                    n -> n.leaf("period", Centiseconds.of(period))
                                            .leaf(
                                                    "anchor-time",
                                                    Optional.ofNullable(anchor).map(Instant::toString)));
                        case Trigger.OnChange(var dampening, var sync, var excluded) ->
                            NodeBuilder.node(SubscriptionSchema.child(parent, "on-change"), n -> {
                                n.leaf("dampening-period", Centiseconds.of(dampening))
                                        .leaf("sync-on-start", sync);
                                excluded.stream().sorted().forEach(e -> n.value("excluded-change", e.toString()));
                            });
                    });
            return nodes;
        }

        /** The identity of a datastore, {@code module:name}. */
        static String identityOf(DatastoreName datastore) {
            return (datastore == DatastoreName.FACTORY_DEFAULT ? "ietf-factory-default:" : "ietf-datastores:")
                    + datastore;
        }
    }
}
