package io.auspex.netconfprotocol;

import static io.auspex.netconfprotocol.NetconfNamespaces.NOTIFICATION;

import io.auspex.netconfprotocol.ProtocolException.Reason;
import io.auspex.yang.InputLimits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * An event notification (RFC 5277 §4).
 *
 * @param content the notification's own element, as the YANG module defines it
 */
public record Notification(Instant eventTime, XmlElement content) {
    /** @throws ProtocolException not a notification, or without its time or content */
    public static Notification parse(byte[] message, InputLimits limits) throws ProtocolException {
        var root = XmlElement.parse(message, limits);
        if (!root.is(NOTIFICATION, "notification") || root.children().size() != 2) {
            throw wrong("expected a notification with eventTime and one event");
        }
        var time = root.children().getFirst();
        if (!time.is(NOTIFICATION, "eventTime")) {
            throw wrong("notification: expected eventTime first, got '" + time.name() + "'");
        }
        try {
            var when = OffsetDateTime.parse(time.text().strip()).toInstant();
            return new Notification(when, root.children().getLast());
        } catch (DateTimeException e) {
            var failure = wrong("notification: eventTime is not a date-and-time");
            failure.initCause(e);
            throw failure;
        }
    }

    public byte[] toBytes() {
        return XmlElement.of(
                        NOTIFICATION,
                        "notification",
                        XmlElement.leaf(NOTIFICATION, "eventTime", eventTime.toString()),
                        content)
                .toBytes();
    }

    private static ProtocolException wrong(String message) {
        return new ProtocolException(Reason.UNEXPECTED_MESSAGE, message);
    }
}
