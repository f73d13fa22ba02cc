package io.auspex.netconfserver;

import io.auspex.notifications.Delivery;
import io.auspex.notifications.Subscription;
import io.auspex.notifications.SubscriptionEndedException;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what a subscription made by {@code create-subscription} receives (RFC 5277 §2.1.1, §3.3). */
final class EventFeed implements NotificationFeed {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Subscription subscription;
    private final NetconfSession session;

    EventFeed(Subscription subscription, NetconfSession session) {
        this.subscription = subscription;
        this.session = session;
    }

    @Override
    public void run(Sink sink) throws IOException, InterruptedException {
        try {
            while (true) {
                switch (subscription.next(LOOK)) {
                    case Delivery.Event(var _, var event) -> sink.send(EventMessages.of(event));
                    case Delivery.ReplayComplete(var at) -> sink.send(EventMessages.replayComplete(at));
                    case Delivery.Complete(var at) -> sink.send(EventMessages.notificationComplete(at));
                    case null -> {}
                }
            }
        } catch (SubscriptionEndedException e) {
            switch (e.reason()) {
                case COMPLETED, CLOSED, STREAM_CLOSED -> {}
                // RFC 5277 has no word for events that are left out
                case OVERFLOW, REPLAY_FAILED -> {
                    LOG.atWarn().addKeyValue("session", session.id()).log(e.getMessage());
                    session.close(new SessionEnd(SessionEnd.Reason.OTHER, String.valueOf(e.getMessage())));
                }
            }
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
