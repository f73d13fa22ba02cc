package io.auspex.expressions;

import java.time.Duration;
import java.util.function.DoubleBinaryOperator;

/**
 * The recent past of one metric: a ring of at most {@value #CAPACITY} samples, the oldest of which give way. Times are
 * milliseconds of one clock that never steps back.
 */
public final class Samples {
    /** Samples kept: a longer span than these cover is answered from what is kept. */
    public static final int CAPACITY = 128;

    private static final int FIRST_CAPACITY = 8;

    private final double wrap;
    private final long longestSpan;
    private long[] times = new long[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private int first;
    private int size;

    /**
     * An empty past.
     *
     * @param counterBits 32 where a metric counts modulo 2^32, else 0: then a drop is always a reset
     * @param longest the longest span that will be asked for; older samples are not kept
     */
    public Samples(int counterBits, Duration longest) {
        this.wrap = counterBits == 32 ? 0x1p32 : 0;
        this.longestSpan = longest.toMillis();
    }

    /** Adds a sample; one that is older than the newest is dropped, one of the same time replaces it. NaN is a gap. */
    public void add(long time, double value) {
        if (size > 0 && time < times[index(size - 1)]) {
            return;
        }
        if (size > 0 && time == times[index(size - 1)]) {
            values[index(size - 1)] = value;
            return;
        }
        if (size == times.length) {
            makeRoom(time - longestSpan);
        }
        times[index(size)] = time;
        values[index(size)] = value;
        size++;
    }

    public int size() {
        return size;
    }

    /** The function over the span that ends at the newest sample, NaN where the samples do not give it; age is as of {@code now}. */
    public double value(WindowFunction function, Duration span, long now) {
        if (size == 0) {
            return Double.NaN;
        }
        return switch (function) {
            case AGE -> (now - times[index(size - 1)]) / 1000.0;
            case RATE -> rate(from(span));
            case AVG -> fold(span, (sum, value) -> sum + value) / present(span);
            case MIN -> fold(span, Math::min);
            case MAX -> fold(span, Math::max);
            case CHANGES -> changes(from(span));
        };
    }

    private double rate(int from) {
        double increase = 0;
        long elapsed = 0;
        for (int i = from + 1; i < size; i++) {
            double before = values[index(i - 1)];
            double after = values[index(i)];
            double step = after - before;
            if (step < 0 && wrap > 0 && step + wrap < wrap / 2) {
                step += wrap;
            }
            // A gap (NaN) or a reset says nothing about its interval.
            if (step >= 0) {
                increase += step;
                elapsed += times[index(i)] - times[index(i - 1)];
            }
        }
        return elapsed == 0 ? Double.NaN : increase * 1000 / elapsed;
    }

    private double changes(int from) {
        double last = Double.NaN;
        int count = 0;
        for (int i = from; i < size; i++) {
            double value = values[index(i)];
            if (!Double.isNaN(value)) {
                count += !Double.isNaN(last) && value != last ? 1 : 0;
                last = value;
            }
        }
        return Double.isNaN(last) ? Double.NaN : count;
    }

    private double fold(Duration span, DoubleBinaryOperator operator) {
        double folded = Double.NaN;
        for (int i = from(span); i < size; i++) {
            double value = values[index(i)];
            if (!Double.isNaN(value)) {
                folded = Double.isNaN(folded) ? value : operator.applyAsDouble(folded, value);
            }
        }
        return folded;
    }

    private int present(Duration span) {
        int count = 0;
        for (int i = from(span); i < size; i++) {
            count += Double.isNaN(values[index(i)]) ? 0 : 1;
        }
        return count;
    }

    private int from(Duration span) {
        long oldest = times[index(size - 1)] - span.toMillis();
        int from = size - 1;
        while (from > 0 && times[index(from - 1)] >= oldest) {
            from--;
        }
        return from;
    }

    private int index(int n) {
        int i = first + n;
        return i >= times.length ? i - times.length : i;
    }

    private void makeRoom(long oldest) {
        int spare = 0;
        while (spare < size && times[index(spare)] < oldest) {
            spare++;
        }
        if (spare == 0 && size == CAPACITY) {
            spare = 1;
        }
        if (spare > 0) {
            first = index(spare);
            size -= spare;
        } else {
            grow();
        }
    }

    private void grow() {
        long[] longerTimes = new long[times.length * 2];
        double[] longerValues = new double[times.length * 2];
        for (int i = 0; i < size; i++) {
            longerTimes[i] = times[index(i)];
            longerValues[i] = values[index(i)];
        }
        times = longerTimes;
        values = longerValues;
        first = 0;
    }
}
