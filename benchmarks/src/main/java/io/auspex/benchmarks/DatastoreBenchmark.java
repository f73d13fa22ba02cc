package io.auspex.benchmarks;

import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.schema.SchemaNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * The datastore's figures (targets P3, P3d, P4, P7, P11): subservices of RFC 9418, each with its parameters and, but for
 * the first, a dependency on the one before it; an edit gives one of them another device.
 *
 * <p>Arguments: the folder to write to, and the number of entries of the large datastore.
 */
public final class DatastoreBenchmark {
    private static final int SMALL = 10_000;
    private static final int CLIENTS = 16;

    private final ModelContext model = ModelLoader.load();
    private final SchemaNode subservices =
            model.root().child("ietf-service-assurance", "subservices").orElseThrow();
    private final SchemaNode subservice = child(subservices, "subservice");
    private final SchemaNode parameters =
            subservice.child("ietf-service-assurance-device", "parameters").orElseThrow();
    private final SchemaNode dependencies = child(subservice, "dependencies");
    private final SchemaNode dependency = child(dependencies, "dependency");
    private final Identity deviceType =
            model.identity("ietf-service-assurance-device:device-type").orElseThrow();
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    public static void main(String[] args) throws Exception {
        var folder = Path.of(args.length > 0 ? args[0] : "target/bench-datastore");
        var large = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        new DatastoreBenchmark().run(folder, large);
    }

    private static SchemaNode child(SchemaNode parent, String name) {
        return parent.child(name).orElseThrow();
    }

    private static void line(String name, double value, String unit, String target, String beside, boolean meets) {
        System.out.printf(
                Locale.ROOT,
                "%-44s %12.1f %-10s target %-24s %s  %s%n",
                name,
                value,
                unit,
                target,
                beside,
                meets ? "meets" : "short");
    }

    private static String load() {
        return "load %.1f"
                .formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private void run(Path folder, int large) throws Exception {
        var small = filled(DatastoreConfig.inMemory(), SMALL);
        edits(small, SMALL, 20_000);
        var ofSmall = median(small, SMALL);
        line("P3 edit, N = 10,000, in memory", ofSmall, "edits/s", ">= 10000", load(), ofSmall >= 10_000);

        var heapBefore = heap();
        var big = filled(DatastoreConfig.inMemory(), large);
        var heap = (heap() - heapBefore) / 1e9;
        line("P7 heap, N = " + large, heap * 1000, "MB", "<= 1000", load(), heap <= 1);
        edits(big, large, 20_000);
        var ofBig = median(big, large);
        line("P3 edit, N = " + large + ", in memory", ofBig, "edits/s", "-", load(), true);
        line("P4 cost of an edit, large / small", ofSmall / ofBig, "x", "<= 2", load(), ofSmall / ofBig <= 2);

        durable(folder.resolve("small"));
        start(folder.resolve("small"), "P11 start, N = 10,000", 1);
        restore(folder.resolve("large"), big, large);
    }

    private double median(Datastores datastores, int size) throws YangException {
        var rates = new double[7];
        for (var i = 0; i < rates.length; i++) {
            rates[i] = edits(datastores, size, 10_000);
        }
        Arrays.sort(rates);
        return rates[rates.length / 2];
    }

    /** Edits one after the other; edits per second. */
    private double edits(Datastores datastores, int size, int count) throws YangException {
        var start = System.nanoTime();
        for (var i = 0; i < count; i++) {
            datastores.commit(edit(random.nextInt(size), i));
        }
        return count * 1e9 / (System.nanoTime() - start);
    }

    private void durable(Path folder) throws Exception {
        delete(folder);
        try (var datastores = filled(DatastoreConfig.in(folder), SMALL)) {
            var ratios = new double[5];
            var edits = new double[5];
            var limits = new double[5];
            concurrently(datastores, 2_000);
            for (var i = 0; i < ratios.length; i++) {
                limits[i] = groupedFsyncs(folder);
                edits[i] = concurrently(datastores, 8_000);
                ratios[i] = edits[i] / limits[i] * 100;
            }
            Arrays.sort(ratios);
            Arrays.sort(edits);
            Arrays.sort(limits);
            line(
                    "P3d edit, fsync before the answer, 16 clients",
                    edits[2],
                    "edits/s",
                    ">= 50 % of fsync limit",
                    "disk %.0f/s grouped by 16, %.0f %%, %s".formatted(limits[2], ratios[2], load()),
                    ratios[2] >= 50);
        }
    }

    private double concurrently(Datastores datastores, int count) throws Exception {
        var start = System.nanoTime();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var all = new ArrayList<Future<?>>();
            for (var c = 0; c < CLIENTS; c++) {
                var seed = c * 31L + count;
                all.add(clients.submit(() -> {
                    var own = new java.util.SplittableRandom(seed + System.nanoTime());
                    for (var i = 0; i < count / CLIENTS; i++) {
                        datastores.commit(edit(own.nextInt(SMALL), own.nextInt()));
                    }
                    return null;
                }));
            }
            for (var one : all) {
                one.get();
            }
        }
        return count * 1e9 / (System.nanoTime() - start);
    }

