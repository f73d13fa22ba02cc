package io.auspex.restconfserver;

import io.auspex.notifications.NotificationMessages;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.notifications.subscriptions.Outgoing;
import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.ReplyBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes notifications as server-sent events (RFC 8040 §6.4, RFC 8650 §3.4), with a comment now and then to find dead peers. */
record EventWriter(EventSource source, Encoding encoding) implements HttpReply.Content {
    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

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
                    out.write(message(next, encoding));
                    out.write('\n');
                    out.write('\n');
                }
                out.flush();
            }
        } catch (SubscriptionEndedException e) {
            LOG.atDebug().addKeyValue("reason", e.reason()).log("event stream ended");
        }
    }

    private static byte[] message(Outgoing next, Encoding encoding) {
        return switch (encoding) {
            case JSON -> NotificationMessages.json(next.notification(), next.envelope(), "ietf-restconf");
            case XML -> NotificationMessages.xml(next.notification(), next.envelope());
        };
    }
}
