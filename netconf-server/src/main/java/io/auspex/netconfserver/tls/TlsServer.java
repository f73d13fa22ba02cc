package io.auspex.netconfserver.tls;

import io.auspex.netconfserver.NetconfSessions;
import io.auspex.netconfserver.Strangers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves NETCONF over TLS (RFC 7589); every client shows a certificate. */
public final class TlsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsServer.class);

    private final Supplier<SSLContext> identity;
    private final ClientCheck clients;
    private final NetconfSessions sessions;
    private final TlsLimits limits;
    private final Strangers<TlsConnection> strangers;
    private final Set<TlsConnection> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServerSocket door;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("netconf-tls-deadlines").factory());

    /**
     * A server that does not listen yet.
     *
     * @param identity the server's certificate, asked for with each connection
     */
    public TlsServer(Supplier<SSLContext> identity, ClientCheck clients, NetconfSessions sessions, TlsLimits limits) {
        this.identity = identity;
        this.clients = clients;
        this.sessions = sessions;
        this.limits = limits;
        this.strangers = new Strangers<>(limits.unauthenticated(), limits.unauthenticatedPerSource());
        var _ = watch.scheduleWithFixedDelay(this::checkDeadlines, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Begins to listen; called once.
     *
     * @return the port
     * @throws IOException the address cannot be bound
     */
    public int listen(InetSocketAddress address) throws IOException {
        var opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(address);
        door = opened;
        Thread.ofVirtual().name("netconf-tls-door").start(() -> accept(opened));
        return opened.getLocalPort();
    }

    private void accept(ServerSocket door) {
        while (!door.isClosed()) {
            try {
                var socket = door.accept();
                Thread.ofVirtual().name("netconf-tls").start(() -> serve(socket));
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
    public boolean serve(Socket socket) {
        var connection = new TlsConnection(socket, limits);
        open.add(connection);
        try {
            for (var refused : strangers.arrived(connection, source(socket))) {
                LOG.atWarn().addKeyValue("peer", refused.peer()).log("too many connections without a login");
                refused.cut();
            }
            var session = connection.login(identity.get(), clients, sessions);
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
     * @return true when a session was opened on it
     * @throws IOException the client does not answer
     */
    public boolean call(InetSocketAddress client) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(client, (int) limits.loginTime().toMillis());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return serve(socket);
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
    public void close() throws IOException {
        var opened = door;
        if (opened != null) {
            opened.close();
        }
        watch.shutdownNow();
        open.forEach(TlsConnection::cut);
    }
}
