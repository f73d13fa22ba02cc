package io.auspex.netconfsouthbound;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a device's clock is ahead of ours; negative when it is behind.
 *
 * @param source what the device said the time by
 * @param at when that was, by our clock
 */
public record ClockSkew(Duration ahead, Source source, Instant at) {
    /** Beyond this a device's times and ours cannot be told together. */
    public static final Duration LIMIT = Duration.ofSeconds(5);

    /** A device may tell any year; beyond this a clock is as wrong as a clock can be. */
    private static final Duration MOST = Duration.ofDays(3_652_500);

    public ClockSkew {
        ahead = ahead.compareTo(MOST) > 0 ? MOST : ahead.negated().compareTo(MOST) > 0 ? MOST.negated() : ahead;
    }

    /** Where a device tells the time. */
    public enum Source {
        /** {@code current-datetime} of ietf-system (RFC 7317 §3.1). */
        SYSTEM_CLOCK,
        /** {@code eventTime} of its notifications (RFC 5277 §4). */
        EVENT_TIME
    }

    public boolean isBeyondLimit() {
        return ahead.abs().compareTo(LIMIT) > 0;
    }
}
