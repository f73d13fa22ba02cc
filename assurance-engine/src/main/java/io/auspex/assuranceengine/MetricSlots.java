package io.auspex.assuranceengine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest values of all metrics; a subservice's metrics lie side by side, and of each metric the value beside what is known
 * of it, so that an update finds both in one cache line. A value is a number, a truth as 0 or 1, or the code of a text; NaN is
 * absent. Times are tenths of a second of the engine's clock.
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
    private static final int CANDIDATE = 4;
    private static final int STATUS = 0xFF;

    /** The bits of the value, then the time in the high and the status in the low half of a long. */
    private long[] cells = new long[0];

    private int used;
    private final Map<Integer, IntList> freeBySize = new HashMap<>();
    private final Map<Integer, String> reasons = new HashMap<>();

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
        for (int slot = base; slot < base + count; slot++) {
            put(slot, Double.NaN, 0, NEVER);
        }
        return base;
    }

    void free(int base, int count) {
        for (int slot = base; slot < base + count; slot++) {
            reasons.remove(slot);
        }
        freeBySize.computeIfAbsent(count, c -> new IntList()).add(base);
    }

    /** Makes room for so many slots in all. */
    private void ensure(int count) {
        int capacity = cells.length / 2;
        if (count > capacity) {
            cells = Arrays.copyOf(cells, 2 * Math.max(count, capacity + (capacity >> 3) + 64));
        }
    }

    /** Bytes of the array: value, time and status of each slot. */
    long bytes() {
        return (long) cells.length * Long.BYTES;
    }

    private void put(int slot, double value, int time, int status) {
        cells[2 * slot] = Double.doubleToRawLongBits(value);
        cells[2 * slot + 1] = (long) time << 32 | status;
    }

    private int status(int slot) {
        return (int) cells[2 * slot + 1];
    }

    /** What the slot tells: NaN where that is nothing, or too old. */
    double value(int slot) {
        return isStale(slot) ? Double.NaN : lastValue(slot);
    }

    /** The newest value, stale ones included, NaN where there is none. */
    double lastValue(int slot) {
        return Double.longBitsToDouble(cells[2 * slot]);
    }

    int time(int slot) {
        return (int) (cells[2 * slot + 1] >> 32);
    }

    int kind(int slot) {
        return status(slot) & KIND;
    }

    /** Whether what is known of the slot was said after a moment: then what was said at it is no news. */
    boolean isAnsweredAfter(int slot, int moment) {
        int kind = kind(slot);
        return time(slot) > moment && kind != NEVER && kind != MODEL_MISSING;
    }

    boolean isStale(int slot) {
        return (status(slot) & STALE) != 0;
    }

    /** Whether the slot has a fresh value from this candidate: then a new one needs no further thought. */
    boolean isPresentFrom(int slot, int candidate) {
        return (status(slot) & STATUS) == (PRESENT | candidate << CANDIDATE);
    }

    /** Renews a slot for which {@link #isPresentFrom} holds. */
    void renew(int slot, double value, int time) {
        put(slot, value, time, status(slot));
    }

    /** Sets what is known of the slot, which is fresh by that. */
    void set(int slot, int kind, double value, int time, int candidate, @Nullable String reason) {
        put(slot, value, time, kind | candidate << CANDIDATE);
        if (reason == null) {
            reasons.remove(slot);
        } else {
            reasons.put(slot, reason);
        }
    }

    /** The value tells nothing any more; it is kept for people to see. */
    void setStale(int slot) {
        cells[2 * slot + 1] |= STALE;
    }

    @Nullable
    String reason(int slot) {
        return reasons.get(slot);
    }
}
