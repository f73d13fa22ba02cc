package io.auspex.benchmarks.netconf;

import io.auspex.benchmarks.harness.Benchmark;
import io.auspex.benchmarks.harness.BenchmarkRun;
import io.auspex.benchmarks.harness.Figure;
import io.auspex.benchmarks.harness.Measurement;
import io.auspex.benchmarks.harness.ServerProcess;
import io.auspex.benchmarks.harness.Setting;
import io.auspex.benchmarks.harness.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.sshd.client.SshClient;

/** P5 and P6, and rpcs per second over SSH: the shipped server, its clients in this process. */
public final class NetconfBenchmark implements Benchmark {
    private static final String MODULE = "urn:ietf:params:xml:ns:yang:ietf-service-assurance";
    private static final String DEVICE = "urn:ietf:params:xml:ns:yang:ietf-service-assurance-device";
    private static final int AT_ONCE = 1_000;
    private static final int SESSIONS = 16;
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
        return "netconf";
    }

    @Override
    public String summary() {
        return "NETCONF over SSH: get of one entry, get-config of the list, edits and commits";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("size", 10_000, "subservices in the list"),
                new Setting("rpcs", 2_000, "rpcs of a session in each round"),
                new Setting("rounds", 3, "rounds, whose median counts"));
    }

    @Override
    public void run(BenchmarkRun run) throws Exception {
        try (var server = ServerProcess.start(run.folder("server"));
                var ssh = SshClient.setUpDefaultClient()) {
            ssh.setServerKeyVerifier((_, _, _) -> true);
            ssh.start();
            var sessions = new ArrayList<NetconfClient>();
            for (var i = 0; i < SESSIONS; i++) {
                sessions.add(NetconfClient.connect(ssh, server.netconfPort(), server.password()));
            }
            fill(sessions.getFirst(), run);
            reads(sessions, run);
            edits(sessions, run);
            for (var session : sessions) {
                session.close();
            }
        }
    }

    private static void fill(NetconfClient session, BenchmarkRun run) throws IOException {
        var size = run.setting("size");
        for (var from = 0; from < size; from += AT_ONCE) {
            var entries = new StringBuilder();
            for (var i = from; i < Math.min(size, from + AT_ONCE); i++) {
                entries.append(entry(i, i));
            }
            session.call(edit("running", entries.toString()));
            run.progress("subservices", from, size);
        }
    }

    private static String key(int number) {
        return "<type xmlns:sd=\"" + DEVICE + "\">sd:device-type</type><id>subservice-" + number + "</id>";
    }

    private static String entry(int number, int device) {
        return "<subservice>" + key(number) + "<parameters xmlns=\"" + DEVICE + "\"><device>router-" + device
                + "</device></parameters></subservice>";
    }

    private static String edit(String datastore, String entries) {
        return "<edit-config><target><" + datastore + "/></target><config><subservices xmlns=\"" + MODULE + "\">"
                + entries + "</subservices></config></edit-config>";
    }

    private static String get(int number) {
        return "<get-config><source><running/></source><filter><subservices xmlns=\"" + MODULE + "\"><subservice>"
                + key(number) + "</subservice></subservices></filter></get-config>";
    }

    private static void reads(List<NetconfClient> sessions, BenchmarkRun run) throws Exception {
        var size = run.setting("size");
        var rpcs = run.setting("rpcs");
        var first = sessions.getFirst();
        var random = new SplittableRandom(1);
        var times = new double[rpcs];
        for (var round = 0; round < 2; round++) {
            for (var i = 0; i < rpcs; i++) {
                var start = System.nanoTime();
                first.call(get(random.nextInt(size)));
                times[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
            }
        }
        Arrays.sort(times);
        run.report(Figure.of("P5 get of one entry, p50", times[rpcs / 2], "ms", Target.atMost(0.2)));
        report(
                run,
                "get of one entry, 1 session",
                Target.none(),
                List.of(first),
                (s, r) -> s.call(get(r.nextInt(size))));
        report(
                run,
                "P5 get of one entry, 16 sessions",
                Target.atLeast(20_000),
                sessions,
                (s, r) -> s.call(get(r.nextInt(size))));
        var bytes = new long[1];
        var whole = Measurement.median(
                run.setting("rounds"),
                1,
                () -> bytes[0] = first.call("<get-config><source><running/></source></get-config>").length);
        run.report(Figure.of(
                "P6 get-config of " + size + " entries",
                bytes[0] / 1e6 / whole.seconds(),
                "MB/s",
                Target.atLeast(120)));
    }

    private static void edits(List<NetconfClient> sessions, BenchmarkRun run) throws Exception {
        var size = run.setting("size");
        var one = List.of(sessions.getFirst());
        Rpc running = (s, r) -> s.call(edit("running", entry(r.nextInt(size), r.nextInt(1_000_000))));
        report(run, "edit-config to running, 1 session", Target.none(), one, running);
        report(run, "edit-config to running, 16 sessions", Target.none(), sessions, running);
        report(run, "candidate edit with commit, 1 session", Target.none(), one, (s, r) -> {
            s.call(edit("candidate", entry(r.nextInt(size), r.nextInt(1_000_000))));
            s.call("<commit/>");
        });
    }

    /** One thing to do on a session. */
    @FunctionalInterface
    private interface Rpc {
        void call(NetconfClient session, SplittableRandom random) throws IOException;
    }

    private static void report(BenchmarkRun run, String name, Target target, List<NetconfClient> sessions, Rpc rpc)
            throws Exception {
        var each = Math.max(1, run.setting("rpcs") / (sessions.size() == 1 ? 1 : 4));
        var measured = Measurement.median(
                run.setting("rounds"), (long) each * sessions.size(), () -> all(sessions, each, rpc));
        run.report(Figure.rate(name, measured, "rpc/s", target));
    }

    private static void all(List<NetconfClient> sessions, int each, Rpc rpc) throws InterruptedException, IOException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var session : sessions) {
                running.add(threads.submit(() -> {
                    var random = new SplittableRandom(session.hashCode());
                    for (var i = 0; i < each; i++) {
                        rpc.call(session, random);
                    }
                    return null;
                }));
            }
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }
}
