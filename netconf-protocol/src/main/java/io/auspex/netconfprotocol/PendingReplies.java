package io.auspex.netconfprotocol;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds the waiting caller of each reply by its message-id (RFC 6241 §4.1); bounded, and safe for use by several threads.
 *
 * @param <T> what a reply is handed over as
 */
public final class PendingReplies<T> {
    private final int maxPending;
    private final ConcurrentHashMap<String, CompletableFuture<T>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong nextId = new AtomicLong(1);
    private volatile @Nullable IOException end;

    public PendingReplies(int maxPending) {
        this.maxPending = maxPending;
    }

    /** A place for the reply to the next rpc. */
    public final class Pending implements AutoCloseable {
        private final String messageId;
        private final CompletableFuture<T> reply;

        private Pending(String messageId, CompletableFuture<T> reply) {
            this.messageId = messageId;
            this.reply = reply;
        }

        /** The message-id that the rpc must carry. */
        public String messageId() {
            return messageId;
        }

        /** Whether waiting would end at once. */
        public boolean isOver() {
            return reply.isDone();
        }

        /**
         * Waits for the reply; may be called again after a timeout, until {@link #close}.
         *
         * @throws TimeoutException no reply in time
         * @throws IOException the session ended
         */
        public T await(Duration timeout) throws IOException, TimeoutException, InterruptedException {
            try {
                return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                var cause = e.getCause() == null ? e : e.getCause();
                throw new IOException(cause.getMessage(), cause);
            }
        }

        /** Gives the place back: a reply that comes later is dropped. */
        @Override
        public void close() {
            if (waiting.remove(messageId, reply)) {
                count.decrementAndGet();
            }
        }
    }

    /** @throws IOException too many rpcs wait already, or the session ended */
    public Pending open() throws IOException {
        if (count.incrementAndGet() > maxPending) {
            count.decrementAndGet();
            throw new IOException("more than " + maxPending + " rpcs wait for their reply");
        }
        var reply = new CompletableFuture<T>();
        var pending = new Pending(Long.toString(nextId.getAndIncrement()), reply);
        waiting.put(pending.messageId(), reply);
        var ended = end;
        if (ended != null) {
            pending.close();
            throw new IOException(ended.getMessage(), ended);
        }
        return pending;
    }

    /** Hands a reply over; false when nobody waits for that message-id (any more), so the reply is dropped. */
    public boolean complete(String messageId, T reply) {
        var place = waiting.remove(messageId);
        if (place == null) {
            return false;
        }
        count.decrementAndGet();
        return place.complete(reply);
    }

    /** Fails everybody who waits, and all who come later. */
    public void end(IOException why) {
        end = why;
        for (var messageId : waiting.keySet()) {
            var place = waiting.remove(messageId);
            if (place != null) {
                count.decrementAndGet();
                place.completeExceptionally(why);
            }
        }
    }

    public int size() {
        return count.get();
    }
}
