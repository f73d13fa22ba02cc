package io.auspex.notifications.subscriptions;

import io.auspex.datastore.OperationalProvider;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.Empty;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The streams, and the subscriptions of every client with their receivers and counters (RFC 8639 §3.1, §3.3). */
public final class SubscriptionState implements OperationalProvider {
    private final Subscriptions subscriptions;
    private final SubscriptionSchema schemas;
    private final SchemaNode streamsSchema;
    private final SchemaNode subscriptionsSchema;

    public SubscriptionState(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
        schemas = subscriptions.schemas();
        streamsSchema = schemas.top("streams");
        subscriptionsSchema = schemas.top("subscriptions");
    }

    @Override
    public Set<SchemaNode> roots() {
        return Set.of(streamsSchema, subscriptionsSchema);
    }

    @Override
    public InnerNode state(InnerNode running) {
        var entries = new Entries(SubscriptionSchema.child(subscriptionsSchema, "subscription"));
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
        var receivers = SubscriptionSchema.child(list, "receivers");
        var receiver = SubscriptionSchema.child(receivers, "receiver");
        var one = TreeNode.of(
                receiver,
                List.of(
                        schemas.leaf(
                                receiver,
                                "name",
                                subscription.subscriber().principal().name()),
                        schemas.leaf(receiver, "sent-event-records", subscription.sent()),
                        schemas.leaf(receiver, "excluded-event-records", subscription.excluded()),
                        schemas.leaf(receiver, "state", subscription.state())));
        nodes.add(TreeNode.of(receivers, List.of(TreeList.of(receiver, List.of(one)))));
        return TreeNode.of(list, nodes);
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
        return subscriptions.feed(feed);
    }

    /** The subscriptions, each made when it is read. */
    private final class Entries implements ListNode {
        private final SchemaNode list;

        Entries(SchemaNode list) {
            this.list = list;
        }

        @Override
        public SchemaNode schema() {
            return list;
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return key.value(0) instanceof Long id
                    ? subscriptions
                            .find(id)
                            .map(s -> SubscriptionState.this.entry(list, s))
                            .orElse(null)
                    : null;
        }

        @Override
        public Iterator<InnerNode> iterator() {
            return subscriptions.all().stream()
                    .map(s -> SubscriptionState.this.entry(list, s))
                    .iterator();
        }

        @Override
        public int size() {
            return subscriptions.all().size();
        }
    }
}
