package io.auspex.benchmarks.durability;

import io.auspex.benchmarks.harness.Benchmark;
import io.auspex.benchmarks.harness.BenchmarkRun;
import io.auspex.benchmarks.harness.Figure;
import io.auspex.benchmarks.harness.Setting;
import io.auspex.benchmarks.harness.Target;
import io.auspex.datastore.faults.Crashes;
import io.auspex.datastore.faults.Damage;
import io.auspex.datastore.faults.Findings;
import io.auspex.datastore.faults.Workload;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Crashes of every kind, and whether an acknowledged edit is ever lost (design decision 8). */
public final class DurabilityBenchmark implements Benchmark {
    private static final int COMMITS = 60;
    private static final int STATES_OF_A_STEP = 20;

    @Override
    public String name() {
        return "durability";
    }

    @Override
    public String summary() {
        return "crashes of every kind: what was acknowledged must be there";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("journal", 50_000, "bytes of the journal that is cut at each byte"),
                new Setting("flips", 20_000, "bits of the journal turned over, one at a time"),
                new Setting("states", 100_000, "states of the disk after power cuts"),
                new Setting("faults", 40, "commits of which each step fails once in each way"),
                new Setting("kills", 300, "kill -9 of the server while clients edit"),
                new Setting("cuts", 100, "power cuts on file systems in images; needs root"));
    }

    @Override
    public void run(BenchmarkRun run) throws Exception {
        var workload = new Interfaces().workload();
        damage(run, workload);
        var faults = run.setting("faults");
        if (faults > 0) {
            report(
                    run,
                    "each step of the disk fails, until none does",
                    2 * faults,
                    findings -> new Crashes(workload, findings, 1, faults).diskFaults());
        }
        states(run, workload);
        if (run.setting("cuts") > 0) {
            new PowerCuts(run).run(run.setting("cuts"));
        }
        if (run.setting("kills") > 0) {
            new Kills(run).run(run.setting("kills"));
        }
    }

    private static void damage(BenchmarkRun run, Workload workload) {
        var bytes = run.setting("journal");
        var flips = run.setting("flips");
        if (bytes > 0) {
            report(
                    run,
                    "journal cut at each byte",
                    bytes,
                    findings -> new Damage(workload, findings, 1, bytes).truncations());
        }
        if (flips > 0) {
            report(
                    run,
                    "bits of the journal turned over",
                    flips,
                    findings -> new Damage(workload, findings, 1, 3_000).flips(new Random(1), flips));
        }
    }

    private static void states(BenchmarkRun run, Workload workload) {
        var states = run.setting("states");
        if (states > 0) {
            report(run, "states of the disk after power cuts", states, findings -> {
                for (var seed = 1; findings.cases() < states; seed++) {
                    new Crashes(workload, findings, seed, COMMITS)
                            .powerCuts(Math.max(STATES_OF_A_STEP, states / COMMITS / 10));
                }
            });
        }
    }

    private static void report(BenchmarkRun run, String what, int least, Consumer<Findings> part) {
        var findings = new Findings(done -> run.progress(what, done, least));
        part.accept(findings);
        run.report(Figure.of(what, (double) findings.cases(), "cases", Target.atLeast(least)));
        run.report(Figure.of("  of them wrong", (double) findings.wrong(), "cases", Target.atMost(0)));
        findings.faults().forEach(run::note);
    }
}
