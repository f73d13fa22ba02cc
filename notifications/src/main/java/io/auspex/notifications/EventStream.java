package io.auspex.notifications;

import io.auspex.yang.error.YangException;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A named event stream (RFC 5277 §3.2, RFC 8639 §2.1). */
public interface EventStream {
    String name();

    String description();

    /** When the log from which events can be replayed was begun; null without replay. */
    @Nullable
    Instant replayLogCreationTime();

    /** The time of the newest event that is no longer in the log; null when none was removed yet. */
    @Nullable
    Instant replayLogAgedTime();

    /** The time of the newest logged event from before the server started; null when there is none. */
    @Nullable
    Instant replayLogLeftOff();

    /** How many receive at this moment. */
    int receivers();

    /** The id of the newest event; 0 when there was none. */
    long lastId();

    /** Publishes an event to all receivers; never waits for one. */
    void publish(Notification notification);

    /**
     * Begins to receive.
     *
     * @param filter which events; asked once per event when it is taken, so access rules of that moment count
     * @param startTime replay from then, null for new events only
     * @param stopTime end then, null for never
     * @throws YangException when start time or stop time make no sense, no replay is kept, or there are too many receivers
     */
    Subscription subscribe(Predicate<Notification> filter, @Nullable Instant startTime, @Nullable Instant stopTime)
            throws YangException;

    /**
     * Begins to receive with the event that follows one already received, as SSE's Last-Event-ID asks.
     *
     * @param lastId {@link Delivery.Event#id()} of the last event received
     * @param startTime of the replay that it was in the middle of, whose end is still to be told; null for none
     * @throws YangException when no replay is kept or there are too many receivers
     */
    Subscription resume(
            Predicate<Notification> filter, long lastId, @Nullable Instant startTime, @Nullable Instant stopTime)
            throws YangException;
}
