package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.HttpLimits;
import io.auspex.restconfserver.http.RequestFaultException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The content of a request between the event loop, which adds what it receives, and the virtual thread that reads it. At
 * most {@value #AHEAD} bytes are received ahead; the peer has to keep the least rate of {@link HttpLimits}.
 */
final class RequestBody extends InputStream {
    private static final int AHEAD = 128 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuf> received = new ArrayDeque<>();
    private final HttpLimits limits;
    private final long most;
    private final Runnable readMore;
    private final @Nullable Runnable onFirstRead;

    private int ahead;
    private long total;
    private long waited;
    private long totalBefore;
    private boolean asked;
    private boolean waiting;
    private boolean ended;
    private boolean abandoned;
    private @Nullable RequestFaultException fault;

    /**
     * @param most largest content in bytes
     * @param readMore asks the connection for more
     * @param onFirstRead called before the first read, for 100 Continue; null for none, then receiving begins at once
     */
    RequestBody(HttpLimits limits, long most, Runnable readMore, @Nullable Runnable onFirstRead) {
        this.limits = limits;
        this.most = most;
        this.readMore = readMore;
        this.onFirstRead = onFirstRead;
        asked = onFirstRead == null;
    }

    /** Takes a piece over; true when more is to be received now. Called on the event loop. */
    boolean add(ByteBuf piece, boolean last) {
        lock.lock();
        try {
            total += piece.readableBytes();
            if (total > most) {
                fault = new RequestFaultException(413, "The body has more than " + most + " bytes.");
            }
            if (abandoned || fault != null || !piece.isReadable()) {
                piece.release();
            } else {
                received.add(piece);
                ahead += piece.readableBytes();
            }
            ended |= last;
            changed.signalAll();
            waiting = !last && ahead < AHEAD;
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** The rest will not come, or is not well-formed. */
    void fail(RequestFaultException why) {
        lock.lock();
        try {
            if (!ended && fault == null) {
                fault = why;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody reads any more: what is there and what comes is dropped. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            received.forEach(ByteBuf::release);
            received.clear();
            ahead = 0;
        } finally {
            lock.unlock();
        }
    }

    boolean receivesAtOnce() {
        return onFirstRead == null;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            if (!asked && onFirstRead != null) {
                asked = true;
                onFirstRead.run();
            }
            var piece = await();
            if (piece == null) {
                return -1;
            }
            var count = Math.min(length, piece.readableBytes());
            piece.readBytes(target, offset, count);
            ahead -= count;
            if (!piece.isReadable()) {
                received.remove();
                piece.release();
            }
            if (!waiting && !ended && ahead < AHEAD / 2) {
                waiting = true;
                readMore.run();
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ByteBuf await() throws IOException {
        while (true) {
            if (fault != null) {
                throw fault;
            }
            var piece = received.peek();
            if (piece != null || ended) {
                return piece;
            }
            var left = limits.bodyGrace().toNanos() - waited;
            if (left <= 0) {
                if (total - totalBefore
                        < limits.bodyRate() * Math.max(1, limits.bodyGrace().toSeconds())) {
                    throw new RequestFaultException(408, "The body came too slowly.");
                }
                waited = 0;
                totalBefore = total;
                continue;
            }
            try {
                waited += left - changed.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RequestFaultException(503, "The server stops.");
            }
        }
    }
}
