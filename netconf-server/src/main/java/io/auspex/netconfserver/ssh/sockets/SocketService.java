package io.auspex.netconfserver.ssh.sockets;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.Closeable;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.closeable.AbstractInnerCloseable;
import org.jspecify.annotations.Nullable;

/** Connections of one origin, accepted or made, which end with it. */
abstract sealed class SocketService extends AbstractInnerCloseable implements IoService
        permits SocketAcceptor, SocketConnector {
    private final IoHandler handler;
    private final WriteDeadlines deadlines;
    private final Map<Long, IoSession> sessions = new ConcurrentHashMap<>();
    private @Nullable IoServiceEventListener listener;

    SocketService(IoHandler handler, Duration writeTime, @Nullable IoServiceEventListener listener) {
        this.handler = handler;
        this.listener = listener;
        this.deadlines = new WriteDeadlines(writeTime, sessions.values());
    }

    /**
     * Takes over a socket; its thread is to be started.
     *
     * @param accepted the address that was listened at; null for a connection that was made here
     * @throws IOException the connection is over already, or this is closed; then the socket is closed too
     */
    final SocketSession connection(
            SocketChannel socket, @Nullable AttributeRepository context, @Nullable SocketAddress accepted)
            throws IOException {
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var session = new SocketSession(this, handler, socket, accepted);
            if (context != null) {
                session.setAttribute(AttributeRepository.class, context);
            }
            sessions.put(session.getId(), session);
            deadlines.watch();
            // whoever closed this may have looked at the sessions before this one was among them
            if (isClosing()) {
                session.close(true);
                throw new IOException("closed when the connection came");
            }
            return session;
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    final void closed(SocketSession session) {
        sessions.remove(session.getId());
    }

    @Override
    public final Map<Long, IoSession> getManagedSessions() {
        return Map.copyOf(sessions);
    }

    @Override
    protected final Closeable getInnerCloseable() {
        return builder().parallel(toString(), sessions.values()).build();
    }

    @Override
    protected void preClose() {
        deadlines.close();
        super.preClose();
    }

    @Override
    public final @Nullable IoServiceEventListener getIoServiceEventListener() {
        return listener;
    }

    @Override
    public final void setIoServiceEventListener(@Nullable IoServiceEventListener eventListener) {
        listener = eventListener;
    }
}
