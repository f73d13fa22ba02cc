package io.auspex.benchmarks.durability;

import io.auspex.benchmarks.harness.BenchmarkRun;
import io.auspex.benchmarks.harness.Figure;
import io.auspex.benchmarks.harness.ServerProcess;
import io.auspex.benchmarks.harness.Target;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The shipped server, killed again and again while clients edit over RESTCONF; every tenth time also while it starts. */
final class Kills {
    private static final int CLIENTS = 6;
    private static final int LONGEST_MILLIS = 2_500;
    private static final int START_KILL_EVERY = 10;

    private final BenchmarkRun run;
    private final SplittableRandom random = new SplittableRandom(9);
    private final RestconfEditor[] editors =
            IntStream.range(0, CLIENTS).mapToObj(RestconfEditor::new).toArray(RestconfEditor[]::new);
    private int lost;
    private int startKills;
    private double slowestStart;

    Kills(BenchmarkRun run) {
        this.run = run;
    }

    void run(int kills) throws Exception {
        var folder = run.folder("kills").resolve("data");
        for (var i = 1; i <= kills; i++) {
            if (i % START_KILL_EVERY == 0) {
                killWhileStarting(folder);
            }
            var start = System.nanoTime();
            try (var server = ServerProcess.start(folder)) {
                slowestStart = Math.max(slowestStart, (System.nanoTime() - start) / 1e9);
                round(server);
            }
            run.progress("kills (" + edits() + " edits acknowledged, " + lost + " lost)", i, kills);
        }
        try (var server = ServerProcess.start(folder)) {
            check(server);
        }
        run.report(Figure.of("kill -9 of the server under edits", kills, "kills", Target.none()));
        run.report(Figure.of("  and while it starts", startKills, "kills", Target.none()));
        run.report(Figure.of("  edits acknowledged", (double) edits(), "edits", Target.atLeast(kills)));
        run.report(Figure.of("  acknowledged edits lost", lost, "edits", Target.atMost(0)));
        run.report(Figure.of("  slowest start", slowestStart, "s", Target.none()));
    }

    private long edits() {
        return Stream.of(editors).mapToLong(e -> e.ledger().edits()).sum();
    }

    private void killWhileStarting(Path folder) throws Exception {
        var process = ServerProcess.launch(folder);
        Thread.sleep(random.nextInt((int) (slowestStart * 1000) + 1));
        process.toHandle().destroyForcibly();
        process.waitFor();
        startKills++;
    }

    private void round(ServerProcess server) throws Exception {
        var authorization = check(server);
        try (var http = HttpClient.newHttpClient();
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = Stream.of(editors)
                    .<Future<?>>map(e -> clients.submit(() -> {
                        e.editUntilItEnds(http, server, authorization);
                        return null;
                    }))
                    .toList();
            Thread.sleep(50 + random.nextInt(LONGEST_MILLIS));
            server.kill();
            for (var one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        }
    }

    /** Compares what the server has with what it acknowledged before it was killed. */
    private String check(ServerProcess server) throws Exception {
        var authorization = RestconfEditor.authorization(server.password());
        try (var http = HttpClient.newHttpClient()) {
            var found = RestconfEditor.read(http, server, authorization);
            for (var editor : editors) {
                lost += editor.lost(found);
            }
        }
        return authorization;
    }
}
