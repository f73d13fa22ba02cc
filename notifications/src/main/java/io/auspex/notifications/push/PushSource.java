package io.auspex.notifications.push;

import io.auspex.notifications.Delivery;
import io.auspex.notifications.Subscription;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.notifications.SubscriptionEndedException.Reason;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Updates of a datastore for one receiver: made when it takes them, so that nothing piles up for one that does not. */
public abstract class PushSource implements Subscription {
    /** For how long an update may wait for its receiver. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LONGEST = Duration.ofHours(1);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean nudged;
    private boolean waiting;
    private boolean closed;
    private boolean complete;
    private volatile boolean taken;
    private @Nullable Instant stopTime;

    PushSource(InstantSource clock, @Nullable Instant stopTime) {
        this.clock = clock;
        this.stopTime = stopTime;
    }

    /**
     * The update that is due, made now; null when none is.
     *
     * @throws YangException when it cannot be made
     */
    abstract Delivery.@Nullable Event update(Instant now) throws YangException;

    /** When an update is or was due, as far as is known; null when something has to happen first. */
    abstract @Nullable Instant due();

    /** Sends all that is selected as soon as possible (RFC 8641 §4.4.4); false where that is not possible. */
    public boolean resync() {
        return false;
    }

    /** Goes on from where it is with another trigger; false where that takes another source. */
    public boolean goOn(Trigger other) {
        return false;
    }

    /** Comes in place of another source: whoever took from that is expected to take from this. */
    public final void replace(PushSource other) {
        taken = other.taken;
    }

    @Override
    public final @Nullable Delivery next(Duration timeout) throws InterruptedException, SubscriptionEndedException {
        var deadline = System.nanoTime() + (timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout).toNanos();
        taken = true;
        while (true) {
            var now = clock.instant();
            var end = end(now);
            if (end != null) {
                return end;
            }
            try {
                var update = update(now);
                if (update != null) {
                    return update;
                }
            } catch (YangException e) {
                throw new SubscriptionEndedException(Reason.OVERFLOW, String.valueOf(e.getMessage()));
            }
            if (!await(now, deadline)) {
                return null;
            }
        }
    }

    private @Nullable Delivery end(Instant now) throws SubscriptionEndedException {
        lock.lock();
        try {
            if (closed) {
                throw new SubscriptionEndedException(Reason.CLOSED, "the subscription was closed");
            }
            var stop = stopTime;
            if (stop == null || now.isBefore(stop)) {
                return null;
            }
            if (complete) {
                throw new SubscriptionEndedException(Reason.COMPLETED, "the stop time is reached");
            }
            complete = true;
            return new Delivery.Complete(now);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what is next; false when it was nudged or the time is over. */
    private boolean await(Instant now, long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (nudged) {
                nudged = false;
                return false;
            }
            var left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            waiting = true;
            var until = Math.min(left, Math.min(until(now, due()), until(now, stopTime)));
            if (until > 0 && !closed) {
                news.await(until, TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            waiting = false;
            lock.unlock();
        }
    }

    private static long until(Instant now, @Nullable Instant time) {
        if (time == null) {
            return Long.MAX_VALUE;
        }
        var left = Duration.between(now, time);
        return left.isNegative() ? 0 : left.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : left.toNanos() + 1;
    }

    /** Looks again at what is due. */
    final void wake() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final void nudge() {
        lock.lock();
        try {
            nudged = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final void stopAt(@Nullable Instant time) {
        lock.lock();
        try {
            stopTime = time;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final boolean isWaiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final boolean isBehind() {
        var due = due();
        return taken && !isWaiting() && due != null && due.plus(PATIENCE).isBefore(clock.instant());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
