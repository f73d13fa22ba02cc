package io.auspex.netconfserver;

import io.auspex.notifications.NotificationMessages;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.notifications.subscriptions.DynamicSubscription;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the notifications of a dynamic subscription (RFC 8640 §6). */
record SubscriptionFeed(DynamicSubscription.Connection connection) implements NotificationFeed {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionFeed.class);
    private static final Duration LOOK = Duration.ofMinutes(1);

    @Override
    public void run(Sink sink) throws IOException, InterruptedException {
        try {
            while (true) {
                var next = connection.next(LOOK);
                if (next != null) {
                    sink.send(NotificationMessages.xml(next.notification(), next.envelope()));
                }
            }
        } catch (SubscriptionEndedException e) {
            LOG.atDebug().addKeyValue("reason", e.reason()).log("subscription ended");
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
