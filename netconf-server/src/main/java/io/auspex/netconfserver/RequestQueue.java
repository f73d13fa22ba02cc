package io.auspex.netconfserver;

import io.auspex.netconfprotocol.ProtocolException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a session received and has not answered yet, bounded in number and bytes: who adds to a full queue waits. */
final class RequestQueue {
    /** What arrives on a session, in order. */
    sealed interface Arrival {
        /** A whole message. */
        record Message(byte[] bytes) implements Arrival {}

        /** Something that cannot be read; nothing follows. */
        record Broken(ProtocolException why) implements Arrival {}

        /** The peer sends no more. */
        record End(String why) implements Arrival {}
    }

    private final int maxMessages;
    private final int maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<Arrival> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    RequestQueue(int maxMessages, int maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Adds, as soon as there is room; a message larger than the whole queue waits until it is alone. */
    void put(Arrival arrival) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && !waiting.isEmpty() && (waiting.size() >= maxMessages || bytes >= maxBytes)) {
                room.await();
            }
            if (!closed) {
                waiting.add(arrival);
                bytes += size(arrival);
                filled.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next, as soon as there is one; the end once the queue is closed. */
    Arrival take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && waiting.isEmpty()) {
                filled.await();
            }
            if (closed) {
                return new Arrival.End("the session is closed");
            }
            var arrival = waiting.remove();
            bytes -= size(arrival);
            room.signal();
            return arrival;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits and lets nobody wait any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            room.signalAll();
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static int size(Arrival arrival) {
        return arrival instanceof Arrival.Message(var message) ? message.length : 0;
    }
}
