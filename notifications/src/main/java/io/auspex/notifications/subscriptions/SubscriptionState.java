package io.auspex.notifications.subscriptions;

import io.auspex.datastore.OperationalProvider;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.Empty;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The streams, and the subscriptions of every client with their receivers and counters (RFC 8639 §3.1, §3.3). */
public final class SubscriptionState implements OperationalProvider {
    private static final String OWN = SubscriptionSchema.GRACE_MODULE + ":";

    private final Subscriptions subscriptions;
    private final SubscriptionSchema schemas;
    private final SchemaNode streamsSchema;
    private final SchemaNode subscriptionsSchema;

    public SubscriptionState(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
        schemas = subscriptions.parts().schemas();
        streamsSchema = schemas.top("streams");
        subscriptionsSchema = schemas.top("subscriptions");
    }

    @Override
    public Set<SchemaNode> roots() {
        return Set.of(streamsSchema, subscriptionsSchema);
    }

    @Override
    public InnerNode state(InnerNode running) {
        var entries = new Entries(SubscriptionSchema.child(subscriptionsSchema, "subscription"), running);
        var root = subscriptions.model().root();
        var streams = streams();
        var own = entries.size() == 0
                ? TreeNode.empty(subscriptionsSchema)
                : TreeNode.of(subscriptionsSchema, List.of(entries));
        return TreeNode.of(root, List.of(streams, own));
    }

    private TreeNode streams() {
        var list = SubscriptionSchema.child(streamsSchema, "stream");
        var entries = new ArrayList<InnerNode>();
        for (var stream : subscriptions.streams().all()) {
            var nodes = new ArrayList<DataNode>();
            nodes.add(schemas.leaf(list, "name", stream.name()));
            nodes.add(schemas.leaf(list, "description", stream.description()));
            var created = stream.replayLogCreationTime();
            var aged = stream.replayLogAgedTime();
            if (created != null) {
                nodes.add(schemas.leaf(list, "replay-support", Empty.VALUE));
                nodes.add(schemas.leaf(list, "replay-log-creation-time", created.toString()));
            }
            if (aged != null) {
                nodes.add(schemas.leaf(list, "replay-log-aged-time", aged.toString()));
            }
            entries.add(TreeNode.of(list, nodes));
        }
        return entries.isEmpty()
                ? TreeNode.empty(streamsSchema)
                : TreeNode.of(streamsSchema, List.of(TreeList.of(list, entries)));
    }

    private InnerNode entry(SchemaNode list, DynamicSubscription subscription) {
        var nodes = new ArrayList<DataNode>(subscription.terms().below(schemas, list));
        nodes.add(schemas.leaf(list, "id", subscription.id()));
        subscription
                .subscriber()
                .uri(subscription.id())
                .flatMap(u -> list.child("ietf-restconf-subscribed-notifications", "uri")
                        .map(s -> new LeafNode(s, u)))
                .ifPresent(nodes::add);
        nodes.add(NodeBuilder.node(
                SubscriptionSchema.child(list, "receivers"),
                receivers -> receivers.entry(
                        "receiver",
                        r -> r.leaf(
                                        "name",
                                        subscription.subscriber().principal().name())
                                .leaf("sent-event-records", subscription.sent())
                                .leaf("excluded-event-records", subscription.excluded())
                                .text("state", subscription.state()))));
        return TreeNode.of(list, nodes);
    }

    /** The state of a subscription in running, beside what is configured. */
    private static InnerNode entry(SchemaNode list, long id, ConfiguredSubscription subscription, InnerNode running) {
        return NodeBuilder.node(list, entry -> {
            entry.leaf("id", id);
            switch (subscription.state()) {
                case ConfiguredSubscription.Valid(var start) ->
                    entry.text("configured-subscription-state", "valid")
                            .leaf(
                                    "replay-start-time",
                                    Optional.ofNullable(start).map(Instant::toString));
                case ConfiguredSubscription.Invalid(var why) ->
                    entry.text("configured-subscription-state", "invalid").leaf(OWN + "invalid-because", why);
                case ConfiguredSubscription.Concluded() -> entry.text("configured-subscription-state", "concluded");
            }
            entry.container(
                    "receivers",
                    receivers -> names(running, list, id)
                            .forEach(name -> receivers.entry("receiver", r -> {
                                r.leaf("name", name);
                                subscription
                                        .receiver(name)
                                        .ifPresentOrElse(
                                                served -> state(r, served), () -> r.text("state", "disconnected"));
                            })));
        });
    }

    private static void state(NodeBuilder entry, ConfiguredReceiver receiver) {
        entry.leaf("sent-event-records", receiver.sent())
                .leaf("excluded-event-records", receiver.excluded())
                .text("state", receiver.state().toString())
                .leaf(OWN + "last-error", Optional.ofNullable(receiver.fault()));
    }

    /** The names of the receivers of a subscription in running. */
    private static List<String> names(InnerNode running, SchemaNode list, long id) {
        if (running.child(list.parent().orElseThrow()) instanceof InnerNode top
                && top.child(list) instanceof ListNode subscriptions
                && subscriptions.entry(ListKey.of(id)) instanceof InnerNode subscription) {
            return subscription.inner("receivers").flatMap(r -> r.list("receiver")).stream()
                    .flatMap(l -> StreamSupport.stream(l.spliterator(), false))
                    .map(r -> r.value("name").orElseThrow().toString())
                    .toList();
        }
        return List.of();
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public boolean feeds() {
        return true;
    }

    @Override
    public AutoCloseable feed(Feed feed) {
        return subscriptions.list().feed(feed);
    }

    /** The subscriptions, each made when it is read: first those in running, whose ids are lower. */
    private final class Entries implements ListNode {
        private final SchemaNode list;
        private final InnerNode running;

        Entries(SchemaNode list, InnerNode running) {
            this.list = list;
            this.running = running;
        }

        @Override
        public SchemaNode schema() {
            return list;
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return key.value(0) instanceof Long id
                    ? subscriptions
                            .configured()
                            .find(id)
                            .map(s -> SubscriptionState.entry(list, id, s, running))
                            .or(() -> subscriptions.list().find(id).map(s -> SubscriptionState.this.entry(list, s)))
                            .orElse(null)
                    : null;
        }

        @Override
        public Iterator<InnerNode> iterator() {
            return Stream.concat(
                            subscriptions.configured().all().entrySet().stream()
                                    .map(e -> SubscriptionState.entry(list, e.getKey(), e.getValue(), running)),
                            subscriptions.list().all().stream().map(s -> SubscriptionState.this.entry(list, s)))
                    .iterator();
        }

        @Override
        public int size() {
            return subscriptions.configured().all().size()
                    + subscriptions.list().all().size();
        }
    }
}
