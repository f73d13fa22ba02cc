package io.auspex.assuranceengine.catalogue;

import io.auspex.expressions.Value;
import io.auspex.expressions.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A metric as packs speak of it, whatever the device (RFC 9417 §3.4).
 *
 * @param unit of a number; null where it has none
 * @param optional whether health can be told where a device has no such value
 * @param counterBits 32 or 64 where the number counts up modulo 2^bits, else 0
 * @param period how often the value is collected; null means as often as the device's other values
 * @param staleAfter the age at which the value tells nothing any more; null means three periods, at least ten seconds
 */
public record MetricDefinition(
        String name,
        ValueType type,
        @Nullable String unit,
        boolean optional,
        int counterBits,
        @Nullable Duration period,
        @Nullable Duration staleAfter,
        MetricSource source) {
    private static final MetricImplementation PLAIN =
            new MetricImplementation("", null, Map.of(), new PathTemplate(List.of()), Map.of(), Set.of(), 1);
    private static final Duration LEAST_STALE_AFTER = Duration.ofSeconds(10);

    /** A required metric with the default period and limit. */
    public static MetricDefinition required(String name, ValueType type, MetricSource source) {
        return new MetricDefinition(name, type, null, false, 0, null, null, source);
    }

    /** What a probe reports as text: of the metric's type, absent where it is empty, else a text that is of the wrong type. */
    public Value reported(String text) {
        if (text.isEmpty()) {
            return new Value.Absent("reported as missing");
        }
        Value read = PLAIN.read(text, type);
        return read instanceof Value.Absent ? new Value.Text(text) : read;
    }

    /** The age at which a value is stale, given the period of its device. */
    public Duration limit(Duration devicePeriod) {
        if (staleAfter != null) {
            return staleAfter;
        }
        Duration threePeriods = periodOr(devicePeriod).multipliedBy(3);
        return threePeriods.compareTo(LEAST_STALE_AFTER) < 0 ? LEAST_STALE_AFTER : threePeriods;
    }

    /** This metric's period, or else that of its device. */
    public Duration periodOr(Duration devicePeriod) {
        return period == null ? devicePeriod : period;
    }
}
