package io.auspex.benchmarks.datastore;

import io.auspex.benchmarks.harness.Benchmark;
import io.auspex.benchmarks.harness.BenchmarkRun;
import io.auspex.benchmarks.harness.Comparison;
import io.auspex.benchmarks.harness.Figure;
import io.auspex.benchmarks.harness.GroupedFsyncs;
import io.auspex.benchmarks.harness.Measurement;
import io.auspex.benchmarks.harness.Peer;
import io.auspex.benchmarks.harness.Setting;
import io.auspex.benchmarks.harness.Target;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.yang.schema.DataPath;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The datastore's figures: edits in memory and on disk, memory, start and restore (targets P3, P3d, P4, P7, P11). */
public final class DatastoreBenchmark implements Benchmark {
    private static final int SMALL = 10_000;
    private static final int CLIENTS = 16;
    private static final int EDITS = 10_000;

    /** Before the first that counts: until then what all threads share of the machine goes to the compiler. */
    private static final int DURABLE_WARM_UP = 320_000;

    private static final String BARE = "bare DataTree";
    private static final String FSYNC = "grouped, each edit";

    private final SplittableRandom random = new SplittableRandom(1);

    @Override
    public String name() {
        return "datastore";
    }

    @Override
    public String summary() {
        return "edits in memory and on disk, memory, start and restore";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("entries", 1_000_000, "size of the large datastore"));
    }

    @Override
    public void run(BenchmarkRun run) throws Exception {
        var subservices = new Subservices();
        var large = run.setting("entries");
        var model = subservices.model().effective();
        var small = subservices.open(DatastoreConfig.inMemory(), SMALL);
        var ofSmall = edits(subservices, small, SMALL, new BareDataTree(model, SMALL));
        run.report(ofSmall.figure("P3 edit, 10,000 entries, in memory", "edits/s", Target.atLeast(10_000), BARE));

        var before = heap();
        var bareBig = new BareDataTree(model, large);
        var bareHeap = (heap() - before) / 1e6;
        before = heap();
        var big = subservices.open(DatastoreConfig.inMemory(), large);
        run.report(
                Figure.of("P7 heap, %,d entries".formatted(large), (heap() - before) / 1e6, "MB", Target.atMost(1_000))
                        .with(new Peer(BARE, bareHeap)));
        var ofBig = edits(subservices, big, large, bareBig);
        run.report(ofBig.figure("P3 edit, %,d entries, in memory".formatted(large), "edits/s", Target.none(), BARE));
        run.report(Figure.of(
                        "P4 cost of an edit, large against small",
                        times(ofSmall.subject(), ofBig.subject()),
                        "x",
                        Target.atMost(2))
                .with(new Peer(BARE, times(ofSmall.peer(), ofBig.peer()))));

        durable(run, subservices);
        restore(run, subservices, big);
    }

    private static double times(Measurement small, Measurement large) {
        return small.perSecond() / large.perSecond();
    }

    private Comparison edits(Subservices subservices, Datastores datastores, int size, BareDataTree bare)
            throws Exception {
        subservices.edit(datastores, size, 20_000, random);
        bare.edit(20_000, random);
        return Comparison.interleaved(
                7,
                () -> Measurement.of(EDITS, () -> subservices.edit(datastores, size, EDITS, random)),
                () -> Measurement.of(EDITS, () -> bare.edit(EDITS, random)));
    }

    private void durable(BenchmarkRun run, Subservices subservices) throws Exception {
        var folder = run.folder("small");
        try (var datastores = subservices.open(DatastoreConfig.in(folder), SMALL)) {
            concurrently(subservices, datastores, DURABLE_WARM_UP);
            var compared = Comparison.interleaved(
                    5,
                    () -> concurrently(subservices, datastores, 8_000),
                    () -> GroupedFsyncs.measure(folder, CLIENTS));
            run.report(compared.figure(
                            "P3d edit, durable, 16 clients", "edits/s", Target.shareOfPeer(0.5), "disk, grouped by 16")
                    .fsync(FSYNC));
        }
        var opened = Measurement.median(5, 1, () -> reopen(subservices, folder));
        run.report(Figure.of("P11 start, 10,000 entries", opened.seconds(), "s", Target.atMost(1))
                .fsync(FSYNC));
    }

    private static void reopen(Subservices subservices, Path folder) {
        Datastores.open(subservices.model(), DatastoreConfig.in(folder)).close();
    }

    /** Clients are virtual threads, as the requests are that the server works on. */
    private Measurement concurrently(Subservices subservices, Datastores datastores, int count) throws Exception {
        return Measurement.of(count, () -> {
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                var all = new ArrayList<Future<?>>();
                for (var c = 0; c < CLIENTS; c++) {
                    var own = random.split();
                    all.add(clients.submit(() -> {
                        subservices.edit(datastores, SMALL, count / CLIENTS, own);
                        return null;
                    }));
                }
                for (var one : all) {
                    one.get();
                }
            }
        });
    }

    private static void restore(BenchmarkRun run, Subservices subservices, Datastores big) throws Exception {
        var folder = run.folder("large");
        try (var saved =
                Datastores.open(subservices.model(), DatastoreConfig.in(folder).withSnapshotAfter(1))) {
            var root = subservices.model().root();
            saved.commit(new Edit(Operation.REPLACE, DataPath.root(root), big.running()));
        }
        big.close();
        run.report(Figure.of(
                        "P11 restore, %,d entries".formatted(run.setting("entries")),
                        Restore.seconds(folder),
                        "s",
                        Target.atMost(10))
                .fsync(FSYNC));
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
