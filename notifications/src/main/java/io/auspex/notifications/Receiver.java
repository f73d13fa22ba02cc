package io.auspex.notifications;

import io.auspex.notifications.SubscriptionEndedException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A place in a stream and what may be received from there.
 *
 * <pre>
 * replaying (from the log, then from memory) → live (from memory, from the log when behind) → completed
 *         └──────────── any ────────────────────→ ended
 * </pre>
 */
final class Receiver implements Subscription {
    private static final int BATCH = 64;
    private static final int LOOK_AT_CLOCK = 256;
    private static final long SLOW_LOG_NANOS = Duration.ofMillis(10).toNanos();

    private final LoggedStream stream;
    private final InstantSource clock;
    private final Predicate<Notification> filter;
    private final @Nullable Instant startTime;
    private volatile @Nullable Instant stopTime;

    /** The last event that is replayed; those after it are new. */
    private final long replayedUpTo;

    private final ArrayDeque<Delivery.Event> fromLog = new ArrayDeque<>();
    private final AtomicReference<@Nullable End> ended = new AtomicReference<>();
    private long lastWanted = Long.MAX_VALUE;
    private ReplayLog.Cursor cursor;
    private volatile long next;
    private boolean replayCompleteDue;
    private boolean inLog;
    private volatile boolean live;
    private int passedOver;
    private volatile boolean nudged;
    private boolean logHasMore = true;
    private volatile @Nullable Thread waiter;

    private record End(Reason reason, String why) {}

    Receiver(
            LoggedStream stream,
            InstantSource clock,
            Predicate<Notification> filter,
            long next,
            @Nullable Instant startTime,
            @Nullable Instant stopTime) {
        this.stream = stream;
        this.clock = clock;
        this.filter = filter;
        this.next = next;
        this.startTime = startTime;
        this.stopTime = stopTime;
        replayedUpTo = stream.lastId();
        replayCompleteDue = startTime != null;
        inLog = next <= replayedUpTo;
        live = !inLog;
        cursor = ReplayLog.Cursor.at(next);
    }

    @Override
    public @Nullable Delivery next(Duration timeout) throws InterruptedException, SubscriptionEndedException {
        var deadline = System.nanoTime() + nanos(timeout);
        while (true) {
            var delivery = poll(deadline);
            if (delivery != null) {
                return delivery;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (nudged) {
                nudged = false;
                return null;
            }
            var left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            park(left);
        }
    }

    private static long nanos(Duration timeout) {
        return timeout.compareTo(Duration.ofDays(365)) > 0
                ? Duration.ofDays(365).toNanos()
                : timeout.toNanos();
    }

    private void park(long nanos) {
        waiter = Thread.currentThread();
        stream.awaitNews(this);
        try {
            // What came after the last look and before the registration would wake nobody.
            if (next > stream.lastId() && ended.get() == null && !stream.isClosed() && !nudged) {
                LockSupport.parkNanos(this, untilStop(nanos));
            } else if (inLog) {
                // Events that are neither in memory nor yet in the log: the disk is slow.
                LockSupport.parkNanos(this, Math.min(nanos, SLOW_LOG_NANOS));
            }
        } finally {
            stream.stopWaiting(this);
            waiter = null;
        }
    }

    private long untilStop(long nanos) {
        var stop = stopTime;
        if (stop == null) {
            return nanos;
        }
        var left = Duration.between(clock.instant(), stop);
        return left.isNegative() ? 1 : Math.min(nanos, nanos(left) + 1);
    }

    @Override
    public void nudge() {
        nudged = true;
        wake();
    }

    @Override
    public void stopAt(@Nullable Instant time) {
        stopTime = time;
        nudge();
    }

    /** Behind by as many events as may wait for it, once it has caught up for the first time. */
    @Override
    public boolean isBehind() {
        return live && stream.lastId() + 1 - next >= stream.queue();
    }

    @Override
    public boolean isWaiting() {
        return waiter != null;
    }

    void wake() {
        var thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    private @Nullable Delivery poll(long deadline) throws SubscriptionEndedException {
        while (true) {
            var end = ended.get();
            if (end != null) {
                throw new SubscriptionEndedException(end.reason(), end.why());
            }
            // Looked at before the events, so that none published until then is left out.
            var stop = stopTime;
            if (stop != null && lastWanted == Long.MAX_VALUE && !clock.instant().isBefore(stop)) {
                lastWanted = stream.lastId();
            }
            if (replayCompleteDue && next > replayedUpTo) {
                replayCompleteDue = false;
                return new Delivery.ReplayComplete(clock.instant());
            }
            if (next > lastWanted) {
                end(Reason.COMPLETED, "the stop time is reached");
                return new Delivery.Complete(clock.instant());
            }
            if (next > stream.lastId()) {
                live = true;
                if (!stream.isClosed()) {
                    return null;
                }
                end(Reason.STREAM_CLOSED, "stream " + stream.name() + " is closed");
                continue;
            }
            if (live && stream.lastId() - next >= stream.queue()) {
                end(Reason.OVERFLOW, "the receiver did not keep up with stream " + stream.name());
                continue;
            }
            var event = inLog ? fromLog() : fromMemory();
            if (event == null) {
                if (inLog && fromLog.isEmpty() && ended.get() == null && !logHasMore) {
                    return null;
                }
                continue;
            }
            next = event.id() + 1;
            if (isWanted(event)) {
                return event;
            }
            if (++passedOver % LOOK_AT_CLOCK == 0 && System.nanoTime() - deadline > 0) {
                return null;
            }
        }
    }

    private Delivery.@Nullable Event fromMemory() {
        var event = stream.inMemory(next);
        if (event == null && stream.replay() != null) {
            inLog = true;
            cursor = new ReplayLog.Cursor(next, cursor.file(), cursor.offset());
        } else if (event == null) {
            end(Reason.OVERFLOW, "the receiver did not keep up with stream " + stream.name());
        }
        return event;
    }

    /** The next event from the log; null when it has to be read first, or when memory has the rest. */
    private Delivery.@Nullable Event fromLog() {
        var ready = fromLog.poll();
        if (ready != null) {
            return ready;
        }
        logHasMore = true;
        var replay = stream.replay();
        var oldest = stream.oldestInMemory();
        if (next >= oldest || replay == null) {
            next = Math.max(next, oldest);
            inLog = false;
            return null;
        }
        try {
            // Asked before reading: what is not in the log then never will be.
            var complete = stream.isLoggedBelow(oldest);
            var batch = replay.log().read(cursor, startTime == null ? Instant.MIN : startTime, BATCH);
            cursor = batch.next();
            batch.frames().forEach(f -> replay.reader().event(f).ifPresent(fromLog::add));
            if (batch.frames().isEmpty()) {
                logHasMore = complete;
                if (complete) {
                    next = oldest;
                    inLog = false;
                }
            } else if (fromLog.isEmpty()) {
                next = cursor.id();
            }
        } catch (IOException e) {
            end(Reason.REPLAY_FAILED, "the replay log of stream " + stream.name() + " cannot be read");
        }
        return null;
    }

    private boolean isWanted(Delivery.Event event) {
        var time = event.notification().eventTime();
        var stop = stopTime;
        return (startTime == null || event.id() > replayedUpTo || !time.isBefore(startTime))
                && (stop == null || !time.isAfter(stop))
                && filter.test(event.notification());
    }

    private void end(Reason reason, String why) {
        if (ended.compareAndSet(null, new End(reason, why))) {
            stream.left(this);
        }
    }

    @Override
    public void close() {
        end(Reason.CLOSED, "the subscription was closed");
        wake();
    }
}
