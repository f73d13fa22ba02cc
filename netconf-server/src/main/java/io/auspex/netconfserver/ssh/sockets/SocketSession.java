package io.auspex.netconfserver.ssh.sockets;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/**
 * One connection below SSH.
 *
 * <pre>
 * socket ─► its thread ─► handler: decrypts, hands data to channels
 * socket ◄─ any thread that writes: encrypts, waits for the socket
 * </pre>
 *
 * Whoever closes it closes the socket and waits for nobody; its thread then tells the handler, which has locks that a writer
 * holds.
 */
final class SocketSession extends AbstractCloseable implements IoSession {
    private static final AtomicLong IDS = new AtomicLong();
    private static final int LEAST_BYTES = 4 << 10;
    private static final int MOST_BYTES = 64 << 10;

    /** What has its own time to be written: the largest packet that every peer takes (RFC 4253 §6.1). */
    private static final int PIECE_BYTES = 35_000;

    private final long id = IDS.incrementAndGet();
    private final SocketService service;
    private final IoHandler handler;
    private final SocketChannel socket;
    private final @Nullable SocketAddress remote;
    private final @Nullable SocketAddress local;
    private final @Nullable SocketAddress accepted;
    private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long writingSince;
    private volatile boolean isWriting;
    private boolean begun;

    SocketSession(SocketService service, IoHandler handler, SocketChannel socket, @Nullable SocketAddress accepted)
            throws IOException {
        this.service = service;
        this.handler = handler;
        this.socket = socket;
        this.remote = socket.getRemoteAddress();
        this.local = socket.getLocalAddress();
        this.accepted = accepted;
    }

    /** Tells the handler of the connection; done by {@link #run} unless it has been done. */
    void begin() throws Exception {
        begun = true;
        handler.sessionCreated(this);
    }

    /** Serves the connection until it is over. */
    void run() {
        try {
            if (!begun) {
                begin();
            }
            read();
        } catch (Throwable e) {
            failed(e);
        } finally {
            close(true);
            ended();
        }
    }

    /** Reads until the peer sends no more, into a buffer that grows with what comes at once. */
    private void read() throws Exception {
        var buffer = ByteBuffer.allocate(LEAST_BYTES);
        while (!isClosing() && socket.read(buffer) >= 0) {
            var isFull = !buffer.hasRemaining();
            handler.messageReceived(this, Readable.readable(buffer.flip()));
            if (isFull && buffer.capacity() < MOST_BYTES) {
                buffer = ByteBuffer.allocate(2 * buffer.capacity());
            } else {
                buffer.clear();
            }
        }
    }

    private void failed(Throwable e) {
        if (isClosing() || e instanceof ClosedChannelException) {
            return;
        }
        try {
            handler.exceptionCaught(this, e);
        } catch (Exception again) {
            log.debug("connection {} broke twice", remote, again);
        }
    }

    private void ended() {
        try {
            handler.sessionClosed(this);
        } catch (Exception e) {
            log.debug("connection {}: its end is not heard", remote, e);
        }
    }

    /** Returns when the bytes are with the kernel, or the connection is over. */
    @Override
    public IoWriteFuture writeBuffer(Buffer packet) {
        writing.lock();
        try {
            var bytes = ByteBuffer.wrap(packet.array(), packet.rpos(), packet.available());
            var end = bytes.limit();
            while (bytes.position() < end) {
                bytes.limit(Math.min(end, bytes.position() + PIECE_BYTES));
                writingSince = System.nanoTime();
                isWriting = true;
                while (bytes.hasRemaining()) {
                    socket.write(bytes);
                }
            }
            return AbstractIoWriteFuture.fulfilled(remote, true);
        } catch (IOException e) {
            log.debug("connection {} cannot be written to", remote, e);
            close(true);
            return AbstractIoWriteFuture.fulfilled(remote, e);
        } finally {
            isWriting = false;
            writing.unlock();
        }
    }

    /** True when a piece has been under way since before then, by {@link System#nanoTime}. */
    boolean writesSince(long then) {
        return isWriting && writingSince - then < 0;
    }

    @Override
    protected void doCloseImmediately() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("connection {} cannot be closed", remote, e);
        }
        service.closed(this);
        super.doCloseImmediately();
    }

    @Override
    public void shutdownOutputStream() throws IOException {
        socket.shutdownOutput();
    }

    /** Not offered: only forwarded connections are paused, and nothing is forwarded. */
    @Override
    public void suspendRead() {
        throw new UnsupportedOperationException();
    }

    /** Not offered, as {@link #suspendRead}. */
    @Override
    public void resumeRead() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public IoService getService() {
        return service;
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() {
        return remote;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() {
        return local;
    }

    @Override
    public @Nullable SocketAddress getAcceptanceAddress() {
        return accepted;
    }

    @Override
    public @Nullable Object getAttribute(Object key) {
        return attributes.get(key);
    }

    @Override
    public @Nullable Object setAttribute(Object key, Object value) {
        return attributes.put(key, value);
    }

    @Override
    public @Nullable Object setAttributeIfAbsent(Object key, Object value) {
        return attributes.putIfAbsent(key, value);
    }

    @Override
    public @Nullable Object removeAttribute(Object key) {
        return attributes.remove(key);
    }
}
