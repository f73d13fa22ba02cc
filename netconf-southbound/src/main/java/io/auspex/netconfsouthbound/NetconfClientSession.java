package io.auspex.netconfsouthbound;

import io.auspex.netconfprotocol.Capabilities;
import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfprotocol.FramedOutput;
import io.auspex.netconfprotocol.Framing;
import io.auspex.netconfprotocol.Hello;
import io.auspex.netconfprotocol.MessageDecoder;
import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfprotocol.NetconfNamespaces;
import io.auspex.netconfprotocol.PendingReplies;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.Rpc;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.SessionState;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfsouthbound.SessionException.Kind;
import io.auspex.yang.InputLimits;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of one NETCONF session (RFC 6241 §1.1): bytes are pushed in by the transport, callers block on
 * virtual threads until their reply is there.
 */
public final class NetconfClientSession implements AutoCloseable {
    private static final Capabilities CAPABILITIES = Capabilities.of(Capability.BASE_1_0, Capability.BASE_1_1);
    private static final int MAX_PENDING = 64;
    private static final int PIECE_BYTES = 2 << 10;
    /** How long to wait at most before a look at whether the device has stopped in the middle of a message. */
    static final Duration SLICE = Duration.ofMillis(500);

    private final SessionTimers timers;
    private final InputLimits limits;
    private final SessionListener listener;
    private final MessageDecoder decoder = new MessageDecoder(Hello.MAX_BYTES);
    private final PendingReplies<Reply> replies = new PendingReplies<>(MAX_PENDING);
    private final CompletableFuture<SessionState.Ready> hello = new CompletableFuture<>();
    private final AtomicReference<@Nullable SessionException> end = new AtomicReference<>();
    private final AtomicLong droppedReplies = new AtomicLong();
    private final AtomicInteger timeoutsInARow = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile SessionState state;
    private volatile long lastByteNanos = System.nanoTime();
    private volatile boolean midMessage;
    private volatile @Nullable Wire wire;
    private @Nullable FramedOutput output;

    NetconfClientSession(SessionTimers timers, InputLimits limits, SessionListener listener, InstantSource clock) {
        this.timers = timers;
        this.limits = limits;
        this.listener = listener;
        this.state =
                SessionState.AwaitingHello.client(CAPABILITIES, clock.instant().plus(timers.hello()));
    }

    /** Exchanges hellos over a transport that is up. */
    void start(Wire newWire) throws SessionException, InterruptedException {
        wire = newWire;
        output = new FramedOutput(newWire.output(), PIECE_BYTES);
        send(Hello.ofClient(CAPABILITIES).toBytes(), null);
        try {
            var ready = hello.get(timers.hello().toNanos(), TimeUnit.NANOSECONDS);
            writing.lock();
            try {
                output.switchTo(ready.framing());
            } finally {
                writing.unlock();
            }
        } catch (TimeoutException e) {
            throw end(new SessionException(
                    Kind.PROTOCOL_ERROR, "no hello within " + SessionTimers.text(timers.hello()), e));
        } catch (ExecutionException e) {
            var why = end.get();
            throw why == null ? new SessionException(Kind.UNREACHABLE, "session ended", e) : why;
        }
    }

    /** What the device announced. */
    public Capabilities capabilities() {
        return ready().peer();
    }

    public long sessionId() {
        return ready().sessionId();
    }

    public Framing framing() {
        return ready().framing();
    }

    public boolean isOpen() {
        return end.get() == null;
    }

    /** Why the session is over; empty while it is not. */
    public Optional<SessionException> end() {
        return Optional.ofNullable(end.get());
    }

    /** Replies that nobody waited for (any more). */
    public long droppedReplies() {
        return droppedReplies.get();
    }

    InputLimits limits() {
        return limits;
    }

    SessionTimers timers() {
        return timers;
    }

    /** Sends an operation and waits for its reply, for as long as the device's timers say. */
    public RpcReply call(XmlElement operation) throws SessionException, InterruptedException {
        return call(operation, timers.rpc());
    }

    /**
     * Sends an operation and waits for its reply.
     *
     * @throws SessionException {@code TIMEOUT}: no reply in time; any other kind: the session is over
     */
    public RpcReply call(XmlElement operation, Duration timeout) throws SessionException, InterruptedException {
        try (var call = start(operation, timeout)) {
            while (true) {
                var reply = call.await(SLICE);
                if (reply.isPresent()) {
                    return RpcReply.parse(reply.get().message(), limits);
                }
            }
        } catch (ProtocolException e) {
            throw end(broken(e));
        }
    }

