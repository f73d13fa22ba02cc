package io.auspex.notifications;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one receiver takes from, one after the other; what waits for it is bounded. */
public interface Subscription extends AutoCloseable {
    /**
     * What comes next; waits for it.
     *
     * @return null when nothing came in time, or on {@link #nudge}
     * @throws SubscriptionEndedException when nothing more will come and all was taken: after {@link Delivery.Complete},
     *     after {@link #close}, or because this receiver did not keep up
     */
    @Nullable
    Delivery next(Duration timeout) throws InterruptedException, SubscriptionEndedException;

    /** Makes {@link #next} return, with nothing if there is nothing. */
    void nudge();

    /** Sets another stop time, as long as the old one is not reached; null for never. */
    void stopAt(@Nullable Instant time);

    /** True when the receiver does not keep up: more waits for it, or for longer, than is allowed. */
    boolean isBehind();

    /** True while a thread waits in {@link #next}. */
    boolean isWaiting();

    /** Ends the subscription; may be called again and from any thread. */
    @Override
    void close();
}
