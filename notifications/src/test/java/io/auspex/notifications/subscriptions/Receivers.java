package io.auspex.notifications.subscriptions;

import io.auspex.access.Principal;
import io.auspex.yang.data.InnerNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Receivers in memory that can be away, refuse, or not take. */
final class Receivers implements ReceiverTransport {
    static final ConfiguredReceiver.Pauses PAUSES =
            new ConfiguredReceiver.Pauses(Duration.ofMillis(2), Duration.ofMillis(10), Duration.ofHours(1));

    private final Map<String, One> all = new ConcurrentHashMap<>();

    /** A receiver by the name of its instance. */
    One one(String name) {
        return all.computeIfAbsent(name, _ -> new One());
    }

    static final class One {
        final BlockingQueue<String> got = new LinkedBlockingQueue<>();
        final AtomicInteger attempts = new AtomicInteger();
        final Semaphore takes = new Semaphore(Integer.MAX_VALUE);
        volatile boolean away;
        volatile String refuses = "";
        volatile String fails = "";
        volatile boolean broken;
        volatile Consumer<String> whenTaking = _ -> {};
        volatile Set<String> encodings = new LinkedHashSet<>(List.of("encode-json", "encode-xml"));
        volatile boolean stateChanges = true;

        /** Who has logged in. */
        volatile Optional<Principal> user = Optional.empty();

        /** The next notification that it gets, in short. */
        String next() throws InterruptedException {
            return Objects.requireNonNullElse(got.poll(20, TimeUnit.SECONDS), "nothing");
        }
    }

    @Override
    public String identity() {
        return "ietf-https-notif-transport:https";
    }

    @Override
    public boolean reaches(InnerNode instance) {
        if (one(instance.value("name").orElseThrow().toString()).broken) {
            throw new IllegalStateException("a fault of the server");
        }
        return true;
    }

    /** All bags of the truststore, as if each instance trusted them. */
    @Override
    public List<InnerNode> references(InnerNode instance, InnerNode running) {
        return running.inner("truststore").stream().toList();
    }

    @Override
    public Channel open(InnerNode instance, InnerNode running) {
        var one = one(instance.value("name").orElseThrow().toString());
        return new Channel() {
            @Override
            public Abilities connect() throws IOException {
                one.attempts.incrementAndGet();
                check();
                return new Abilities(one.encodings, one.stateChanges, one.user);
            }

            private void check() throws IOException {
                if (one.away) {
                    throw new IOException("nobody is there");
                }
            }

            @Override
            public boolean send(Outgoing notification, String encoding) throws IOException, InterruptedException {
                one.takes.acquire();
                one.takes.release();
                check();
                var text = Plant.text(notification.notification().content(), encoding.equals("encode-xml"))
                        .replace("ietf-subscribed-notifications:", "");
                one.whenTaking.accept(text);
                var refused = !one.refuses.isEmpty() && text.contains(one.refuses);
                if (!one.fails.isEmpty() && text.contains(one.fails)) {
                    throw new IOException("POST is answered 503");
                }
                if (!refused) {
                    var envelope = notification.envelope();
                    one.got.add(
                            envelope == null
                                    ? text
                                    : envelope.hostname() + " " + envelope.sequenceNumber() + " " + text);
                }
                return !refused;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
