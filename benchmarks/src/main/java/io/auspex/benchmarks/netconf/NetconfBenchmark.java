package io.auspex.benchmarks.netconf;

import io.auspex.benchmarks.harness.Benchmark;
import io.auspex.benchmarks.harness.BenchmarkRun;
import io.auspex.benchmarks.harness.Figure;
import io.auspex.benchmarks.harness.Measurement;
import io.auspex.benchmarks.harness.Peer;
import io.auspex.benchmarks.harness.ServerProcess;
import io.auspex.benchmarks.harness.Setting;
import io.auspex.benchmarks.harness.Target;
import io.auspex.netconfserver.ssh.sockets.BlockingSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.sshd.client.SshClient;

/**
 * P5 and P6, and rpcs per second over SSH: the shipped server and Debian's netconfd, their clients in this process. The CPU
 * time beside a figure is that of the shipped server for one rpc.
 */
public final class NetconfBenchmark implements Benchmark {
    private static final String NETCONFD = "netconfd";
    private static final int AT_ONCE = 1_000;
    private static final int SESSIONS = 16;
    private static final int PEER_ROUNDS = 1;
    private static final int CHANGES = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
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
                new Setting("peer-size", 1_000, "the same of netconfd, which takes minutes to fill in 10,000"),
                new Setting("peer-rpcs", 100, "the same of netconfd"),
                new Setting(
                        "warm-up", 60_000, "rpcs of all sessions before the first that counts, of the shipped server"),
                new Setting("rounds", 3, "rounds, whose median counts"));
    }

    /** What is measured of either server, with its target. */
    private enum Item {
        LATENCY("P5 get of one entry, p50", "ms", Target.atMost(0.2)),
        GET_1("get of one entry, 1 session", "rpc/s", Target.none()),
        GET_16("P5 get of one entry, 16 sessions", "rpc/s", Target.atLeast(20_000)),
        WHOLE("P6 get-config of the list", "MB/s", Target.atLeast(120)),
        EDIT_1("edit-config to running, 1 session", "rpc/s", Target.none()),
        EDIT_16("edit-config to running, 16 sessions", "rpc/s", Target.none()),
        COMMIT_1("candidate edit with commit, 1 session", "pair/s", Target.none()),
        COMMIT_16("candidate edit with commit, 16 sessions", "pair/s", Target.none());

        private final String title;
        private final String unit;
        private final Target target;

        Item(String title, String unit, Target target) {
            this.title = title;
            this.unit = unit;
            this.target = target;
        }
    }

    @Override
    public void run(BenchmarkRun run) throws Exception {
        try (var ssh = SshClient.setUpDefaultClient()) {
            ssh.setServerKeyVerifier((_, _, _) -> true);
            ssh.setIoServiceFactoryFactory(BlockingSockets.within(PATIENCE));
            ssh.start();
            var peer = peer(ssh, run);
            try (var server = ServerProcess.start(run.folder("server"))) {
                var password = server.password();
                var sessions = sessions(() -> NetconfClient.connect(
                        ssh, "admin", server.netconfPort(), login -> login.addPasswordIdentity(password)));
                var load = new Load(
                        Shape.SUBSERVICES,
                        sessions,
                        run,
                        run.setting("size"),
                        run.setting("rpcs"),
                        run.setting("rounds"));
                load.fill("running");
                load.warmUp(run.setting("warm-up"));
                for (var item : Item.values()) {
                    var cpu = cpu(server);
                    var rpcs = load.calls();
                    var value = load.measure(item);
                    var spent = cpu(server).minus(cpu);
                    var figure = Figure.of(item.title, value, item.unit, item.target)
                            .with(new Measurement(load.calls() - rpcs, 1, spent.toNanos()));
                    var beside = peer.get(item);
                    run.report(
                            beside == null
                                    ? figure
                                    : figure.with(new Peer(
                                            NETCONFD + " of " + run.setting("peer-size") + " entries", beside)));
                }
                load.close();
            }
        }
    }

    private static Duration cpu(ServerProcess server) {
        return server.handle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The figures of netconfd: those of running first, then, started anew, those of the candidate. */
    private static Map<Item, Double> peer(SshClient ssh, BenchmarkRun run) throws Exception {
        var why = Netconfd.whyNot();
        var figures = new EnumMap<Item, Double>(Item.class);
        if (why.isPresent()) {
            run.note("netconfd is not measured: " + why.get());
            return figures;
        }
        for (var target : List.of("running", "candidate")) {
            try (var netconfd = Netconfd.start(run, target)) {
                var key = netconfd.key();
                var sessions = sessions(() ->
                        NetconfClient.connect(ssh, "root", netconfd.port(), login -> login.addPublicKeyIdentity(key)));
                var load = new Load(
                        Shape.PLAIN, sessions, run, run.setting("peer-size"), run.setting("peer-rpcs"), PEER_ROUNDS);
                load.fill(target);
                for (var item : Item.values()) {
                    if (target.equals("candidate") == item.name().startsWith("COMMIT")) {
                        figures.put(item, load.measure(item));
                    }
                }
                load.close();
            }
        }
        return figures;
    }

    /** Opens one session. */
    @FunctionalInterface
    private interface Opening {
        NetconfClient open() throws IOException;
    }

    private static List<NetconfClient> sessions(Opening opening) throws IOException {
        var sessions = new ArrayList<NetconfClient>();
        for (var i = 0; i < SESSIONS; i++) {
            sessions.add(opening.open());
        }
        return sessions;
    }

    /** One thing to do on a session. */
    @FunctionalInterface
    private interface Rpc {
        void call(NetconfClient session, SplittableRandom random) throws IOException;
    }

    /** What is done to one server. */
    private record Load(Shape shape, List<NetconfClient> sessions, BenchmarkRun run, int size, int rpcs, int rounds) {
        void fill(String target) throws IOException {
            var first = sessions.getFirst();
            for (var from = 0; from < size; from += AT_ONCE) {
                var entries = new StringBuilder();
                for (var i = from; i < Math.min(size, from + AT_ONCE); i++) {
                    entries.append(shape.entry(i, i));
                }
                first.call(shape.edit(target, entries.toString()));
                if (target.equals("candidate")) {
                    first.call("<commit/>");
                }
                run.progress("subservices", from, size);
            }
        }

        /** Asks for so many entries, and for the whole list once for every thousand of them. */
        void warmUp(int entries) throws Exception {
            all(sessions, entries / sessions.size(), (s, r) -> s.call(shape.get(r.nextInt(size))));
            for (var i = 0; i < entries / AT_ONCE; i++) {
                whole(1);
            }
        }

        /** How many rpcs were sent so far. */
        long calls() {
            return sessions.stream().mapToLong(NetconfClient::calls).sum();
        }

        double measure(Item item) throws Exception {
            var one = List.of(sessions.getFirst());
            Rpc get = (s, r) -> s.call(shape.get(r.nextInt(size)));
            Rpc edit = (s, r) -> s.call(shape.edit("running", changed(r)));
            Rpc commit = (s, r) -> {
                s.call(shape.edit("candidate", changed(r)));
                s.call("<commit/>");
            };
            return switch (item) {
                case LATENCY -> latency(get);
                case GET_1 -> rate(one, get);
                case GET_16 -> rate(sessions, get);
                case WHOLE -> whole(rounds);
                case EDIT_1 -> rate(one, edit);
                case EDIT_16 -> rate(sessions, edit);
                case COMMIT_1 -> rate(one, commit);
                case COMMIT_16 -> rate(sessions, commit);
            };
        }

        /** One entry with another device, which no other entry has: two subservices with the same parameters are one. */
        private String changed(SplittableRandom random) {
            var number = random.nextInt(size);
            return shape.entry(number, number + size * (1 + random.nextInt(CHANGES)));
        }

        private double latency(Rpc rpc) throws IOException {
            var random = new SplittableRandom(1);
            var times = new double[rpcs];
            for (var round = 0; round < 2; round++) {
                for (var i = 0; i < rpcs; i++) {
                    var start = System.nanoTime();
                    rpc.call(sessions.getFirst(), random);
                    times[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
                }
            }
            Arrays.sort(times);
            return times[rpcs / 2];
        }

        private double whole(int times) throws Exception {
            var bytes = new long[1];
            var measured = Measurement.median(
                    times,
                    1,
                    () -> bytes[0] =
                            sessions.getFirst().call("<get-config><source><running/></source></get-config>").length);
            return bytes[0] / 1e6 / measured.seconds();
        }

        private double rate(List<NetconfClient> busy, Rpc rpc) throws Exception {
            var each = Math.max(1, rpcs / (busy.size() == 1 ? 1 : 4));
            return Measurement.median(rounds, (long) each * busy.size(), () -> all(busy, each, rpc))
                    .perSecond();
        }

        private static void all(List<NetconfClient> sessions, int each, Rpc rpc)
                throws InterruptedException, IOException {
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

        void close() throws IOException {
            for (var session : sessions) {
                session.close();
            }
        }
    }
}
