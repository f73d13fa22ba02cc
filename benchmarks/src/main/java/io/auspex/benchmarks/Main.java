package io.auspex.benchmarks;

import io.auspex.benchmarks.datastore.DatastoreBenchmark;
import io.auspex.benchmarks.durability.DurabilityBenchmark;
import io.auspex.benchmarks.engine.EngineBenchmark;
import io.auspex.benchmarks.engine.TelemetryBenchmark;
import io.auspex.benchmarks.harness.Benchmark;
import io.auspex.benchmarks.harness.BenchmarkRun;
import io.auspex.benchmarks.harness.UsageException;
import io.auspex.benchmarks.netconf.NetconfBenchmark;
import io.auspex.benchmarks.notifications.NotificationsBenchmark;
import io.auspex.benchmarks.restconf.RestconfBenchmark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code ./auspex bench [NAME [KEY=VALUE ...]]}: measures, or lists what can be measured. */
final class Main {
    /** All benchmarks; a new one is one line here. */
    private static final List<Benchmark> ALL = List.of(
            new DatastoreBenchmark(),
            new DurabilityBenchmark(),
            new EngineBenchmark(),
            new NetconfBenchmark(),
            new NotificationsBenchmark(),
            new RestconfBenchmark(),
            new TelemetryBenchmark());

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            list();
            return;
        }
        var name = arguments[0];
        try {
            var benchmark = find(name);
            var given = settings(Arrays.asList(arguments).subList(1, arguments.length));
            var folder = Path.of(System.getProperty("auspex.bench.folder", "target/bench"), name);
            var run = new BenchmarkRun(benchmark, given, folder, System.out, System.err);
            benchmark.run(run);
            BenchmarkRun.delete(folder);
        } catch (UsageException e) {
            System.err.println("auspex: " + e.getMessage());
            System.exit(1);
        }
    }

    private static Benchmark find(String name) {
        return ALL.stream()
                .filter(b -> b.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new UsageException("there is no benchmark '" + name + "'; './auspex bench' lists them"));
    }

    private static void list() {
        System.out.println("./auspex bench NAME [KEY=VALUE ...]");
        for (var benchmark : ALL) {
            System.out.printf("  %-14s %s%n", benchmark.name(), benchmark.summary());
            benchmark
                    .settings()
                    .forEach(s -> System.out.printf("  %-14s   %s=%d: %s%n", "", s.key(), s.standard(), s.meaning()));
        }
    }

    private static Map<String, Long> settings(List<String> arguments) {
        var settings = new HashMap<String, Long>();
        for (var argument : arguments) {
            var parts = argument.split("=", 2);
            try {
                settings.put(parts[0], Long.parseLong(parts[parts.length - 1].replace("_", "")));
            } catch (NumberFormatException _) {
                throw new UsageException("'" + argument + "' is not KEY=NUMBER");
            }
        }
        return settings;
    }
}
