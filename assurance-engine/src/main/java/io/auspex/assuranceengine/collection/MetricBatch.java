package io.auspex.assuranceengine.collection;

import io.auspex.expressions.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Metric values on their way into the engine, each with the time it was received; not to be changed once offered. */
public final class MetricBatch {
    /** The time of values that are received as they are offered. */
    public static final long AS_OFFERED = Long.MAX_VALUE;

    private long[] handles = new long[16];
    private double[] numbers = new double[16];
    private @Nullable Object[] others = new Object[16];
    private long[] times = new long[16];
    private long time = AS_OFFERED;
    private int size;

    /** A value that cannot be used, and why. */
    public record Invalid(String why) {}

    /**
     * When the values that are added from now on were received; until this is called, when the batch is offered.
     *
     * @param nanos of the engine's ticker
     */
    public MetricBatch receivedAt(long nanos) {
        time = nanos;
        return this;
    }

    /** Adds the text of the item's leaf as the device sent it. */
    public MetricBatch answer(CollectionItem item, String text) {
        Value value = item.read(text);
        for (int i = 0; i < item.handles(); i++) {
            if (value instanceof Value.Absent(var why) && !item.implementation().saysAbsent(text)) {
                add(item.handle(i), Double.NaN, new Invalid(why));
            } else {
                add(item.handle(i), value);
            }
        }
        return this;
    }

    /** Says that the device answered, and without the item's leaf: no such data, or an error that is about it. */
    public MetricBatch missing(CollectionItem item, String why) {
        for (int i = 0; i < item.handles(); i++) {
            add(item.handle(i), Double.NaN, new Value.Absent(why));
        }
        return this;
    }

    /** Adds a number that needs no reading. */
    public MetricBatch add(CollectionItem item, double number) {
        for (int i = 0; i < item.handles(); i++) {
            add(item.handle(i), number, null);
        }
        return this;
    }

    /** Adds a value for one handle; an absent one says that the device answered without it. */
    public MetricBatch add(long handle, Value value) {
        switch (value) {
            case Value.Num(var number) -> add(handle, number, null);
            case Value.Bool(var truth) -> add(handle, truth ? 1 : 0, Boolean.class);
            case Value.Text(var text) -> add(handle, 0, text);
            case Value.Absent absent -> add(handle, Double.NaN, absent);
        }
        return this;
    }

    /** Adds a number without boxing it; one that is not finite is a value that cannot be used. */
    public MetricBatch add(long handle, double number) {
        add(handle, number, null);
        return this;
    }

    private void add(long handle, double number, @Nullable Object other) {
        if (size == handles.length) {
            handles = Arrays.copyOf(handles, size * 2);
            numbers = Arrays.copyOf(numbers, size * 2);
            others = Arrays.copyOf(others, size * 2);
            times = Arrays.copyOf(times, size * 2);
        }
        handles[size] = handle;
        numbers[size] = number;
        times[size] = time;
        others[size++] = other;
    }

    public int size() {
        return size;
    }

    /** The handle of value i. */
    public long handle(int i) {
        return handles[i];
    }

    /** When value i was received, in nanoseconds of the engine's ticker, or {@link #AS_OFFERED}. */
    public long time(int i) {
        return times[i];
    }

    /** Value i as a number, where {@link #other} is null; a bool is 0 or 1. */
    public double number(int i) {
        return numbers[i];
    }

    /** Null for a number, {@code Boolean.class} for a bool, a {@link String}, {@link Value.Absent} or {@link Invalid}. */
    public @Nullable Object other(int i) {
        return others[i];
    }
}
