package io.auspex.benchmarks.notifications;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.datastore.Datastores;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.LoggedEventStreams;
import io.auspex.notifications.ModelFilters;
import io.auspex.notifications.Notification;
import io.auspex.notifications.NotificationJson;
import io.auspex.notifications.StreamLimits;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.notifications.subscriptions.DynamicSubscription;
import io.auspex.notifications.subscriptions.Subscriber;
import io.auspex.notifications.subscriptions.Subscriptions;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.YangException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Subscriptions with receivers in this process: each a virtual thread that takes and encodes, or one that never takes. */
final class Receivers implements AutoCloseable {
    private final Datastores datastores;
    private final LoggedEventStreams streams;
    private final EventStream stream;
    private final Subscriptions subscriptions;
    private final List<Thread> threads = new ArrayList<>();
    private final List<DynamicSubscription> all = new ArrayList<>();

    Receivers(Datastores datastores) throws IOException {
        this.datastores = datastores;
        var model = datastores.model();
        streams = new LoggedEventStreams(model, null, InstantSource.system(), StreamLimits.DEFAULT);
        stream = streams.register("NETCONF", "All events.");
        subscriptions = new Subscriptions(
                datastores,
                streams,
                new ModelFilters(model),
                new AccessControl(Nacm.disabled(), _ -> {}),
                InstantSource.system(),
                new Subscriptions.Limits(Integer.MAX_VALUE, Duration.ofDays(1), Duration.ofDays(1)));
    }

    /** Publishes an event. */
    void publish() {
        var schema = datastores
                .model()
                .notification("ietf-netconf-notifications", "netconf-config-change")
                .orElseThrow();
        stream.publish(new Notification(Instant.now(), NodeBuilder.node(schema, n -> n.leaf("datastore", "running"))));
    }

    /** A subscription whose receiver takes everything; {@code got} is told of each notification once it is encoded. */
    void reading(String terms, Consumer<Notification> got) throws YangException {
        var connection = establish(terms).attach(null);
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var next = connection.next(Duration.ofMinutes(1));
                    if (next != null) {
                        NotificationJson.content(next.notification());
                        got.accept(next.notification());
                    }
                }
            } catch (InterruptedException | SubscriptionEndedException _) {
                // The measurement is over.
            }
        }));
    }

    /** A subscription whose receiver is connected and never takes anything. */
    void stalled(String terms) throws YangException {
        establish(terms).attach(null);
    }

    private DynamicSubscription establish(String terms) throws YangException {
        var rpc = datastores
                .model()
                .rpc("ietf-subscribed-notifications", "establish-subscription")
                .orElseThrow();
        var message = "{\"ietf-subscribed-notifications:input\":{" + terms + "}}";
        var input = new JsonReader(datastores.model(), InputLimits.DEFAULT)
                .readOperationInput(message.getBytes(StandardCharsets.UTF_8), rpc);
        ScopedValue.where(Subscriber.CURRENT, new Client(all)).call(() -> subscriptions.establish(input));
        return all.getLast();
    }

    @Override
    public void close() throws IOException {
        threads.forEach(Thread::interrupt);
        all.forEach(DynamicSubscription::close);
        streams.close();
    }

    /** Who subscribes. */
    private record Client(List<DynamicSubscription> all) implements Subscriber {
        @Override
        public Principal principal() {
            return new Principal("bench", Set.of(), "bench");
        }

        @Override
        public Object owner() {
            return "bench";
        }

        @Override
        public String encoding() {
            return "encode-json";
        }

        @Override
        public Set<String> encodings() {
            return Set.of("encode-json");
        }

        @Override
        public Optional<String> uri(long id) {
            return Optional.of("/" + id);
        }

        @Override
        public void established(DynamicSubscription subscription) {
            all.add(subscription);
        }
    }
}
