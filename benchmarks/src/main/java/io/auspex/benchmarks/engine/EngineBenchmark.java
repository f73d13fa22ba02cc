package io.auspex.benchmarks.engine;

import io.auspex.assuranceagent.HealthEvents;
import io.auspex.assuranceagent.past.HistoryRecorder;
import io.auspex.assuranceengine.collection.CollectionItem;
import io.auspex.assuranceengine.collection.MetricBatch;
import io.auspex.benchmarks.harness.Benchmark;
import io.auspex.benchmarks.harness.BenchmarkRun;
import io.auspex.benchmarks.harness.Comparison;
import io.auspex.benchmarks.harness.Figure;
import io.auspex.benchmarks.harness.Measurement;
import io.auspex.benchmarks.harness.Peer;
import io.auspex.benchmarks.harness.Setting;
import io.auspex.benchmarks.harness.Target;
import io.auspex.history.History;
import io.auspex.history.HistoryConfig;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The engine's figures: metric updates, memory, services, edits and reaction (targets P8, P9, P12). */
public final class EngineBenchmark implements Benchmark {
    private static final int SERVICES = 10_000;
    private static final int BATCH = 1_024;
    private static final int UPDATES = 1_024_000;
    private static final int ROUNDS = 7;

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String summary() {
        return "metric updates, memory, services on one node, edits and reaction of the assurance engine";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("services", 100_000, "services over a provider's network on one node"));
    }

    @Override
    public void run(BenchmarkRun run) throws Exception {
        Parts parts = new Parts(SERVICES, new TenParts()).withValues();
        updates(run, parts, "P8 updates, no symptom changes", 0, Target.atLeast(5_000_000));
        esper(run, parts);
        updates(run, parts, "P8 updates, 1 % start or end a symptom", 0.01, Target.none());
        run.report(Figure.of(
                "P9 state of a subservice of 4 metrics",
                (double) parts.engine.stateBytes() / (parts.parts() + parts.services),
                "B",
                Target.atMost(100)));
        history(run, parts);
        edits(run, parts, 1_000);
        reaction(run, parts);
        services(run);
    }

    private static void updates(BenchmarkRun run, Parts parts, String name, double share, Target target)
            throws Exception {
        List<MetricBatch> batches = batches(parts, share);
        int[] slots = new Random(1).ints(UPDATES, 0, parts.items.size()).toArray();
        int[] values = new int[parts.items.size()];
        engine(parts, batches);
        Comparison compared = Comparison.interleaved(ROUNDS, () -> engine(parts, batches), () -> floor(values, slots));
        // By CPU time: the engine has one writer, and the machine may be busy with other things.
        run.report(Figure.of(name, perCpuSecond(compared.subject()), "/cpu-s", target)
                .with(compared.subject())
                .with(new Peer("plain int array", perCpuSecond(compared.peer()))));
    }

    private static void esper(BenchmarkRun run, Parts parts) throws Exception {
        EsperPeer esper = new EsperPeer();
        List<MetricBatch> batches = batches(parts, 0);
        Random random = new Random(1);
        int updates = UPDATES / 10;
        Comparison compared = Comparison.interleaved(
                ROUNDS,
                () -> engine(parts, batches),
                () -> onThisThread(updates, () -> {
                    for (int i = 0; i < updates; i++) {
                        esper.update(random.nextInt(parts.parts()), i % Parts.METRICS, 5 + random.nextDouble());
                    }
                }));
        if (esper.scores() < updates) {
            throw new IllegalStateException("Esper gave " + esper.scores() + " scores");
        }
        run.report(Figure.of(
                        "P8 updates, beside Esper", perCpuSecond(compared.subject()), "/cpu-s", Target.shareOfPeer(10))
                .with(compared.subject())
                .with(new Peer("Esper 9, parts without services", perCpuSecond(compared.peer()))));
    }

    /** With the CPU time of this thread, which is the one writer: the compiler's threads are busy at first. */
    private static Measurement onThisThread(long operations, Measurement.Work work) throws Exception {
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long start = System.nanoTime();
        work.run();
        long nanos = System.nanoTime() - start;
        return new Measurement(
                operations, nanos, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu);
    }

    private static double perCpuSecond(Measurement measured) {
        return 1e6 / measured.cpuMicros();
    }

    private static Measurement engine(Parts parts, List<MetricBatch> batches) throws Exception {
        return onThisThread(UPDATES, () -> {
            for (MetricBatch batch : batches) {
                parts.engine.offer(batch);
                parts.engine.runPending();
            }
        });
    }

    /** The limit: the same random writes to an array, and a comparison. */
    private static Measurement floor(int[] values, int[] slots) throws Exception {
        int[] above = new int[1];
        Measurement measured = onThisThread(UPDATES, () -> {
            for (int slot : slots) {
                values[slot]++;
                above[0] += values[slot] > 90 ? 1 : 0;
            }
        });
        if (above[0] < 0) {
            throw new IllegalStateException("never, but the loop must not be optimised away");
        }
        return measured;
    }

    private static List<MetricBatch> batches(Parts parts, double share) {
        Random random = new Random(1);
        boolean[] high = new boolean[parts.items.size()];
        List<MetricBatch> batches = new ArrayList<>();
        for (int done = 0; done < UPDATES; done += BATCH) {
            MetricBatch batch = new MetricBatch();
            for (int i = 0; i < BATCH; i++) {
                int item = random.nextInt(parts.items.size());
                high[item] ^= random.nextDouble() < share;
                batch.add(parts.items.get(item), (high[item] ? 95 : 5) + random.nextDouble());
            }
            batches.add(batch);
        }
        return batches;
    }

    private static void edits(BenchmarkRun run, Parts parts, int edits) throws Exception {
        Measurement measured = Measurement.median(ROUNDS, edits, () -> {
            for (int i = 0; i < edits; i++) {
                parts.renew(i * 31 % parts.services);
            }
        });
        run.report(Figure.rate(
                "remove and add a service, %,d nodes"
                        .formatted(parts.engine.graph().size()),
                measured,
                "/s",
                Target.none()));
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int drawn = parts.draw();
        double micros = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e3;
        run.report(Figure.of("draw the plan of a device once edits touched it", micros / drawn, "us", Target.none()));
    }

    /** The same with every change of score and symptoms, and the values behind it, on their way to a database. */
    private static void history(BenchmarkRun run, Parts parts) throws Exception {
        List<MetricBatch> batches = batches(parts, 0.01);
        Measurement without = rounds(parts, batches);
        try (History history = History.start(HistoryConfig.in(run.folder("history")), InstantSource.system());
                HealthEvents events = recording(parts, history)) {
            events.start();
            parts.engine.addHealthListener(events);
            Measurement with = rounds(parts, batches);
            run.report(Figure.of("P8 updates, 1 %, with history", perCpuSecond(with), "/cpu-s", Target.none())
                    .with(with)
                    .with(new Peer("without", perCpuSecond(without))));
            run.report(Figure.of("the same by the clock on the wall", with.perSecond(), "/s", Target.none())
                    .with(new Peer("without", without.perSecond())));
            var statistics = history.statistics();
            run.note("history: %,d records written, %,d lost and counted, %,d waiting"
                    .formatted(statistics.written(), statistics.lost(), statistics.waiting()));
            parts.engine.removeHealthListener(events);
        }
    }

    private static HealthEvents recording(Parts parts, History history) {
        HistoryRecorder recorder = new HistoryRecorder(parts.engine, history);
        return HealthEvents.losing(recorder, recorder::missed);
    }

    private static Measurement rounds(Parts parts, List<MetricBatch> batches) throws Exception {
        List<Measurement> all = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            all.add(engine(parts, batches));
        }
        return Measurement.median(all);
    }

    /** From a value to the listener that hears of the new score, one at a time. */
    private static void reaction(BenchmarkRun run, Parts parts) throws InterruptedException {
        Semaphore heard = new Semaphore(0);
        parts.engine.addHealthListener((changes, snapshot, at) -> heard.release());
        CollectionItem item = parts.one();
        parts.engine.start();
        int count = 5_000;
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            MetricBatch batch = new MetricBatch().add(item, i % 2 == 0 ? 95 : 5);
            heard.drainPermits();
            long start = System.nanoTime();
            parts.engine.offer(batch);
            if (!heard.tryAcquire(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the engine did not react");
            }
            nanos[i] = System.nanoTime() - start;
        }
        parts.engine.close();
        Arrays.sort(nanos);
        run.report(Figure.of("reaction, value to published score, p50", nanos[count / 2] / 1e6, "ms", Target.none()));
        run.report(Figure.of(
                "reaction, value to published score, p99", nanos[count * 99 / 100] / 1e6, "ms", Target.none()));
    }

    private static void services(BenchmarkRun run) throws Exception {
        int services = run.setting("services");
        long before = heap();
        long start = System.nanoTime();
        Parts parts = new Parts(services, new ProviderNetwork());
        long graph = System.nanoTime();
        parts.withValues();
        run.note("%,d services, %,d nodes in all, %,d metrics: graph in %.1f s, values in %.1f s"
                .formatted(
                        services,
                        parts.engine.graph().size(),
                        parts.items.size(),
                        (graph - start) / 1e9,
                        (System.nanoTime() - graph) / 1e9));
        run.report(Figure.of("P12 services on one node", services, "", Target.atLeast(100_000)));
        run.report(Figure.of("P12 heap of these", (heap() - before) / 1e6, "MB", Target.none()));
        updates(run, parts, "P12 updates, no symptom changes", 0, Target.none());
        updates(run, parts, "P12 updates, 1 % start or end a symptom", 0.01, Target.none());
        edits(run, parts, 200);
        reaction(run, parts);
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