    /** What the disk can do for 16 clients: appends of 16 records of an edit's size, one fsync for all. */
    private static double groupedFsyncs(Path folder) throws IOException {
        var file = folder.resolve("fsync-limit");
        var record = ByteBuffer.allocate(CLIENTS * 220);
        var count = 400;
        var start = System.nanoTime();
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (var i = 0; i < count; i++) {
                channel.write(record.rewind());
                channel.force(false);
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return (double) count * CLIENTS * 1e9 / (System.nanoTime() - start);
    }

    private void start(Path folder, String name, double target) {
        var times = new double[5];
        for (var i = 0; i < times.length; i++) {
            var start = System.nanoTime();
            Datastores.open(model, DatastoreConfig.in(folder)).close();
            times[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(times);
        line(name, times[2], "s", "<= " + target, load(), times[2] <= target);
    }

    private void restore(Path folder, Datastores big, int large) throws Exception {
        delete(folder);
        Files.createDirectories(folder);
        try (var saved = Datastores.open(model, DatastoreConfig.in(folder).withSnapshotAfter(1))) {
            saved.commit(new Edit(Operation.REPLACE, DataPath.root(model.root()), big.running()));
        }
        big.close();
        var start = System.nanoTime();
        try (var again = Datastores.open(model, DatastoreConfig.in(folder))) {
            var seconds = (System.nanoTime() - start) / 1e9;
            line("P11 restore, N = " + large, seconds, "s", "<= 10", load(), seconds <= 10);
            System.out.println("version " + again.running().version());
        }
        delete(folder);
    }

    private Datastores filled(DatastoreConfig config, int size) throws YangException {
        var datastores = Datastores.open(model, config);
        for (var from = 0; from < size; from += SMALL) {
            var entries = new ArrayList<TreeNode>();
            for (var i = from; i < Math.min(size, from + SMALL); i++) {
                entries.add(entry(i));
            }
            var list = TreeList.of(subservice, entries);
            datastores.commit(new Edit(
                    Operation.MERGE,
                    DataPath.root(model.root()).child(subservices),
                    TreeNode.of(subservices, List.of(list))));
        }
        return datastores;
    }

    private TreeNode entry(int number) {
        var id = id(number);
        var children = new ArrayList<io.auspex.yang.data.DataNode>();
        children.add(new LeafNode(child(subservice, "type"), deviceType));
        children.add(new LeafNode(child(subservice, "id"), id));
        children.add(TreeNode.of(
                parameters, List.of(new LeafNode(child(parameters, "device"), "router-" + number % 5_000))));
        if (number > 0) {
            var on = TreeNode.of(
                    dependency,
                    List.of(
                            new LeafNode(child(dependency, "type"), deviceType),
                            new LeafNode(child(dependency, "id"), id(number - 1)),
                            new LeafNode(
                                    child(dependency, "dependency-type"),
                                    model.identity("ietf-service-assurance:impacting")
                                            .orElseThrow())));
            children.add(TreeNode.of(dependencies, List.of(TreeList.of(dependency, List.of(on)))));
        }
        return TreeNode.of(subservice, children);
    }

    private static String id(int number) {
        return "subservice-%07d".formatted(number);
    }

    private Edit edit(int number, int value) {
        var leaf = child(parameters, "device");
        var path = DataPath.root(model.root())
                .child(subservices)
                .entry(subservice, ListKey.of(deviceType, id(number)))
                .child(parameters)
                .child(leaf);
        return new Edit(Operation.MERGE, path, new LeafNode(leaf, "device-" + value));
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
