package io.auspex.notifications;

import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events, streams and a clock for the tests of this module. */
public final class Events {
    public static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/yang")));
    public static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private Events() {}

    /** A clock that stands until the test moves it. */
    public static final class Clock implements InstantSource {
        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        public void set(Instant time) {
            now = time;
        }

        public void pass(Duration time) {
            now = now.plus(time);
        }
    }

    public static StreamLimits limits(int memory) {
        return new StreamLimits(memory, 4_096, 20_000, Duration.ofDays(7), 1 << 20);
    }

    public static LoggedEventStreams streams(@Nullable Path directory, InstantSource clock, StreamLimits limits) {
        return new LoggedEventStreams(MODEL, directory, clock, limits);
    }

    public static EventStream register(LoggedEventStreams streams) {
        try {
            return streams.register("NETCONF", "All events.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Notification tick(Instant time, long n) {
        return tick(time, n, "");
    }

    public static Notification tick(Instant time, long n, String text) {
        var schema = MODEL.notification("events", "tick").orElseThrow();
        return new Notification(
                time,
                TreeNode.of(
                        schema,
                        List.of(
                                new LeafNode(schema.child("n").orElseThrow(), n),
                                new LeafNode(schema.child("text").orElseThrow(), text))));
    }

    public static Notification flapped(Instant time, String port) {
        var ports = MODEL.root().child("events", "ports").orElseThrow();
        var list = ports.child("port").orElseThrow();
        var schema = list.notifications().getFirst();
        var parent = DataPath.root(MODEL.root()).child(ports).entry(list, ListKey.of(port));
        return new Notification(
                time,
                parent,
                TreeNode.of(schema, List.of(new LeafNode(schema.child("times").orElseThrow(), 3L))));
    }

    public static long n(Notification notification) {
        return (Long) notification.content().value("n").orElseThrow();
    }

    /** What a subscription has to give now, in short: the numbers of ticks, and the marks; {@code end REASON} at the end. */
    public static List<String> taken(Subscription subscription) throws InterruptedException {
        var all = new ArrayList<String>();
        try {
            for (var one = subscription.next(Duration.ZERO); one != null; one = subscription.next(Duration.ZERO)) {
                all.add(
                        switch (one) {
                            case Delivery.Event event -> Long.toString(n(event.notification()));
                            case Delivery.ReplayComplete _ -> "replayed";
                            case Delivery.Complete _ -> "complete";
                        });
            }
        } catch (SubscriptionEndedException e) {
            all.add("end " + e.reason());
        }
        return all;
    }
}
