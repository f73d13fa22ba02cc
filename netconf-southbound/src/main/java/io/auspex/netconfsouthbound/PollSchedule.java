package io.auspex.netconfsouthbound;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a device's collections are due: a random start, then every period without drift; slots that a slow collection missed
 * are left out. All times are nanoseconds of one monotonic clock.
 */
final class PollSchedule {
    private static final long MAX_START_JITTER = Duration.ofSeconds(1).toNanos();

    private long period;
    private long next;

    PollSchedule(Duration period, RandomGenerator random, long now) {
        this.period = period.toNanos();
        var bound = Math.min(MAX_START_JITTER, this.period / 10);
        next = now + (bound <= 0 ? 0 : random.nextLong(bound));
    }

    /** Zero or less when the next collection is due. */
    long untilNext(long now) {
        return next - now;
    }

    /** The collection that was due is done. */
    void collected(long now) {
        var late = Math.max(0, now - next);
        next += period * (1 + late / period);
    }

    /** The next collection is due at once, and every new period from there. */
    void restart(Duration newPeriod, long now) {
        period = newPeriod.toNanos();
        next = Math.min(next, now);
    }
}
