package io.auspex.notifications;

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
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Notifications as messages, below the data nodes that they are tied to (RFC 7950 §7.16.2), each on one line: JSON and XML
 * escape line ends within values, and none stands between them. What is the same for all receivers is made once, and must not
 * be altered.
 */
public final class NotificationMessages {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final String ENVELOPE = "ietf-yp-notification";

    private NotificationMessages() {}

    /**
     * A message in JSON (RFC 8040 §6.4).
     *
     * @param envelope what it is in, whatever the module; null for none
     * @param module the one that its outermost member is said to be of
     */
    public static byte[] json(Notification notification, @Nullable Envelope envelope, String module) {
        return envelope == null
                ? notification.encoded("json " + module, n -> inJson(n, module))
                : concat(
                        "{\"" + ENVELOPE + ":envelope\":{\"event-time\":\"" + time(notification) + "\",\"hostname\":\""
                                + envelope.hostname() + "\",\"sequence-number\":" + envelope.sequenceNumber()
                                + ",\"contents\":",
                        notification.encoded("json", NotificationMessages::contentInJson),
                        "}}");
    }

    /**
     * A message in XML (RFC 5277 §4).
     *
     * @param envelope what it is in; null for none
     */
    public static byte[] xml(Notification notification, @Nullable Envelope envelope) {
        return envelope == null
                ? notification.encoded(
                        "xml rfc5277",
                        n -> concat(
                                "<notification xmlns=\"urn:ietf:params:xml:ns:netconf:notification:1.0\"><eventTime>"
                                        + time(n) + "</eventTime>",
                                contentInXml(n),
                                "</notification>"))
                : concat(
                        "<envelope xmlns=\"urn:ietf:params:xml:ns:yang:" + ENVELOPE + "\"><event-time>"
                                + time(notification) + "</event-time><hostname>" + envelope.hostname()
                                + "</hostname><sequence-number>" + envelope.sequenceNumber()
                                + "</sequence-number><contents>",
                        notification.encoded("xml", NotificationMessages::contentInXml),
                        "</contents></envelope>");
    }

    private static String time(Notification notification) {
        Instant time = notification.eventTime();
        return TIME.format(time);
    }

    private static byte[] inJson(Notification notification, String module) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = JsonWriter.open(bytes, JsonOptions.COMPACT)) {
            out.writeStartObject();
            out.writeName(module + ":notification");
            out.writeStartObject();
            out.writeStringProperty("eventTime", time(notification));
            JsonWriter.writeMembers(out, notification.tree(), Annotations.NONE);
            out.writeEndObject();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static byte[] contentInJson(Notification notification) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = JsonWriter.open(bytes, JsonOptions.COMPACT)) {
            out.writeStartObject();
            JsonWriter.writeMembers(out, notification.tree(), Annotations.NONE);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static byte[] contentInXml(Notification notification) {
        var content = new ByteArrayOutputStream(512);
        try {
            var out = new Utf8Xml(content);
            XmlWriter.writeChildren(out, notification.tree(), XmlOptions.COMPACT);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toString(StandardCharsets.UTF_8).replace("\n", "&#10;").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(String head, byte[] body, String tail) {
        var bytes = new ByteArrayOutputStream(body.length + head.length() + tail.length());
        bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        bytes.writeBytes(tail.getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
