package io.auspex.netconfserver;

import static io.auspex.netconfprotocol.NetconfNamespaces.NOTIFICATION;

import io.auspex.netconfprotocol.XmlElement;
import io.auspex.notifications.Notification;
import io.auspex.yang.codec.Utf8Xml;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Events as the messages that go out (RFC 5277 §4, RFC 7950 §7.16.2). */
public final class EventMessages {
    private static final String FORM = "rfc5277-xml";
    private static final String MANAGE_EVENT = "urn:ietf:params:xml:ns:netmod:notification";

    private EventMessages() {}

    /** An event, encoded once for all its receivers; shared, must not be altered. */
    public static byte[] of(Notification event) {
        return event.encoded(FORM, EventMessages::encode);
    }

    private static byte[] encode(Notification event) {
        var out = new ByteArrayOutputStream(512);
        try {
            var xml = new Utf8Xml(out);
            xml.start("notification");
            xml.namespace("", NOTIFICATION);
            xml.start("eventTime");
            xml.text(event.eventTime().toString());
            xml.end("eventTime");
            XmlWriter.writeChildren(xml, event.tree(), XmlOptions.COMPACT);
            xml.end("notification");
            xml.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
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
