package io.auspex.benchmarks.harness;

import java.util.List;

/**
 * A family of figures that {@code ./auspex bench NAME} measures.
 *
 * <p>A new one is a class that implements this and a line in the list of {@code io.auspex.benchmarks.Main}.
 */
public interface Benchmark {
    /** What users call it by: one lower-case word. */
    String name();

    /** What it measures, in one line. */
    String summary();

    /** What a user may set with {@code KEY=VALUE}. */
    default List<Setting> settings() {
        return List.of();
    }

    /** Measures, and reports each figure as soon as it stands. */
    void run(BenchmarkRun run) throws Exception;
}
