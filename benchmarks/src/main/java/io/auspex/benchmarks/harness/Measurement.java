package io.auspex.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How long a number of operations took, by the wall clock and in CPU time of this process. */
public record Measurement(long operations, long nanos, long cpuNanos) {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Something to be measured. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Measures work that does so many operations. */
    public static Measurement of(long operations, Work work) throws Exception {
        var cpu = SYSTEM.getProcessCpuTime();
        var start = System.nanoTime();
        work.run();
        return new Measurement(operations, System.nanoTime() - start, SYSTEM.getProcessCpuTime() - cpu);
    }

    /** The median of several rounds. */
    public static Measurement median(int rounds, long operations, Work work) throws Exception {
        var all = new ArrayList<Measurement>();
        for (var i = 0; i < rounds; i++) {
            all.add(of(operations, work));
        }
        return median(all);
    }

    /** The one in the middle. */
    public static Measurement median(List<Measurement> all) {
        var sorted = all.stream()
                .sorted(Comparator.comparingDouble(Measurement::perSecond))
                .toList();
        return sorted.get(sorted.size() / 2);
    }

    public double seconds() {
        return nanos / 1e9;
    }

    public double perSecond() {
        return operations * 1e9 / nanos;
    }

    public double cpuMicros() {
        return cpuNanos / 1e3 / operations;
    }
}
