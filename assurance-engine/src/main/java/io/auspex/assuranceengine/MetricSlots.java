package io.auspex.assuranceengine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest values of all metrics in flat arrays; a subservice's metrics lie side by side. A value is a number, a truth as
 * 0 or 1, or the code of a text; NaN is absent. Times are tenths of a second of the engine's clock.
 */
final class MetricSlots {
    /** What is known of a slot, in the low three bits of its status. */
    static final int NEVER = 0;

    static final int PRESENT = 1;
    static final int MISSING = 2;
    static final int INVALID = 3;
    static final int UNSUPPORTED = 4;
    static final int MODEL_MISSING = 5;

    private static final int KIND = 7;
    private static final int STALE = 8;

    private double[] values = new double[0];
    private int[] times = new int[0];
    private byte[] status = new byte[0];
    private int used;
    private final Map<Integer, IntList> freeBySize = new HashMap<>();
    private final Map<Integer, String> reasons = new HashMap<>();
    private final Map<Integer, Double> lastValues = new HashMap<>();

    /** A run of slots, none of which has a value. */
    int allocate(int count) {
        IntList free = freeBySize.get(count);
        int base;
        if (free != null && !free.isEmpty()) {
            base = free.removeLast();
        } else {
            base = used;
            used += count;
            ensure(used);
        }
        Arrays.fill(values, base, base + count, Double.NaN);
        Arrays.fill(times, base, base + count, 0);
        Arrays.fill(status, base, base + count, (byte) NEVER);
        return base;
    }

    void free(int base, int count) {
        for (int slot = base; slot < base + count; slot++) {
            reasons.remove(slot);
            lastValues.remove(slot);
        }
        freeBySize.computeIfAbsent(count, c -> new IntList()).add(base);
    }

    /** Makes room for so many slots in all. */
    void ensure(int count) {
        if (count > values.length) {
            int capacity = Math.max(count, values.length + (values.length >> 3) + 64);
            values = Arrays.copyOf(values, capacity);
            times = Arrays.copyOf(times, capacity);
            status = Arrays.copyOf(status, capacity);
        }
    }

    /** Bytes of the arrays: value, time and status of each slot. */
    long bytes() {
        return (long) values.length * (Double.BYTES + Integer.BYTES + Byte.BYTES);
    }

    double[] values() {
        return values;
    }

    double value(int slot) {
        return values[slot];
    }

    int time(int slot) {
        return times[slot];
    }

    int kind(int slot) {
        return status[slot] & KIND;
    }

    boolean isStale(int slot) {
        return (status[slot] & STALE) != 0;
    }

    /** The candidate that gave the value. */
    int candidate(int slot) {
        return status[slot] >> 4 & 15;
    }

    /** Whether the slot has a fresh value from this candidate: then a new one needs no further thought. */
    boolean isPresentFrom(int slot, int candidate) {
        return (status[slot] & 0xFF) == (PRESENT | candidate << 4);
    }

    /** Renews a slot for which {@link #isPresentFrom} holds. */
    void renew(int slot, double value, int time) {
        values[slot] = value;
        times[slot] = time;
    }

    /** Sets what is known of the slot, which is fresh by that. */
    void set(int slot, int kind, double value, int time, int candidate, @Nullable String reason) {
        values[slot] = value;
        times[slot] = time;
        status[slot] = (byte) (kind | candidate << 4);
        if (reason == null) {
            reasons.remove(slot);
        } else {
            reasons.put(slot, reason);
        }
        lastValues.remove(slot);
    }

    /** The value tells nothing any more; it is kept for people to see. */
    void setStale(int slot) {
        status[slot] |= STALE;
        lastValues.put(slot, values[slot]);
        values[slot] = Double.NaN;
    }

    /** The newest value, stale ones included, NaN where there is none. */
    double lastValue(int slot) {
        return isStale(slot) ? lastValues.getOrDefault(slot, Double.NaN) : values[slot];
    }

    @Nullable
    String reason(int slot) {
        return reasons.get(slot);
    }
}
