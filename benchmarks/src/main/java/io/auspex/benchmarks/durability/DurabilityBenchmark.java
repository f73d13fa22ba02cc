package io.auspex.benchmarks.durability;

import io.auspex.benchmarks.harness.Benchmark;
import io.auspex.benchmarks.harness.BenchmarkRun;
import io.auspex.benchmarks.harness.Setting;
import java.util.List;

/** Crashes of every kind, and whether an acknowledged edit is ever lost (design decision 8). */
public final class DurabilityBenchmark implements Benchmark {
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
        return List.of(new Setting("kills", 300, "kill -9 of the server while clients edit"));
    }

    @Override
    public void run(BenchmarkRun run) throws Exception {
        if (run.setting("kills") > 0) {
            new Kills(run).run(run.setting("kills"));
        }
    }
}