    /** Sends an operation and leaves it to the caller when to look for the reply, which should be every {@link #SLICE}. */
    OpenCall start(XmlElement operation, Duration timeout) throws SessionException, InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        PendingReplies<Reply>.Pending pending;
        try {
            pending = replies.open();
        } catch (IOException e) {
            throw over(e);
        }
        var call = new OpenCall(pending, operation.name(), timeout, deadline);
        try {
            send(Rpc.of(pending.messageId(), operation).toBytes(), deadline);
            return call;
        } catch (SessionException | InterruptedException | RuntimeException e) {
            call.close();
            throw e;
        }
    }

    private SessionException over(IOException e) {
        var why = end.get();
        return why != null ? why : new SessionException(Kind.UNREACHABLE, String.valueOf(e.getMessage()), e);
    }

    /** Rpcs in a row that got no reply within the time that the device's timers give them. */
    int timeoutsInARow() {
        return timeoutsInARow.get();
    }

    /**
     * A reply as it came.
     *
     * @param receivedAt by {@link System#nanoTime}
     */
    record Reply(byte[] message, long receivedAt) {}

    /** An rpc whose reply may not be there yet. */
    final class OpenCall implements AutoCloseable {
        private final PendingReplies<Reply>.Pending pending;
        private final String name;
        private final Duration timeout;
        private final long deadline;

        private OpenCall(PendingReplies<Reply>.Pending pending, String name, Duration timeout, long deadline) {
            this.pending = pending;
            this.name = name;
            this.timeout = timeout;
            this.deadline = deadline;
        }

        /** Whether {@link #await} would not wait. */
        boolean isOver() {
            return pending.isOver();
        }

        /**
         * The reply, if it is there within this time.
         *
         * @throws SessionException {@code TIMEOUT}: no reply in the time of the call; any other kind: the session is over
         */
        Optional<Reply> await(Duration patience) throws SessionException, InterruptedException {
            try {
                var left = Math.clamp(deadline - System.nanoTime(), 0, patience.toNanos());
                var reply = pending.await(Duration.ofNanos(left));
                timeoutsInARow.set(0);
                return Optional.of(reply);
            } catch (TimeoutException e) {
                if (midMessage
                        && System.nanoTime() - lastByteNanos > timers.stall().toNanos()) {
                    throw end(new SessionException(
                            Kind.PROTOCOL_ERROR,
                            "the device stopped in the middle of a message and sent nothing for "
                                    + SessionTimers.text(timers.stall()),
                            e));
                }
                if (deadline - System.nanoTime() <= 0) {
                    if (timeout.compareTo(timers.rpc()) >= 0) {
                        timeoutsInARow.incrementAndGet();
                    }
                    throw new SessionException(
                            Kind.TIMEOUT, name + ": no reply within " + SessionTimers.text(timeout), e);
                }
                return Optional.empty();
            } catch (IOException e) {
                throw over(e);
            }
        }

        /** Gives the reply up where it is not there yet. */
        @Override
        public void close() {
            pending.close();
        }
    }

    /** Ends the session unless it is over; returns why it ended first, which is what to throw. */
    SessionException end(SessionException why) {
        var first = end.compareAndExchange(null, why);
        if (first == null) {
            state = new SessionState.Closing(String.valueOf(why.getMessage()));
            hello.completeExceptionally(why);
            replies.end(why);
            var transport = wire;
            if (transport != null) {
                transport.close();
            }
            listener.ended(why);
            return why;
        }
        return first;
    }

    static SessionException broken(ProtocolException e) {
        return new SessionException(Kind.PROTOCOL_ERROR, String.valueOf(e.getMessage()), e);
    }

    /** Says goodbye where possible (RFC 6241 §7.8) and ends the transport. */
    @Override
    public void close() {
        if (isOpen() && state instanceof SessionState.Ready) {
            try {
                call(XmlElement.of(NetconfNamespaces.BASE, "close-session"), Duration.ofSeconds(1));
            } catch (IOException e) {
                // the transport goes down anyway
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        end(new SessionException(Kind.UNREACHABLE, "closed by Auspex"));
    }

    /** Bytes arrived; called by one transport thread at a time. */
    void received(byte[] bytes, int offset, int count) {
        if (!isOpen()) {
            return;
        }
        lastByteNanos = System.nanoTime();
        try {
            decoder.feed(bytes, offset, count);
            for (var message = decoder.poll(); message.isPresent(); message = decoder.poll()) {
                handle(message.get());
            }
            midMessage = decoder.isMidMessage();
        } catch (ProtocolException e) {
            end(broken(e));
        } catch (RuntimeException e) {
            end(new SessionException(Kind.PROTOCOL_ERROR, "internal fault while reading a message", e));
        }
    }

    /** The transport ended by itself. */
    void transportClosed(String why) {
        end(new SessionException(Kind.UNREACHABLE, why));
    }

    private void handle(byte[] message) throws ProtocolException {
        if (state instanceof SessionState.Ready && MessageHead.seemsNotification(message)) {
            listener.notification(message);
            return;
        }
        var head = MessageHead.peek(message, limits);
        var now = state;
        now.expect(head.kind());
        switch (head.kind()) {
            case HELLO -> {
                var ready = ((SessionState.AwaitingHello) now).ready(Hello.parse(message));
                decoder.switchTo(ready.framing(), limits.messageBytes());
                state = ready;
                hello.complete(ready);
            }
            case RPC_REPLY -> {
                var id = head.messageId();
                if (id.isPresent() && replies.complete(id.get(), new Reply(message, System.nanoTime()))) {
                    listener.replied();
                } else {
                    droppedReplies.incrementAndGet();
                }
            }
            case NOTIFICATION -> listener.notification(message);
            case RPC -> throw new IllegalStateException("no state of a client expects an rpc");
        }
    }

    private void send(byte[] message, @Nullable Long deadlineNanos) throws SessionException, InterruptedException {
        var left = deadlineNanos == null ? timers.hello().toNanos() : deadlineNanos - System.nanoTime();
        if (!writing.tryLock(left, TimeUnit.NANOSECONDS)) {
            throw new SessionException(Kind.TIMEOUT, "the device takes no more bytes");
        }
        try {
            var out = output;
            if (out == null) {
                throw new IllegalStateException("session not started");
            }
            out.writeMessage(message);
        } catch (IOException e) {
            throw end(new SessionException(Kind.UNREACHABLE, "sending failed: " + e.getMessage(), e));
        } finally {
            writing.unlock();
        }
    }

    private SessionState.Ready ready() {
        return hello.resultNow();
    }
}
