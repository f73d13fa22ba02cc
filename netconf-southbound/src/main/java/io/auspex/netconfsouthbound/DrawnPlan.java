package io.auspex.netconfsouthbound;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is collected from one device: drawn again on the device's thread after it was said to be outdated, with pauses that keep
 * the drawing, which takes longer the more there is to collect, below a tenth of the time. A drawing that took seconds
 * was held up by others, and is no reason to wait as long again.
 */
final class DrawnPlan {
    private static final int PAUSES = 9;
    private static final long LONGEST_PAUSE = Duration.ofSeconds(2).toNanos();

    private final AtomicReference<@Nullable Supplier<CollectionPlan>> outdatedBy = new AtomicReference<>();
    private CollectionPlan plan = CollectionPlan.NOTHING;
    private long notBefore = System.nanoTime();

    /** The plan is another one now; to be called from any thread. */
    void outdated(Supplier<CollectionPlan> newPlan) {
        outdatedBy.set(newPlan);
    }

    /** Nanoseconds until the plan may be drawn again; zero or less when it has to be now, very many when it is not outdated. */
    long untilDue(long now) {
        return outdatedBy.get() == null ? Long.MAX_VALUE : notBefore - now;
    }

    /** Draws the plan if that is due; where drawing fails, the one before is kept until it succeeds. */
    CollectionPlan draw() {
        var start = System.nanoTime();
        var newPlan = untilDue(start) <= 0 ? outdatedBy.getAndSet(null) : null;
        if (newPlan != null) {
            try {
                plan = newPlan.get();
            } catch (RuntimeException e) {
                outdatedBy.compareAndSet(null, newPlan);
                throw e;
            } finally {
                var end = System.nanoTime();
                notBefore = end + Math.min(LONGEST_PAUSE, PAUSES * (end - start));
            }
        }
        return plan;
    }
}
