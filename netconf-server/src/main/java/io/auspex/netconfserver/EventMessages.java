package io.auspex.netconfserver;

import io.auspex.netconfprotocol.XmlElement;
import io.auspex.notifications.Notification;
import io.auspex.notifications.NotificationMessages;
import java.time.Instant;

/** Events as the messages that go out (RFC 5277 §4, RFC 7950 §7.16.2). */
public final class EventMessages {
    private static final String MANAGE_EVENT = "urn:ietf:params:xml:ns:netmod:notification";

    private EventMessages() {}

    /** An event, encoded once for all its receivers; shared, must not be altered. */
    public static byte[] of(Notification event) {
        return NotificationMessages.xml(event, null);
    }

    /** RFC 5277 §3.2.5.1: the end of a replay. */
    static byte[] replayComplete(Instant at) {
        return mark(at, "replayComplete");
    }

    /** RFC 5277 §3.2.5.1: the end of a subscription. */
    static byte[] notificationComplete(Instant at) {
        return mark(at, "notificationComplete");
    }

    private static byte[] mark(Instant at, String name) {
        return new io.auspex.netconfprotocol.Notification(at, XmlElement.of(MANAGE_EVENT, name)).toBytes();
    }
}
