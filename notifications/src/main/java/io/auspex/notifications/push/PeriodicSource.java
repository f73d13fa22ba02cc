package io.auspex.notifications.push;

import io.auspex.notifications.Delivery;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** All that is selected, once a period (RFC 8641 §3.1); periods that a receiver misses are not made up for. */
final class PeriodicSource extends PushSource {
    private final Contents.Of contents;
    private final Duration period;
    private volatile Instant due;

    PeriodicSource(Contents.Of contents, Trigger.Periodic trigger, InstantSource clock, @Nullable Instant stopTime) {
        super(clock, stopTime);
        this.contents = contents;
        period = trigger.period();
        var now = clock.instant();
        due = trigger.anchor() == null ? now : atOrAfter(trigger.anchor(), now);
    }

    /** The first time of the schedule that is not before another. */
    private Instant atOrAfter(Instant anchor, Instant time) {
        var since = Duration.between(anchor, time);
        var periods = since.dividedBy(period);
        var at = anchor.plus(period.multipliedBy(periods));
        return at.isBefore(time) ? at.plus(period) : at;
    }

    @Override
    Delivery.@Nullable Event update(Instant now) throws YangException {
        if (now.isBefore(due)) {
            return null;
        }
        var notification = contents.update(due);
        due = atOrAfter(due, now.plusNanos(1));
        return new Delivery.Event(0, notification);
    }

    @Override
    Instant due() {
        return due;
    }
}
