package io.auspex.notifications;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One receiver of an event stream; its queue is bounded, and a receiver that does not keep up is ended. */
public interface Subscription extends AutoCloseable {
    /**
     * What comes next; waits for it.
     *
     * @return null when nothing came in time
     * @throws SubscriptionEndedException when nothing more will come and all was taken: after {@link Delivery.Complete},
     *     after {@link #close}, or because this receiver did not keep up
     */
    @Nullable
    Delivery next(Duration timeout) throws InterruptedException, SubscriptionEndedException;

    /** Ends the subscription; may be called again and from any thread. */
    @Override
    void close();
}
