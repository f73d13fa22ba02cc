package io.auspex.devicesimulator;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a device and when.
 *
 * @param steps in the order of their time
 * @param period after which all begins again; null for once
 */
public record Script(List<Step> steps, @Nullable Duration period) {
    public static final Script EMPTY = new Script(List.of(), null);

    /**
     * One fault.
     *
     * @param offset from when the script is first played, or of the period
     */
    public record Step(Duration offset, Fault fault) {}

    public Script {
        steps = steps.stream().sorted(Comparator.comparing(Step::offset)).toList();
        if (period != null && (period.isZero() || period.isNegative())) {
            throw new IllegalArgumentException("the period of a script is longer than nothing, got " + period);
        }
        var last = steps.isEmpty() ? Duration.ZERO : steps.getLast().offset();
        if (period != null && last.compareTo(period) >= 0) {
            throw new IllegalArgumentException("a step after " + last + " is not within the period of " + period);
        }
    }
}
