package io.auspex.netconfserver.ssh.sockets;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.jspecify.annotations.Nullable;

/** Listens, and starts a virtual thread for each connection that comes. */
final class SocketAcceptor extends SocketService implements IoAcceptor {
    private static final int BACKLOG = 256;
    private static final long PAUSE_MILLIS = 100;
    private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

    private final Map<SocketAddress, Listening> bound = new ConcurrentHashMap<>();

    SocketAcceptor(IoHandler handler, Duration writeTime, @Nullable IoServiceEventListener listener) {
        super(handler, writeTime, listener);
    }

    @Override
    public void bind(Collection<? extends SocketAddress> addresses) throws IOException {
        for (var address : addresses) {
            bind(address);
        }
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        var server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, BACKLOG);
            var local = server.getLocalAddress();
            var waiting = Thread.ofVirtual().name("netconf-accept").unstarted(() -> accept(server, local));
            bound.put(local, new Listening(server, waiting));
            waiting.start();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void accept(ServerSocketChannel server, SocketAddress at) {
        while (server.isOpen()) {
            try {
                begin(server.accept(), at);
            } catch (ClosedChannelException _) {
                return;
            } catch (Throwable e) {
                log.warn("a connection cannot be accepted", e);
                pause();
            }
        }
    }

    private void begin(SocketChannel socket, SocketAddress at) {
        try {
            var session = connection(socket, null, at);
            Thread.ofVirtual().name("netconf-connection").start(session::run);
        } catch (IOException e) {
            log.debug("a connection was over before it began", e);
        }
    }

    /** Not to spin while the process has no file descriptor left. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void unbind() {
        unbind(List.copyOf(bound.keySet()));
    }

    @Override
    public void unbind(Collection<? extends SocketAddress> addresses) {
        addresses.forEach(this::unbind);
    }

    @Override
    public void unbind(SocketAddress address) {
        var listening = bound.remove(address);
        if (listening != null) {
            try {
                listening.close();
            } catch (IOException e) {
                log.warn("{} cannot be closed: {}", address, e.getMessage());
            }
        }
    }

    /** The system gives the address back when the thread that waits for connections has left. */
    private record Listening(ServerSocketChannel server, Thread waiting) {
        void close() throws IOException {
            server.close();
            try {
                waiting.join(CLOSE_TIME);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Set<SocketAddress> getBoundAddresses() {
        return Set.copyOf(bound.keySet());
    }

    @Override
    protected void preClose() {
        unbind();
        super.preClose();
    }
}
