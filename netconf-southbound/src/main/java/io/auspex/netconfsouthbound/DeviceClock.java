package io.auspex.netconfsouthbound;

import io.auspex.netconfsouthbound.ClockSkew.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures a device's clock against ours. A clock that the device was asked for is right to half of the time that the answer took; of
 * notifications, which may have been held back on their way, the one that seems to be the least late counts, of the last minute.
 */
final class DeviceClock {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private @Nullable ClockSkew asked;
    private @Nullable ClockSkew heard;
    private @Nullable ClockSkew heardBefore;

    /** The device said the time between these two moments. */
    void asked(Instant deviceTime, Instant sentAt, Instant receivedAt) {
        var middle = sentAt.plus(Duration.between(sentAt, receivedAt).dividedBy(2));
        asked = new ClockSkew(Duration.between(middle, deviceTime), Source.SYSTEM_CLOCK, receivedAt);
    }

    /** A notification came. */
    void heard(Instant eventTime, Instant receivedAt) {
        var skew = new ClockSkew(Duration.between(receivedAt, eventTime), Source.EVENT_TIME, receivedAt);
        if (heard == null || isOver(heard, receivedAt)) {
            heardBefore = heard != null && isOver(heard, receivedAt.minus(WINDOW)) ? null : heard;
            heard = skew;
        } else if (skew.ahead().compareTo(heard.ahead()) > 0) {
            heard = new ClockSkew(skew.ahead(), skew.source(), heard.at());
        }
    }

    private static boolean isOver(ClockSkew measured, Instant now) {
        return !now.isBefore(measured.at().plus(WINDOW));
    }

    /** The best that is known. */
    Optional<ClockSkew> skew() {
        if (asked != null || heard == null) {
            return Optional.ofNullable(asked);
        }
        return Optional.of(
                heardBefore != null && heardBefore.ahead().compareTo(heard.ahead()) > 0 ? heardBefore : heard);
    }
}
