package io.auspex.restconfserver;

import io.auspex.notifications.Notification;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.codec.Utf8Xml;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Notifications as messages, below the data nodes that they are tied to (RFC 7950 §7.16.2), each on one line: JSON and XML
 * escape line ends within values, and none stands between them. A message is made once for all its receivers and must not be
 * altered.
 */
public final class NotificationMessages {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(ZoneOffset.UTC);

    private NotificationMessages() {}

    /**
     * A message in JSON (RFC 8040 §6.4).
     *
     * @param module the one that its outermost member is said to be of
     */
    public static byte[] json(Notification notification, String module) {
        return notification.encoded("json " + module, n -> writeJson(n, module));
    }

    /** A message in XML (RFC 5277 §4). */
    public static byte[] xml(Notification notification) {
        return notification.encoded("xml", NotificationMessages::writeXml);
    }

    private static byte[] writeJson(Notification notification, String module) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = JsonWriter.open(bytes, JsonOptions.COMPACT)) {
            out.writeStartObject();
            out.writeName(module + ":notification");
            out.writeStartObject();
            out.writeStringProperty("eventTime", TIME.format(notification.eventTime()));
            JsonWriter.writeMembers(out, notification.tree(), Annotations.NONE);
            out.writeEndObject();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static byte[] writeXml(Notification notification) {
        var bytes = new ByteArrayOutputStream(512);
        try {
            bytes.write(("<notification xmlns=\"urn:ietf:params:xml:ns:netconf:notification:1.0\"><eventTime>"
                            + TIME.format(notification.eventTime()) + "</eventTime>")
                    .getBytes(StandardCharsets.UTF_8));
            var content = new ByteArrayOutputStream(512);
            var out = new Utf8Xml(content);
            XmlWriter.writeChildren(out, notification.tree(), XmlOptions.COMPACT);
            out.flush();
            bytes.write(content.toString(StandardCharsets.UTF_8)
                    .replace("\n", "&#10;")
                    .getBytes(StandardCharsets.UTF_8));
            bytes.write("</notification>".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
