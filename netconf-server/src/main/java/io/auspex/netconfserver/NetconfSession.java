package io.auspex.netconfserver;

import io.auspex.access.Principal;
import io.auspex.netconfprotocol.FramedOutput;
import io.auspex.netconfprotocol.Framing;
import io.auspex.netconfprotocol.Hello;
import io.auspex.netconfprotocol.MessageDecoder;
import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfprotocol.MessageHead.Kind;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.SessionState;
import io.auspex.netconfserver.SessionEnd.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One NETCONF session (RFC 6241 §3.2, §4) on a virtual thread of its own, which reads an rpc, answers it and reads the next:
 * what a peer sends ahead waits in its transport, whose flow control bounds it.
 *
 * <pre>
 * transport ─► decoder ─► processor ─► framed output ─► transport
 *                                          ▲ notifications, between messages
 * </pre>
 */
public final class NetconfSession {
    private static final Logger LOG = LoggerFactory.getLogger(NetconfSession.class);
    private static final int READ_BYTES = 16 << 10;
    private static final Duration MESSAGE_TIME = Duration.ofMinutes(2);

    private final long id;
    private final Principal principal;
    private final String transport;
    private final Duration idleTime;
    private final @Nullable String client;
    private final NetconfSessions sessions;
    private final SessionConfig config;
    private final RpcProcessor processor;
    private final InstantSource clock;
    private final Instant loginTime;
    private final MessageDecoder decoder = new MessageDecoder(Hello.MAX_BYTES);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ReentrantLock writing = new ReentrantLock();
    private final SessionFeeds feeds;
    private final RpcRate rate;
    private final AtomicInteger pushes = new AtomicInteger();
    final SessionCounters counters = new SessionCounters();
    private FramedOutput output = new FramedOutput(OutputStream.nullOutputStream());
    private volatile SessionState state;
    private volatile HangUp hangUp = _ -> {};
    private volatile @Nullable Instant messageDeadline;
    private volatile Instant lastActivity;
    private volatile boolean busy;

    NetconfSession(
            long id,
            Principal principal,
            String transport,
            Duration idleTime,
            @Nullable String client,
            NetconfSessions sessions,
            SessionConfig config,
            RpcProcessor processor,
            InstantSource clock) {
        this.id = id;
        this.principal = principal;
        this.transport = transport;
        this.idleTime = idleTime;
        this.client = client;
        this.sessions = sessions;
        this.config = config;
        this.processor = processor;
        this.clock = clock;
        this.loginTime = clock.instant();
        this.lastActivity = loginTime;
        var limits = config.limits();
        this.rate = new RpcRate(limits.rpcsPerSecond(), loginTime.toEpochMilli());
        this.feeds =
                new SessionFeeds("netconf-" + id + "-feed", limits.subscriptions(), this::notify, this::unwritable);
        this.state = SessionState.AwaitingHello.server(config.capabilities(), id, loginTime.plus(limits.helloTime()));
    }

    public long id() {
        return id;
    }

    public Principal principal() {
        return principal;
    }

    /** The identity of ietf-netconf-monitoring that names the transport. */
    public String transport() {
        return transport;
    }

    /** The client's name in the configuration, where the server has called it (RFC 8071). */
    public Optional<String> client() {
        return Optional.ofNullable(client);
    }

    public Instant loginTime() {
        return loginTime;
    }

    public SessionState state() {
        return state;
    }

    /** How its messages are delimited. */
    Framing framing() {
        return state instanceof SessionState.Ready ready ? ready.framing() : Framing.END_OF_MESSAGE;
    }

    /** Sends the hello and begins to serve; returns at once. */
    public void start(InputStream in, OutputStream out, HangUp end) {
        hangUp = end;
        output = new FramedOutput(config.tap().output(out));
        LOG.atInfo()
                .addKeyValue("session", id)
                .addKeyValue("user", principal.name())
                .addKeyValue("source", principal.source())
                .log("session opened");
        Thread.ofVirtual().name("netconf-" + id).start(() -> work(in));
    }

    /** Ends the session at once, whatever it is doing; may be called again and from any thread. */
    public void close(SessionEnd why) {
        end(why, true);
    }

    void checkDeadlines(Instant now) {
        if (state instanceof SessionState.AwaitingHello(var _, var _, var _, var deadline) && now.isAfter(deadline)) {
            sessions.badHellos.increment();
            close(new SessionEnd(
                    Reason.BAD_HELLO,
                    "no hello within " + config.limits().helloTime().toSeconds() + " s"));
        }
        if (state instanceof SessionState.Ready
                && !idleTime.isZero()
                && isIdle()
                && now.isAfter(lastActivity.plus(idleTime))) {
            close(new SessionEnd(Reason.TIMEOUT, "no rpc within " + idleTime.toSeconds() + " s"));
        }
        var until = messageDeadline;
        if (until != null && now.isAfter(until)) {
            close(new SessionEnd(Reason.TIMEOUT, "a message took longer than " + MESSAGE_TIME.toSeconds() + " s"));
        }
    }

    /** Neither in the middle of a message, nor waiting for a reply or a notification. */
    private boolean isIdle() {
        return messageDeadline == null && !busy && feeds.isEmpty() && pushes.get() == 0;
    }

    /** Writes one message, whole, with no other between its parts. */
    void send(MessageWriter message) throws IOException {
        writing.lock();
        try {
            message.write(output);
            output.endMessage();
        } finally {
            writing.unlock();
        }
    }

