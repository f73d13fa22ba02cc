package io.auspex.netconfserver.tls;

import io.auspex.netconfserver.Door;
import io.auspex.netconfserver.NetconfSessions;
import io.auspex.netconfserver.Strangers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves NETCONF over TLS (RFC 7589) at any number of addresses, and to clients that it calls (RFC 8071); every client shows a
 * certificate.
 */
public final class TlsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsServer.class);

    private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

    private final NetconfSessions sessions;
    private final TlsLimits limits;
    private final Strangers<TlsConnection> strangers;
    private final Set<TlsConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<TlsDoor> doors = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("netconf-tls-deadlines").factory());

    /** A server that does not listen yet. */
    public TlsServer(NetconfSessions sessions, TlsLimits limits) {
        this.sessions = sessions;
        this.limits = limits;
        this.strangers = new Strangers<>(limits.unauthenticated(), limits.unauthenticatedPerSource());
        var _ = watch.scheduleWithFixedDelay(this::checkDeadlines, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Listens at one more address.
     *
     * @param endpoint asked for with each connection
     * @throws IOException the address cannot be bound
     */
    public Door listen(InetSocketAddress address, Supplier<TlsEndpoint> endpoint) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        var waiting = Thread.ofVirtual().name("netconf-tls-door").start(() -> accept(socket, endpoint));
        var door = new TlsDoor(socket, waiting, new InetSocketAddress(address.getAddress(), socket.getLocalPort()));
        doors.add(door);
        return door;
    }

    private final class TlsDoor implements Door {
        private final ServerSocket socket;
        private final Thread waiting;
        private final InetSocketAddress address;

        TlsDoor(ServerSocket socket, Thread waiting, InetSocketAddress address) {
            this.socket = socket;
            this.waiting = waiting;
            this.address = address;
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        /** The system gives the address back when the thread that waits for connections has left. */
        @Override
        public void close() {
            doors.remove(this);
            try {
                socket.close();
                waiting.join(CLOSE_TIME);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("address", address).log("not closed: " + e.getMessage());
            }
        }
    }

    private void accept(ServerSocket door, Supplier<TlsEndpoint> endpoint) {
        while (!door.isClosed()) {
            try {
                var socket = door.accept();
                Thread.ofVirtual().name("netconf-tls").start(() -> serve(socket, endpoint.get(), null));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    LOG.atWarn().setCause(e).log("a connection could not be accepted");
                }
            }
        }
    }

    /**
     * Serves a connection, whoever has opened it, until it is closed (RFC 8071 §4 where this server has).
     *
     * @return true when a session was opened on it
     */
    private boolean serve(Socket socket, TlsEndpoint endpoint, @Nullable String client) {
        var connection = new TlsConnection(socket, limits);
        open.add(connection);
        try {
            for (var refused : strangers.arrived(connection, source(socket))) {
                LOG.atWarn().addKeyValue("peer", refused.peer()).log("too many connections without a login");
                refused.cut();
            }
            var session = connection.login(endpoint, client, sessions);
            strangers.left(connection);
            if (session.isPresent()) {
                connection.serve(session.get());
                return true;
            }
        } catch (IOException e) {
            LOG.atInfo().addKeyValue("peer", connection.peer()).log("connection ended: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            strangers.left(connection);
            open.remove(connection);
            connection.cut();
        }
        return false;
    }

    /**
     * Opens a connection to a client and serves it (RFC 8071 §4.1).
     *
     * @param client its name in the configuration
     * @param patience for the client to answer
     * @param answered told when it does
     * @return true when a session was opened on it
     * @throws IOException the client does not answer
     */
    public boolean call(
            String client, InetSocketAddress address, TlsEndpoint endpoint, Duration patience, Runnable answered)
            throws IOException {
        var socket = new Socket();
        try {
            socket.connect(address, (int) patience.toMillis());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        answered.run();
        return serve(socket, endpoint, client);
    }

    private static InetAddress source(Socket socket) {
        var address = socket.getInetAddress();
        return address == null ? InetAddress.getLoopbackAddress() : address;
    }

    private void checkDeadlines() {
        open.stream().filter(TlsConnection::isOverdue).forEach(TlsConnection::cut);
    }

    /** Stops listening and cuts every connection. */
    @Override
    public void close() {
        doors.forEach(TlsDoor::close);
        watch.shutdownNow();
        open.forEach(TlsConnection::cut);
    }
}
