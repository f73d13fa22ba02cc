package io.auspex.netconfsouthbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one device come in at present.
 *
 * @param onChange leaves that the device tells when they change (RFC 8641)
 * @param periodic leaves that the device tells every period
 * @param suspended leaves that the device would tell and holds back for now: their values grow stale
 * @param polled leaves that the device is asked for
 * @param whyPolled why leaves are polled although the device announces subscriptions; empty where none are or it does not
 * @param notifications that came in this session
 * @param lost notifications of this session that came faster than they could be taken
 * @param ignored notifications of this session that fit no subscription, or said nothing that can be used
 * @param resyncs times in this session that all values were asked for because some may have been missed
 */
public record Telemetry(
        int onChange,
        int periodic,
        int suspended,
        int polled,
        String whyPolled,
        long notifications,
        long lost,
        long ignored,
        long resyncs,
        @Nullable ClockSkew clock) {
    /** So much is the skew that was told wrong at most. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(1);

    /** Whether somebody who looks from time to time should hear of it: counters and a few milliseconds are no news. */
    boolean isNews(@Nullable Telemetry before) {
        return before == null
                || onChange != before.onChange
                || periodic != before.periodic
                || suspended != before.suspended
                || polled != before.polled
                || !whyPolled.equals(before.whyPolled)
                || (clock == null) != (before.clock == null)
                || isClockBeyondLimit() != before.isClockBeyondLimit()
                || hasClockMoved(before);
    }

    private boolean hasClockMoved(Telemetry before) {
        return clock != null
                && before.clock != null
                && clock.ahead().minus(before.clock.ahead()).abs().compareTo(CLOCK_STEP) > 0;
    }

    public boolean isClockBeyondLimit() {
        return clock != null && clock.isBeyondLimit();
    }
}
