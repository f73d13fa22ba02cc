package io.auspex.management;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.datastore.Datastores;
import io.auspex.notifications.EventStreams;
import io.auspex.notifications.ModelFilters;
import io.auspex.notifications.subscriptions.DynamicSubscription;
import io.auspex.notifications.subscriptions.SubscriptionState;
import io.auspex.notifications.subscriptions.Subscriptions;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    @Override
    public void close() {
        watch.shutdownNow();
    }

    /** Refuses subscriptions by configuration, a feature that this server does not have, and follows changed filters. */
    private final class Configuration implements CommitListener {
        private final SchemaNode list;
        private final SchemaNode filters;

        Configuration(ModelContext model) {
            list = model.root().child(MODULE, "subscriptions").orElseThrow();
            filters = model.root().child(MODULE, "filters").orElseThrow();
        }

        @Override
        public void validate(ChangeSet changes) throws YangException {
            for (var change : changes.changes()) {
                if (change.after() != null && change.path().steps().getFirst().schema() == list) {
                    throw new YangException(
                            Failure.NOT_SUPPORTED,
                            change.path(),
                            "subscriptions are established by rpc; this server has no feature 'configured'");
                }
            }
        }

        @Override
        public void committed(ChangeSet changes) {
            if (changes.before().child(filters) != changes.after().child(filters)) {
                watch.execute(subscriptions::filtersChanged);
            }
        }
    }
}
