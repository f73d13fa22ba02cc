package io.auspex.notifications;

import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An event stream whose latest events are in a ring in memory, and older ones in a {@link ReplayLog} if it has one.
 *
 * <p>A receiver is no more than its place in the ring: publishing costs the same for one receiver and for ten thousand, and a
 * receiver that is too far behind is ended. One virtual thread wakes those who wait.
 */
final class LoggedStream implements EventStream {
    private final String name;
    private final String description;
    private final InstantSource clock;
    private final int maxReceivers;
    private final Duration replayAge;
    private final int queue;
    private final AtomicReferenceArray<Delivery.@Nullable Event> ring;
    private final int mask;
    private final ReentrantLock publishing = new ReentrantLock();
    private final AtomicInteger receivers = new AtomicInteger();
    private final AtomicInteger unlogged = new AtomicInteger();
    private final Set<Receiver> waiting = ConcurrentHashMap.newKeySet();

    /** At least how many wait: counted before they are in the set, so that none who waits is passed over. */
    private final AtomicInteger waiters = new AtomicInteger();

    private final @Nullable Replay replay;
    private final Thread waker;
    private final long firstId;
    private volatile long lastId;
    private volatile long loggedId;
    private volatile boolean closed;
    private volatile boolean news;

    /** What a stream needs to log its events and read them again. */
    record Replay(ReplayLog log, LogWriter writer, EventReader reader) {}

    LoggedStream(String name, String description, InstantSource clock, StreamLimits limits, @Nullable Replay replay) {
        this.name = name;
        this.description = description;
        this.clock = clock;
        this.replay = replay;
        maxReceivers = limits.receivers();
        replayAge = limits.replayAge();
        var size = Integer.highestOneBit(limits.memory() - 1) << 1;
        ring = new AtomicReferenceArray<>(size);
        mask = size - 1;
        queue = replay == null ? Math.min(limits.queue(), size) : limits.queue();
        // Events that were published but not logged before a crash had ids too, which must not come again.
        lastId = replay == null ? 0 : replay.log().lastId() + (replay.log().lastId() == 0 ? 0 : limits.queue());
        firstId = lastId + 1;
        loggedId = lastId;
        waker = Thread.ofVirtual().name("wake " + name).start(this::wake);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public @Nullable Instant replayLogCreationTime() {
        return replay == null ? null : replay.log().created();
    }

    @Override
    public @Nullable Instant replayLogAgedTime() {
        return replay == null ? null : replay.log().aged();
    }

    @Override
    public @Nullable Instant replayLogLeftOff() {
        return replay == null ? null : replay.log().leftOff();
    }

    @Override
    public void publish(Notification notification) {
        publishing.lock();
        try {
            if (closed) {
                return;
            }
            var event = new Delivery.Event(lastId + 1, notification);
            ring.set((int) event.id() & mask, event);
            lastId = event.id();
            if (replay != null && !replay.writer().offer(this, replay.log(), event)) {
                replay.log().missed(notification.eventTime());
            }
        } finally {
            publishing.unlock();
        }
        if (waiters.get() > 0) {
            news = true;
            LockSupport.unpark(waker);
        }
    }

    /** Told when an event begins to wait for being logged. */
    void logging() {
        unlogged.incrementAndGet();
    }

    /** Told when an event will not be logged after all. */
    void notLogged() {
        unlogged.decrementAndGet();
    }

    /** Told when an event is in the log, or never will be. */
    void logged(long id) {
        loggedId = id;
        unlogged.decrementAndGet();
    }

    private void wake() {
        while (!closed) {
            news = false;
            if (!waiting.isEmpty()) {
                for (var receiver : waiting) {
                    receiver.wake();
                }
            }
            while (!news && !closed) {
                LockSupport.park(this);
            }
        }
        waiting.forEach(Receiver::wake);
    }

    @Override
    public Receiver subscribe(Predicate<Notification> filter, @Nullable Instant startTime, @Nullable Instant stopTime)
            throws YangException {
        var now = clock.instant();
        if (startTime != null && startTime.isAfter(now)) {
            throw bad("start-time " + startTime + " is in the future; now is " + now);
        }
        if (stopTime != null && startTime != null && !stopTime.isAfter(startTime)) {
            throw bad("stop-time " + stopTime + " is not after start-time " + startTime);
        }
        if (stopTime != null && startTime == null && !stopTime.isAfter(now)) {
            throw bad("stop-time " + stopTime + " is not in the future; now is " + now);
        }
        if (startTime == null) {
            return admitted(new Receiver(this, clock, filter, lastId + 1, null, stopTime));
        }
        if (replay == null) {
            throw new YangException(Failure.NOT_SUPPORTED, "stream " + name + " keeps no replay log");
        }
        var oldest = now.minus(replayAge);
        var from = startTime.isBefore(oldest) ? oldest : startTime;
        return admitted(new Receiver(this, clock, filter, 1, from, stopTime));
    }

    @Override
    public Receiver resume(
            Predicate<Notification> filter, long last, @Nullable Instant startTime, @Nullable Instant stopTime)
            throws YangException {
        if (last < 0) {
            throw bad("'" + last + "' is no id of an event");
        }
        return admitted(new Receiver(this, clock, filter, Math.min(last, lastId) + 1, startTime, stopTime));
    }

    private YangException bad(String what) {
        return new YangException(Failure.BAD_PARAMETER, what);
    }

    private Receiver admitted(Receiver receiver) throws YangException {
        if (receivers.incrementAndGet() > maxReceivers) {
            receivers.decrementAndGet();
            throw new YangException(
                    Failure.RESOURCE_DENIED, "stream " + name + " has " + maxReceivers + " receivers already");
        }
        return receiver;
    }

    void left(Receiver receiver) {
        stopWaiting(receiver);
        receivers.decrementAndGet();
    }

    /** Registers to be woken by the next event; whoever does looks for events once more before it sleeps. */
    void awaitNews(Receiver receiver) {
        waiters.incrementAndGet();
        if (!waiting.add(receiver)) {
            waiters.decrementAndGet();
        }
    }

    void stopWaiting(Receiver receiver) {
        if (waiting.remove(receiver)) {
            waiters.decrementAndGet();
        }
    }

    @Override
    public int receivers() {
        return receivers.get();
    }

    @Override
    public long lastId() {
        return lastId;
    }

    /** How many events a receiver may be behind. */
    int queue() {
        return queue;
    }

    /** The lowest id that is in memory for sure. */
    long oldestInMemory() {
        return Math.max(firstId, lastId - mask);
    }

    /** The event of an id; null when the ring has moved on. */
    Delivery.@Nullable Event inMemory(long id) {
        var event = ring.get((int) id & mask);
        return event != null && event.id() == id ? event : null;
    }

    /** The log and how to read it; null without. */
    @Nullable
    Replay replay() {
        return replay;
    }

    /** True when no event below that id still waits to be logged. */
    boolean isLoggedBelow(long id) {
        return unlogged.get() == 0 || loggedId + 1 >= id;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        LockSupport.unpark(waker);
    }
}
