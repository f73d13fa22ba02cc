package io.auspex.benchmarks.durability;

import io.auspex.benchmarks.harness.BenchmarkRun;
import io.auspex.benchmarks.harness.Figure;
import io.auspex.benchmarks.harness.Target;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.DatastoreConfig.Sync;
import io.auspex.datastore.Datastores;
import io.auspex.yang.error.YangException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * File systems in images, shut down under the datastore's feet without writing their logs ({@code xfs_io -x -c shutdown}), which
 * is what a power cut leaves. What was acknowledged before the cut is noted before it, since a sync that races with the cut may
 * say falsely that it succeeded.
 */
final class PowerCuts {
    private static final int CLIENTS = 6;
    private static final int LONGEST_MILLIS = 400;
    private static final int SNAPSHOT_AFTER = 64 * 1024;

    private final BenchmarkRun run;
    private final SplittableRandom random = new SplittableRandom(11);
    private final Interfaces interfaces = new Interfaces();

    PowerCuts(BenchmarkRun run) {
        this.run = run;
    }

    void run(int cuts) throws Exception {
        var folder = run.folder("cuts");
        for (var type : List.of("ext4", "xfs")) {
            try {
                Image.make(type, folder.resolve(type + "-trial.img")).tryOut();
            } catch (IOException e) {
                run.note("no power cuts on " + type + " here: " + e.getMessage());
                continue;
            }
            on(type, cuts / 2, folder);
        }
    }

    private void on(String type, int cuts, Path folder) throws Exception {
        var synced = cuts(type, cuts, Sync.EVERY_COMMIT, Image.make(type, folder.resolve(type + ".img")));
        run.report(
                Figure.of("power cuts on " + type, cuts, "cuts", Target.none()).fsync("grouped, each edit"));
        run.report(Figure.of("  edits acknowledged", (double) synced.edits(), "edits", Target.atLeast(cuts)));
        run.report(Figure.of("  acknowledged edits lost", synced.lost(), "edits", Target.atMost(0)));
        var controls = Math.max(1, cuts / 5);
        var control = cuts(type, controls, Sync.NEVER, Image.make(type, folder.resolve(type + "-control.img")));
        run.report(Figure.of("  control without fsync: edits lost", control.lost(), "edits", Target.atLeast(1)));
        run.report(Figure.of("  control without fsync: cuts that lost", control.losing(), "cuts", Target.none())
                .fsync("never"));
    }

    /**
     * What a number of cuts did.
     *
     * @param losing cuts that lost something
     */
    private record Result(long edits, int lost, int losing) {}

    private Result cuts(String type, int cuts, Sync sync, Image image) throws Exception {
        var clients = IntStream.range(0, CLIENTS)
                .mapToObj(c -> new Client("client" + c + "-", new Ledger(), random.split()))
                .toList();
        var lost = 0;
        var losing = 0;
        for (var i = 1; i <= cuts; i++) {
            List<Integer> marks;
            try (var _ = image.mount()) {
                marks = editUntilTheCut(image, sync, clients);
            }
            var lostNow = 0;
            try (var _ = image.mount();
                    var datastores = Datastores.open(interfaces.model(), config(image, sync))) {
                for (var c = 0; c < clients.size(); c++) {
                    var client = clients.get(c);
                    lostNow += client.ledger().lost(interfaces.read(datastores, client.prefix()), marks.get(c));
                }
            }
            lost += lostNow;
            losing += lostNow > 0 ? 1 : 0;
            run.progress("power cuts on " + type + ", fsync " + sync + " (" + lost + " edits lost)", i, cuts);
        }
        return new Result(clients.stream().mapToLong(c -> c.ledger().edits()).sum(), lost, losing);
    }

    private static DatastoreConfig config(Image image, Sync sync) {
        return DatastoreConfig.in(image.folder().resolve("datastore"))
                .with(sync)
                .withSnapshotAfter(SNAPSHOT_AFTER);
    }

    private record Client(String prefix, Ledger ledger, SplittableRandom random) {}

    /** What each client had acknowledged before the cut. */
    private List<Integer> editUntilTheCut(Image image, Sync sync, List<Client> clients) throws Exception {
        var over = new AtomicBoolean();
        try (var datastores = Datastores.open(interfaces.model(), config(image, sync));
                var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var all = clients.stream()
                    .<Future<?>>map(c -> threads.submit(() -> edit(datastores, c, over)))
                    .toList();
            Thread.sleep(20 + random.nextInt(LONGEST_MILLIS));
            var marks = clients.stream().map(c -> c.ledger().mark()).toList();
            image.cutPower();
            over.set(true);
            for (var one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
            return marks;
        }
    }

    private void edit(Datastores datastores, Client client, AtomicBoolean over) {
        try {
            while (!over.get()) {
                interfaces.edit(datastores, client.prefix(), client.ledger(), client.random());
            }
        } catch (YangException e) {
            // the disk is gone
        }
    }
}
