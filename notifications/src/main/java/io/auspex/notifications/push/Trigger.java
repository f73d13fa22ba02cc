package io.auspex.notifications.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What makes an update of a datastore be sent (RFC 8641 §3.1). */
public sealed interface Trigger {
    /**
     * Time.
     *
     * @param anchor from which the periods are counted; null for the time of the subscription
     */
    record Periodic(Duration period, @Nullable Instant anchor) implements Trigger {}

    /**
     * A change.
     *
     * @param dampening the least time between two updates
     * @param syncOnStart whether all that is selected is sent first
     */
    record OnChange(Duration dampening, boolean syncOnStart, Set<ChangeType> excluded) implements Trigger {
        public OnChange {
            excluded = Set.copyOf(excluded);
        }
    }
}
