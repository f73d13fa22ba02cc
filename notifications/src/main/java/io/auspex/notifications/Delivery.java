package io.auspex.notifications;

import java.time.Instant;

/** What a receiver of an event stream gets, in order. */
public sealed interface Delivery {
    /**
     * An event.
     *
     * @param id its number in the stream, growing, never used again: the id of the event in SSE
     */
    record Event(long id, Notification notification) implements Delivery {}

    /** All replayed events were delivered; what follows is new (RFC 5277 §2.1.1 replayComplete, RFC 8639 §2.7.6). */
    record ReplayComplete(Instant at) implements Delivery {}

    /** The stop time is reached; nothing follows (RFC 5277 §2.1.1 notificationComplete, RFC 8639 §2.7.7). */
    record Complete(Instant at) implements Delivery {}
}
