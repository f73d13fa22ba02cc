package io.auspex.benchmarks.restconf;

import io.auspex.benchmarks.harness.Benchmark;
import io.auspex.benchmarks.harness.BenchmarkRun;
import io.auspex.benchmarks.harness.Comparison;
import io.auspex.benchmarks.harness.Figure;
import io.auspex.benchmarks.harness.GroupedFsyncs;
import io.auspex.benchmarks.harness.Measurement;
import io.auspex.benchmarks.harness.Peer;
import io.auspex.benchmarks.harness.ServerProcess;
import io.auspex.benchmarks.harness.Setting;
import io.auspex.benchmarks.harness.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** RESTCONF over HTTP/1.1 on the shipped server (targets P1, P2, P3, P3d). */
public final class RestconfBenchmark implements Benchmark {
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 5;
    private static final int REQUESTS = 40_000;
    private static final int EDITS = 8_000;
    private static final int LISTS = 30;

    /** Rounds before the first that counts, until the compiler of the server has done its work. */
    private static final int WARM_UP = 5;

    /** The same for edits, which run through more of it. */
    private static final int EDITS_BEFORE = 200_000;

    private static final int ENTRY_BYTES = 150;
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String LIST = Requests.LIST;

    private final SplittableRandom random = new SplittableRandom(1);

    @Override
    public String name() {
        return "restconf";
    }

    @Override
    public String summary() {
        return "reads and edits over HTTP, beside bare Netty, Jackson and the disk";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("entries", 10_000, "entries of the list"));
    }

    @Override
    public void run(BenchmarkRun run) throws Exception {
        var entries = run.setting("entries");
        try (var server = ServerProcess.start(run.folder("data"))) {
            var client = new Requests(server);
            client.fill(entries);
            readOne(run, server, client, entries);
            readAll(
                    run,
                    server,
                    client,
                    "P2 GET of the list, %,d entries, configuration".formatted(entries),
                    "?content=config");
            readAll(run, server, client, "P2 GET of the list, %,d entries, with state".formatted(entries), "");
            editDurably(run, server, client, entries);
        }
        editInMemory(run, entries);
    }

    /** A server whose disk is memory: what an edit costs when nothing has to be waited for. */
    private void editInMemory(BenchmarkRun run, int entries) throws Exception {
        if (!Files.isDirectory(MEMORY)) {
            run.note("P3 over HTTP is not measured: there is no " + MEMORY);
            return;
        }
        var folder = Files.createTempDirectory(MEMORY, "auspex-bench");
        try (var server = ServerProcess.start(folder.resolve("data"))) {
            var client = new Requests(server);
            client.fill(entries);
            try (var load = new LoadClient(client.port(), CONNECTIONS, () -> client.edit(random, entries))) {
                load.run(EDITS_BEFORE);
                var before = cpu(server);
                var measured = Measurement.median(ROUNDS, EDITS, () -> load.run(EDITS));
                run.report(Figure.rate(
                        "P3 edit over HTTP, %,d entries, in memory".formatted(entries),
                        measured,
                        "edits/s",
                        Target.atLeast(10_000)));
                noteCpu(run, "P3", cpu(server) - before, ROUNDS * EDITS);
            }
        } finally {
            BenchmarkRun.delete(folder);
        }
    }

    private void readOne(BenchmarkRun run, ServerProcess server, Requests client, int entries) throws Exception {
        Supplier<byte[]> reads = () -> client.get(LIST + "/subservice=" + Requests.key(random.nextInt(entries)));
        try (var hello = NettyHello.Running.start();
                var subject = new LoadClient(client.port(), CONNECTIONS, reads);
                var peer = new LoadClient(hello.port(), CONNECTIONS, () -> client.get(LIST))) {
            subject.run(WARM_UP * REQUESTS);
            peer.run(REQUESTS);
            var before = cpu(server);
            var compared = Comparison.interleaved(
                    ROUNDS,
                    () -> Measurement.of(REQUESTS, () -> subject.run(REQUESTS)),
                    () -> Measurement.of(REQUESTS, () -> peer.run(REQUESTS)));
            run.report(compared.figure(
                    "P1 GET of one entry, 16 connections", "req/s", Target.shareOfPeer(0.5), "bare Netty"));
            noteCpu(run, "P1", cpu(server) - before, ROUNDS * REQUESTS);
        }
    }

    /** Both rates are per second of CPU time, since client and server share the machine. */
    private static void readAll(BenchmarkRun run, ServerProcess server, Requests client, String figure, String query)
            throws Exception {
        var path = LIST + query;
        var bytes = client.read(path);
        for (var i = 0; i < WARM_UP * LISTS; i++) {
            client.read(path);
        }
        var before = cpu(server);
        for (var i = 0; i < LISTS; i++) {
            client.read(path);
        }
        var seconds = (cpu(server) - before) / 1e9;
        var peer = jacksonWrites(bytes);
        run.report(Figure.of(figure, bytes * LISTS / 1e6 / seconds, "MB/CPU-s", Target.shareOfPeer(0.6))
                .with(new Peer("Jackson's plain write", peer)));
    }

    /** What hangs on the load of the machine least. */
    private static void noteCpu(BenchmarkRun run, String figure, long nanos, int operations) {
        run.note("%s: %.1f us of the server's CPU a request".formatted(figure, nanos / 1e3 / operations));
    }

    private static long cpu(ServerProcess server) {
        return server.handle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /** Megabytes per second of CPU time that Jackson writes of a document like the list. */
    private static double jacksonWrites(long bytes) throws Exception {
        var factory = new JsonFactory();
        var count = (int) Math.max(1, bytes / ENTRY_BYTES);
        Measurement measured = Measurement.median(ROUNDS, LISTS, () -> {
            for (var i = 0; i < LISTS; i++) {
                write(factory, count);
            }
        });
        var counting = new CountingOutput();
        try (var out = factory.createGenerator(ObjectWriteContext.empty(), counting)) {
            document(out, count);
        }
        return counting.bytes / measured.cpuMicros();
    }

    private static void write(JsonFactory factory, int count) throws IOException {
        try (var out = factory.createGenerator(ObjectWriteContext.empty(), OutputStream.nullOutputStream())) {
            document(out, count);
        }
    }

    private static void document(JsonGenerator out, int count) {
        out.writeStartArray();
        for (var i = 0; i < count; i++) {
            out.writeStartObject();
            out.writeStringProperty("type", "ietf-service-assurance-device:device-type");
            out.writeStringProperty("id", Requests.id(i));
            out.writeName("ietf-service-assurance-device:parameters");
            out.writeStartObject();
            out.writeStringProperty("device", "router-" + i);
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static final class CountingOutput extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes += length;
        }
    }

    private void editDurably(BenchmarkRun run, ServerProcess server, Requests client, int entries) throws Exception {
        var folder = run.folder("disk");
        try (var load = new LoadClient(client.port(), CONNECTIONS, () -> client.edit(random, entries))) {
            load.run(EDITS_BEFORE);
            var before = cpu(server);
            var compared = Comparison.interleaved(
                    ROUNDS,
                    () -> Measurement.of(EDITS, () -> load.run(EDITS)),
                    () -> GroupedFsyncs.measure(folder, CONNECTIONS));
            run.report(compared.figure(
                            "P3d edit over HTTP, durable, 16 clients",
                            "edits/s",
                            Target.shareOfPeer(0.5),
                            "disk, grouped by 16")
                    .fsync("grouped, each edit"));
            noteCpu(run, "P3d", cpu(server) - before, ROUNDS * EDITS);
        }
    }
}
