package io.auspex.notifications.subscriptions;

import io.auspex.notifications.Notification;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription is, and what a receiver that lost its connection may have to be sent again. Events of a stream are
 * read again from the stream; the other notifications are kept, the newest of them.
 */
final class Resumption {
    private static final int KEPT = 256;

    private final boolean keeps;
    private final Envelopes envelopes;
    private final long start;
    private final ArrayDeque<Other> kept = new ArrayDeque<>();
    private final ArrayDeque<Other> again = new ArrayDeque<>();
    private long event;
    private long other;

    /**
     * A notification that is no event of a stream.
     *
     * @param after the event that it followed
     */
    private record Other(long after, long number, Notification notification) {}

    private Outgoing outgoing(long lastEvent, long lastOther, Notification notification) {
        var envelope = envelopes.next();
        var id = lastEvent + "." + lastOther;
        return new Outgoing(envelope == null ? id : id + "." + envelope.sequenceNumber(), notification, envelope);
    }

    /**
     * The place before the first notification.
     *
     * @param keeps false where nobody may resume
     * @param start the id of the last event that is not sent
     */
    Resumption(boolean keeps, long start, Envelopes envelopes) {
        this.keeps = keeps;
        this.envelopes = envelopes;
        this.start = start;
        event = start;
    }

    /** An event of a stream that is sent now. */
    Outgoing event(long id, Notification notification) {
        event = id;
        return outgoing(id, other, notification);
    }

    /** Another notification that is sent now. */
    Outgoing other(Notification notification) {
        var sent = new Other(event, ++other, notification);
        if (keeps) {
            kept.add(sent);
            if (kept.size() > KEPT) {
                kept.remove();
            }
        }
        return outgoing(sent.after(), sent.number(), notification);
    }

    /** What is to be sent again before anything new; null when there is nothing, or events come first. */
    @Nullable
    Outgoing again() {
        var next = again.peek();
        if (next == null || next.after() > event) {
            return null;
        }
        again.remove();
        return outgoing(next.after(), next.number(), next.notification());
    }

    /** The event after which a stream is to be read on. */
    long event() {
        return event;
    }

    /** The id that stands for no notification. */
    String startId() {
        return start + ".0" + (envelopes.isOn() ? ".0" : "");
    }

    /** True when no event was sent. */
    boolean isAtStart() {
        return event == start;
    }

    /**
     * Goes back to behind the last notification that a receiver got.
     *
     * @return false when some that it did not get are no longer kept
     * @throws YangException when the id is none of this subscription
     */
    boolean back(String lastId) throws YangException {
        var parts = lastId.split("\\.", -1);
        if (parts.length != (envelopes.isOn() ? 3 : 2)) {
            throw unknown(lastId);
        }
        try {
            var lastEvent = Long.parseLong(parts[0]);
            var lastOther = Long.parseLong(parts[1]);
            var lastNumber = parts.length == 3 ? Long.parseLong(parts[2]) : 0;
            if (lastEvent < start || lastOther < 0 || lastEvent > event || lastOther > other || lastNumber < 0) {
                throw unknown(lastId);
            }
            envelopes.goBack(lastNumber);
            again.clear();
            kept.stream().filter(o -> o.number() > lastOther).forEach(again::add);
            event = lastEvent;
            return again.size() == other - lastOther;
        } catch (NumberFormatException _) {
            throw unknown(lastId);
        }
    }

    private static YangException unknown(String lastId) {
        return new YangException(
                Failure.BAD_PARAMETER,
                "Last-Event-ID '" + (lastId.length() > 64 ? lastId.substring(0, 64) + "…" : lastId)
                        + "' is no id of this subscription");
    }
}
