package io.auspex.restconfserver;

import io.auspex.notifications.Delivery;
import io.auspex.notifications.Subscription;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.notifications.subscriptions.DynamicSubscription;
import io.auspex.notifications.subscriptions.Outgoing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where server-sent events come from. */
sealed interface EventSource extends AutoCloseable {
    /** The next notification, null when none came in time. */
    @Nullable
    Outgoing next(Duration timeout) throws InterruptedException, SubscriptionEndedException;

    /** The peer is gone; called from any thread. */
    @Override
    void close();

    /** An event stream (RFC 8040 §6). */
    record Stream(Subscription subscription) implements EventSource {
        @Override
        public @Nullable Outgoing next(Duration timeout) throws InterruptedException, SubscriptionEndedException {
            return switch (subscription.next(timeout)) {
                case Delivery.Event(var id, var notification) -> new Outgoing(Long.toString(id), notification, null);
                case Delivery.ReplayComplete _, Delivery.Complete _ -> null;
                case null -> null;
            };
        }

        @Override
        public void close() {
            subscription.close();
        }
    }

    /** A dynamic subscription (RFC 8650 §3.4). */
    record Dynamic(DynamicSubscription.Connection connection) implements EventSource {
        @Override
        public @Nullable Outgoing next(Duration timeout) throws InterruptedException, SubscriptionEndedException {
            return connection.next(timeout);
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
