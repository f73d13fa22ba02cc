package io.auspex.management;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.datastore.Datastores;
import io.auspex.notifications.EventStreams;
import io.auspex.notifications.ModelFilters;
import io.auspex.notifications.subscriptions.ConfiguredSubscriptions;
import io.auspex.notifications.subscriptions.DynamicSubscription;
import io.auspex.notifications.subscriptions.ReceiverTransport;
import io.auspex.notifications.subscriptions.SubscriptionState;
import io.auspex.notifications.subscriptions.Subscriptions;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The subscriptions of a server: their rpcs under access control, their state, the filters in running (RFC 8639). */
public final class ManagedSubscriptions implements AutoCloseable {
    private static final String MODULE = "ietf-subscribed-notifications";

    private static final String PUSH_MODULE = "ietf-yang-push";

    private final EventStreams streams;
    private final Subscriptions subscriptions;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("subscriptions").factory());

    private ManagedSubscriptions(EventStreams streams, Subscriptions subscriptions) {
        this.streams = streams;
        this.subscriptions = subscriptions;
    }

    /** Begins to offer subscriptions, as far as the model has them. */
    public static ManagedSubscriptions start(
            Datastores datastores,
            AccessControl access,
            Operations operations,
            EventStreams streams,
            InstantSource clock) {
        var model = datastores.model();
        var subscriptions = new Subscriptions(
                datastores, streams, new ModelFilters(model), access, clock, Subscriptions.Limits.DEFAULT);
        var managed = new ManagedSubscriptions(streams, subscriptions);
        if (model.module(MODULE).isPresent()) {
            managed.offer(operations);
            datastores.provide(new SubscriptionState(subscriptions));
            datastores.provide(new PushCapabilities(datastores));
            datastores.listen(managed.new Configuration(model));
            managed.watch.scheduleWithFixedDelay(subscriptions::lookAfter, 1, 1, TimeUnit.SECONDS);
        }
        return managed;
    }

    private void offer(Operations operations) {
        operations.rpc(MODULE, "establish-subscription", (_, input) -> subscriptions.establish(input));
        rpc(operations, MODULE, "modify-subscription", subscriptions::modify);
        rpc(operations, MODULE, "delete-subscription", subscriptions::delete);
        rpc(operations, MODULE, "kill-subscription", subscriptions::kill);
        rpc(operations, PUSH_MODULE, "resync-subscription", subscriptions::resync);
        operations.action(
                "/ietf-subscribed-notifications:subscriptions/subscription/receivers/receiver/reset",
                (receiver, input) -> subscriptions
                        .configured()
                        .reset(
                                Objects.requireNonNull(receiver),
                                input.schema()
                                        .parent()
                                        .orElseThrow()
                                        .child("output")
                                        .orElseThrow()));
    }

    /** An operation without output. */
    private interface Silent {
        void invoke(InnerNode input) throws YangException;
    }

    private static void rpc(Operations operations, String module, String name, Silent operation) {
        operations.rpc(module, name, (_, input) -> {
            operation.invoke(input);
            return null;
        });
    }

    EventStreams streams() {
        return streams;
    }

    /** Begins to receive a subscription of the caller. */
    DynamicSubscription.Connection receive(long id, @Nullable String lastEventId) throws YangException {
        if (!Principal.CURRENT.isBound()) {
            throw new YangException(Failure.ACCESS_DENIED, "nobody may receive a subscription");
        }
        return subscriptions.attach(Principal.CURRENT.get(), id, lastEventId);
    }

    /** Begins to serve the subscriptions in running, to receivers over these transports. */
    public void serve(Collection<ReceiverTransport> transports) {
        watch.execute(() -> subscriptions.configured().start(transports));
    }

    @Override
    public void close() {
        watch.shutdownNow();
        subscriptions.configured().close();
    }

    /** Refuses subscriptions that cannot be, and follows what they are made of. */
    private final class Configuration implements CommitListener {
        private final SchemaNode top;
        private final List<SchemaNode> referredTo;

        Configuration(ModelContext model) {
            top = model.root().child(MODULE, "subscriptions").orElseThrow();
            referredTo = Stream.of(
                            model.root().child(MODULE, "filters"),
                            model.root().child("ietf-truststore", "truststore"),
                            model.root().child("ietf-keystore", "keystore"))
                    .flatMap(Optional::stream)
                    .toList();
        }

        @Override
        public void validate(ChangeSet changes) throws YangException {
            if (isChanged(changes, top) && changes.after().child(top) instanceof InnerNode all) {
                var path = DataPath.root(changes.after().schema()).child(top);
                var before = changes.before().child(top) instanceof InnerNode old
                        ? old.list("subscription")
                        : Optional.<ListNode>empty();
                for (var entry : all.list("subscription")
                        .map(l -> (Iterable<InnerNode>) l)
                        .orElse(List.of())) {
                    var key = Objects.requireNonNull(entry.key());
                    // one that stays as it is may have become unsupported, which keeps nobody from changing others
                    if (before.map(l -> l.entry(key)).orElse(null) != entry) {
                        ConfiguredSubscriptions.check(entry, path.entry(entry.schema(), key));
                    }
                }
            }
        }

        private static boolean isChanged(ChangeSet changes, SchemaNode node) {
            return changes.before().child(node) != changes.after().child(node);
        }

        @Override
        public void committed(ChangeSet changes) {
            var referred = referredTo.stream().anyMatch(n -> isChanged(changes, n));
            if (referred) {
                watch.execute(subscriptions::filtersChanged);
            }
            if (referred || isChanged(changes, top)) {
                watch.execute(subscriptions.configured()::changed);
            }
        }
    }
}
