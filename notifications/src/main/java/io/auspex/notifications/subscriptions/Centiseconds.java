package io.auspex.notifications.subscriptions;

import java.time.Duration;

/** Reads and writes durations in hundredths of a second (RFC 8641, typedef centiseconds). */
final class Centiseconds {
    private static final int MILLIS = 10;

    private Centiseconds() {}

    static Duration parse(Object value) {
        return Duration.ofMillis((Long) value * MILLIS);
    }

    /** The number of them, rounded up. */
    static long of(Duration duration) {
        return Math.ceilDiv(duration.toMillis(), MILLIS);
    }
}
