package io.auspex.netconfsouthbound;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Notifications of one device that wait for its thread: so many at most, in number and bytes; the others are lost and counted. */
final class NotificationQueue {
    static final int MOST = 4_096;
    static final int MOST_BYTES = 32 << 20;

    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Received> waiting = new ArrayDeque<>();
    private long bytes;
    private long lost;

    /** @param ticker nanoseconds, such as {@link System#nanoTime} */
    NotificationQueue(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /**
     * A message as it came.
     *
     * @param at by our clock
     * @param nanos the same moment by the queue's ticker; what is not taken out by a moment was received later than that
     */
    record Received(byte[] message, Instant at, long nanos) {}

    /**
     * Adds a message, or counts it as lost.
     *
     * @return whether nothing waited before, so that somebody may have to be told
     */
    boolean offer(byte[] message, Instant at) {
        lock.lock();
        try {
            var isFirst = waiting.isEmpty();
            if (waiting.size() >= MOST || bytes + message.length > MOST_BYTES) {
                lost++;
            } else {
                waiting.add(new Received(message, at, ticker.getAsLong()));
                bytes += message.length;
            }
            return isFirst;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out all that waits, in its order. */
    List<Received> takeAll() {
        lock.lock();
        try {
            var all = new ArrayList<>(waiting);
            waiting.clear();
            bytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many were lost since the session began. */
    long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }
}
