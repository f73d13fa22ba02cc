package io.auspex.restconfserver;

import io.auspex.notifications.Notification;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.ReplyBody;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.codec.Utf8Xml;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes notifications as server-sent events (RFC 8040 §6.4, RFC 8650 §3.4), with a comment now and then to find dead peers. */
record EventWriter(EventSource source, Encoding encoding) implements HttpReply.Content {
    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(ZoneOffset.UTC);

    @Override
    public void writeTo(ReplyBody out) throws IOException, InterruptedException {
        out.onDisconnect(source::close);
        try (source) {
            out.write(COMMENT);
            out.flush();
            while (true) {
                var next = source.next(HEARTBEAT);
                if (next == null) {
                    out.write(COMMENT);
                } else {
                    out.write(("id: " + next.id() + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
                    out.write(next.notification().encoded("rfc8040-" + encoding, n -> message(n, encoding)));
                    out.write('\n');
                    out.write('\n');
                }
                out.flush();
            }
        } catch (SubscriptionEndedException e) {
            LOG.atDebug().addKeyValue("reason", e.reason()).log("event stream ended");
        }
    }

    /**
     * One event, below the data nodes that it is tied to (RFC 7950 §7.16.2), on one line: JSON and XML escape line ends within
     * values, and none stands between them.
     */
    static byte[] message(Notification notification, Encoding encoding) {
        var bytes = new ByteArrayOutputStream(512);
        var time = TIME.format(notification.eventTime());
        try {
            switch (encoding) {
                case JSON -> {
                    try (var out = JsonWriter.open(bytes, JsonOptions.COMPACT)) {
                        out.writeStartObject();
                        out.writeName("ietf-restconf:notification");
                        out.writeStartObject();
                        out.writeStringProperty("eventTime", time);
                        JsonWriter.writeMembers(out, notification.tree(), Annotations.NONE);
                        out.writeEndObject();
                        out.writeEndObject();
                    }
                }
                case XML -> {
                    bytes.writeBytes(
                            ("<notification xmlns=\"urn:ietf:params:xml:ns:netconf:notification:1.0\"><eventTime>"
                                            + time + "</eventTime>")
                                    .getBytes(StandardCharsets.UTF_8));
                    var content = new ByteArrayOutputStream(512);
                    var out = new Utf8Xml(content);
                    XmlWriter.writeChildren(out, notification.tree(), XmlOptions.COMPACT);
                    out.flush();
                    bytes.writeBytes(content.toString(StandardCharsets.UTF_8)
                            .replace("\n", "&#10;")
                            .getBytes(StandardCharsets.UTF_8));
                    bytes.writeBytes("</notification>".getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }
}
