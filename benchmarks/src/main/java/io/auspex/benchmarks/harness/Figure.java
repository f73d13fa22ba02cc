package io.auspex.benchmarks.harness;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A measured value beside its target, and what has to be known to judge it; printed as one line.
 *
 * @param cpuMicros CPU time of one operation, in microseconds; NaN when there are no operations
 * @param fsync when data was made durable
 */
public record Figure(
        String name,
        double value,
        String unit,
        Target target,
        @Nullable Peer peer,
        double cpuMicros,
        String fsync) {
    private static final String IN_MEMORY = "none";

    public static Figure of(String name, double value, String unit, Target target) {
        return new Figure(name, value, unit, target, null, Double.NaN, IN_MEMORY);
    }

    /** Operations per second. */
    public static Figure rate(String name, Measurement measured, String unit, Target target) {
        return of(name, measured.perSecond(), unit, target).with(measured);
    }

    public Figure with(Peer beside) {
        return new Figure(name, value, unit, target, beside, cpuMicros, fsync);
    }

    public Figure with(Measurement measured) {
        return new Figure(name, value, unit, target, peer, measured.cpuMicros(), fsync);
    }

    public Figure fsync(String policy) {
        return new Figure(name, value, unit, target, peer, cpuMicros, policy);
    }

    /** Name, value, unit, target, peer, load average, CPU per operation, fsync policy, verdict. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-46s %14s %-9s | target %-16s | peer %-44s | load %4.1f | cpu/op %-10s | fsync %-18s | %s",
                name,
                number(value),
                unit,
                target.text(),
                peer == null ? "-" : peerText(peer),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Double.isNaN(cpuMicros) ? "-" : number(cpuMicros) + " us",
                fsync,
                target.verdict(value, peer));
    }

    private String peerText(Peer beside) {
        return String.format(
                Locale.ROOT,
                "%s %s %s (%.0f %%)",
                beside.name(),
                number(beside.value()),
                unit,
                value / beside.value() * 100);
    }

    /** Three significant digits, all of those before the point. */
    static String number(double value) {
        var size = Math.abs(value);
        var digits = size >= 100 || size == Math.rint(size) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
