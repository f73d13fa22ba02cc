package io.auspex.benchmarks.notifications;

import io.auspex.benchmarks.datastore.Subservices;
import io.auspex.benchmarks.harness.Benchmark;
import io.auspex.benchmarks.harness.BenchmarkRun;
import io.auspex.benchmarks.harness.Figure;
import io.auspex.benchmarks.harness.Measurement;
import io.auspex.benchmarks.harness.Peer;
import io.auspex.benchmarks.harness.Setting;
import io.auspex.benchmarks.harness.Target;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Fan-out of an event stream, latency of changes, and receivers that never take (target P14). */
public final class NotificationsBenchmark implements Benchmark {
    private static final int AHEAD = 4_096;
    private static final int ENTRIES = 10_000;
    private static final int CHANGES = 500;
    private static final int CHANGES_OF_MANY = 100;
    private static final String STREAM = "\"stream\":\"NETCONF\"";
    private static final String ON_CHANGE = "\"ietf-yang-push:datastore\":\"ietf-datastores:running\","
            + "\"ietf-yang-push:datastore-xpath-filter\":\"/ietf-service-assurance:subservices\","
            + "\"ietf-yang-push:on-change\":{\"sync-on-start\":false}";

    private final SplittableRandom random = new SplittableRandom(1);

    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public String summary() {
        return "fan-out of a stream, latency of changes, receivers that never take";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("subscriptions", 10_000, "how many at most"));
    }

    @Override
    public void run(BenchmarkRun run) throws Exception {
        var subservices = new Subservices();
        var datastores = subservices.open(DatastoreConfig.inMemory(), ENTRIES);
        run.note("receivers are threads of this process that encode to JSON; no limit of subscriptions a user");
        var most = run.setting("subscriptions");
        for (var receivers : new int[] {1, 100, most}) {
            fanOut(run, datastores, receivers);
        }
        latency(run, subservices, datastores);
        stalled(run, subservices, datastores, most);
    }

    private static void fanOut(BenchmarkRun run, Datastores datastores, int count) throws Exception {
        try (var receivers = new Receivers(datastores)) {
            var deliveries = new AtomicLong();
            for (var i = 0; i < count; i++) {
                receivers.reading(STREAM, _ -> deliveries.incrementAndGet());
            }
            var events = Math.max(20, 200_000 / count);
            var wanted = (long) events * count;
            var measured = Measurement.of(wanted, () -> {
                for (var i = 1; i <= events; i++) {
                    receivers.publish();
                    // Further ahead, receivers would be suspended.
                    awaitAtLeast(deliveries, (i - AHEAD) * (long) count);
                }
                awaitAtLeast(deliveries, wanted);
            });
            run.report(Figure.rate("fan-out to %,d receivers".formatted(count), measured, "events/s", Target.none()));
        }
    }

    private static void awaitAtLeast(AtomicLong deliveries, long wanted) {
        while (deliveries.get() < wanted) {
            Thread.yield();
        }
    }

    private void latency(BenchmarkRun run, Subservices subservices, Datastores datastores) throws Exception {
        try (var receivers = new Receivers(datastores)) {
            var sorted = changes(receivers, subservices, datastores, 1);
            report(run, "on-change latency, 1 subscription", sorted);
        }
    }

    private static void report(BenchmarkRun run, String name, long[] sorted) {
        run.report(Figure.of(name + ", p50", at(sorted, 0.5), "us", Target.none()));
        run.report(Figure.of(name + ", p99", at(sorted, 0.99), "us", Target.none()));
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) (part * (sorted.length - 1))] / 1e3;
    }

    /** Nanoseconds from a commit's begin until all who read have its change, sorted. */
    private long[] changes(Receivers receivers, Subservices subservices, Datastores datastores, int readers)
            throws Exception {
        var got = new Semaphore(0);
        for (var i = 0; i < readers; i++) {
            receivers.reading(ON_CHANGE, _ -> got.release());
        }
        var times = new long[readers == 1 ? CHANGES : CHANGES_OF_MANY];
        for (var i = 0; i < times.length; i++) {
            var start = System.nanoTime();
            subservices.edit(datastores, ENTRIES, 1, random);
            got.acquire(readers);
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return times;
    }

    /** Half of the subscriptions never read: what they cost the memory, and the others. */
    private void stalled(BenchmarkRun run, Subservices subservices, Datastores datastores, int most) throws Exception {
        double alone;
        try (var receivers = new Receivers(datastores)) {
            alone = at(changes(receivers, subservices, datastores, most / 2), 0.99);
        }
        var before = heap();
        try (var receivers = new Receivers(datastores)) {
            for (var i = 0; i < most / 2; i++) {
                receivers.stalled(ON_CHANGE);
            }
            var beside = at(changes(receivers, subservices, datastores, most / 2), 0.99);
            run.report(Figure.of(
                    "P14 heap of %,d, half never read".formatted(most),
                    (heap() - before) / 1e6,
                    "MB",
                    Target.atMost(268)));
            run.report(Figure.of("P14 p99 of those who read", beside, "us", Target.timesPeer(2))
                    .with(new Peer("without the others", alone)));
        }
    }

    private static long heap() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