    /** Whether an rpc that arrives now may be done, as far as their rate goes. */
    boolean mayAsk() {
        return rate.take(clock.millis());
    }

    /** What it sends beside its replies. */
    SessionFeeds feeds() {
        return feeds;
    }

    private void notify(byte[] notification) throws IOException {
        send(out -> out.write(notification));
        counters.outNotifications.increment();
        sessions.counters.outNotifications.increment();
    }

    /** Begins to send what the client has not asked for on this session; as long as it does, the session is not idle. */
    public Push push() {
        return new Push();
    }

    /** Notifications that were not subscribed to on their session (RFC 8639 §2.5), sent by one thread at a time. */
    public final class Push implements NotificationFeed.Sink, AutoCloseable {
        private Push() {
            pushes.incrementAndGet();
        }

        @Override
        public void send(byte[] notification) throws IOException {
            if (ended.get()) {
                throw new IOException("session " + id + " has ended");
            }
            try {
                NetconfSession.this.notify(notification);
            } catch (IOException e) {
                unwritable(e);
                throw e;
            }
        }

        /** True when the session has ended. */
        public boolean isOver() {
            return ended.get();
        }

        /** To be called once. */
        @Override
        public void close() {
            pushes.decrementAndGet();
        }
    }

    private void unwritable(IOException e) {
        end(dropped("the peer cannot be written to: " + e.getMessage()), true);
    }

    /** Writes a message to an output whose framing and end are not its concern. */
    @FunctionalInterface
    interface MessageWriter {
        void write(FramedOutput out) throws IOException;
    }

    private void watch(boolean midMessage) {
        if (!midMessage) {
            messageDeadline = null;
        } else if (messageDeadline == null) {
            messageDeadline = clock.instant().plus(MESSAGE_TIME);
        }
    }

    private void work(InputStream in) {
        try {
            send(out -> out.write(Hello.ofServer(config.capabilities(), id).toBytes()));
            var buffer = new byte[READ_BYTES];
            while (!ended.get()) {
                var count = in.read(buffer);
                if (count < 0) {
                    end(dropped("the peer sends no more"), false);
                } else {
                    decoder.feed(buffer, 0, count);
                    answerAll();
                }
            }
        } catch (ProtocolException e) {
            var reason = state instanceof SessionState.Ready ? Reason.OTHER : Reason.BAD_HELLO;
            end(new SessionEnd(reason, String.valueOf(e.getMessage())), e.reason() == ProtocolException.Reason.FRAMING);
        } catch (IOException e) {
            end(dropped("the transport failed: " + e.getMessage()), true);
        } catch (InterruptedException e) {
            end(new SessionEnd(Reason.OTHER, "the session was interrupted"), true);
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("session", id).setCause(e).log("session broke");
            end(new SessionEnd(Reason.OTHER, "an internal fault"), true);
        }
    }

    /** Answers every message that is there as a whole. */
    private void answerAll() throws ProtocolException, IOException, InterruptedException {
        for (var message = next(); message.isPresent() && !ended.get(); message = next()) {
            messageDeadline = null;
            if (state instanceof SessionState.AwaitingHello awaiting) {
                greeted(awaiting, message.get());
            } else {
                answer(message.get());
            }
        }
        watch(decoder.isMidMessage() && state instanceof SessionState.Ready);
    }

    private Optional<byte[]> next() throws ProtocolException, IOException {
        try {
            return decoder.poll();
        } catch (ProtocolException e) {
            processor.refuse(e, this);
            throw e;
        }
    }

    private void greeted(SessionState.AwaitingHello awaiting, byte[] message) throws ProtocolException {
        try {
            if (MessageHead.peek(message, config.limits().xml()).kind() != Kind.HELLO) {
                awaiting.expect(Kind.RPC);
            }
            var ready = awaiting.ready(Hello.parse(message));
            decoder.switchTo(ready.framing(), config.limits().xml().messageBytes());
            switchOutput(ready);
            state = ready;
            sessions.started(this, ready.peer().has(ServerCapabilities.PRIVATE_CANDIDATE));
        } catch (ProtocolException e) {
            sessions.badHellos.increment();
            throw new ProtocolException(ProtocolException.Reason.FRAMING, "hello: " + e.getMessage());
        }
    }

    private void answer(byte[] message) throws ProtocolException, IOException, InterruptedException {
        busy = true;
        var goesOn = processor.answer(message, this);
        lastActivity = clock.instant();
        busy = false;
        if (!goesOn) {
            end(new SessionEnd(Reason.CLOSED, "the peer closed the session"), false);
        }
        feeds.replied();
    }

    private void switchOutput(SessionState.Ready ready) {
        writing.lock();
        try {
            output.switchTo(ready.framing());
        } finally {
            writing.unlock();
        }
    }

    private static SessionEnd dropped(String why) {
        return new SessionEnd(Reason.DROPPED, why);
    }

    private void end(SessionEnd why, boolean cut) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        var before = state;
        state = new SessionState.Closing(why.text());
        feeds.close();
        sessions.ended(this, why, before instanceof SessionState.Ready);
        if (cut && before instanceof SessionState.Ready) {
            sessions.dropped.increment();
        }
        LOG.atInfo()
                .addKeyValue("session", id)
                .addKeyValue("user", principal.name())
                .addKeyValue("reason", why.text())
                .log("session ended");
        hangUp.end(cut);
    }
}
