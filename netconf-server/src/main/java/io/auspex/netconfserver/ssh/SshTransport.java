package io.auspex.netconfserver.ssh;

import io.auspex.access.Authenticator;
import io.auspex.netconfserver.Door;
import io.auspex.netconfserver.NetconfSessions;
import io.auspex.netconfserver.ssh.sockets.BlockingSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.jspecify.annotations.Nullable;

/** Serves NETCONF over SSH (RFC 6242) at any number of addresses, and to clients that it calls (RFC 8071). */
public final class SshTransport implements AutoCloseable {
    /** The client's name in the configuration, of a connection by which it was called. */
    static final AttributeKey<String> CLIENT = new AttributeKey<>();

    private static final Duration STOP_TIME = Duration.ofSeconds(5);

    private final Doors server;

    /** By the address that is listened at. */
    private final Map<SocketAddress, Supplier<SshEndpoint>> endpoints = new HashMap<>();

    /** A transport that does not listen yet. */
    public SshTransport(SshLimits limits, Authenticator authenticator, NetconfSessions sessions) {
        server = (Doors) ServerBuilder.builder().factory(Doors::new).build();
        server.setIoServiceFactoryFactory(BlockingSockets.within(limits.writeTime()));
        var connections = new Connections(limits);
        KeyPairProvider hostKeys =
                connection -> SshEndpoint.of(connection).hostKeys().get();
        server.setKeyPairProvider(hostKeys);
        server.addSessionListener(new Arrivals());
        new Logins(authenticator).apply(server);
        server.setChannelFactories(List.of(new NetconfOnly(limits.channels())));
        server.setGlobalRequestHandlers(List.of(NoMoreSessionsHandler.INSTANCE));
        server.setForwardingFilter(null);
        server.setAgentFactory(null);
        server.setShellFactory(null);
        server.setCommandFactory(null);
        server.setSubsystemFactories(List.of(new NetconfSubsystem(sessions)));
        server.addSessionListener(connections);
        server.setSessionFactory(new CountingSessions(server, connections));
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "Auspex");
        CoreModuleProperties.MAX_IDENTIFICATION_SIZE.set(server, 4 << 10);
        // done by the connections: the one thread that does it here waits for each peer to read why
        CoreModuleProperties.AUTH_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, limits.attempts());
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, limits.connectionsPerUser());
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, 2 * limits.channels());
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.WINDOW_SIZE.set(server, 1L << 20);
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, limits.writeTime());
        CoreModuleProperties.STOP_WAIT_TIME.set(server, STOP_TIME);
        server.start();
    }

    /**
     * Listens at one more address.
     *
     * @param endpoint asked for with each connection
     * @throws IOException the address cannot be bound
     */
    public synchronized Door listen(InetSocketAddress address, Supplier<SshEndpoint> endpoint) throws IOException {
        var before = server.bound();
        server.bind(address);
        var bound = new HashSet<>(server.bound());
        bound.removeAll(before);
        var at = (InetSocketAddress) bound.iterator().next();
        endpoints.put(at, endpoint);
        return new SshDoor(at, new InetSocketAddress(address.getAddress(), at.getPort()));
    }

    private synchronized @Nullable SshEndpoint endpoint(IoSession connection) {
        var called = called(connection);
        if (called != null) {
            return called.getAttribute(SshEndpoint.OF_CONNECTION);
        }
        var endpoint = endpoints.get(connection.getAcceptanceAddress());
        return endpoint == null ? null : endpoint.get();
    }

    private static @Nullable AttributeRepository called(IoSession connection) {
        return (AttributeRepository) connection.getAttribute(AttributeRepository.class);
    }

    /**
     * Opens a connection to a client and serves it until it is closed (RFC 8071 §4.1).
     *
     * @param client its name in the configuration
     * @param patience for the client to answer
     * @param answered told when it does
     * @return true when the client logged in
     * @throws IOException the client does not answer
     */
    public boolean call(
            String client, InetSocketAddress address, SshEndpoint endpoint, Duration patience, Runnable answered)
            throws IOException, InterruptedException {
        var connector = server.getIoServiceFactory().createConnector(server.getSessionFactory());
        try {
            var context =
                    AttributeRepository.ofAttributesMap(Map.of(SshEndpoint.OF_CONNECTION, endpoint, CLIENT, client));
            var connected = connector.connect(address, context, null);
            if (!connected.await(patience) || !connected.isConnected()) {
                throw new IOException("it does not answer", connected.getException());
            }
            answered.run();
            var closed = new CountDownLatch(1);
            var session = AbstractSession.getSession(connected.getSession());
            session.addCloseFutureListener(_ -> closed.countDown());
            closed.await();
            return session.isAuthenticated();
        } finally {
            connector.close(true);
        }
    }

    /** Cuts every connection, without a word; goes on listening. */
    public void cutConnections() {
        server.getActiveSessions().forEach(Connections::cut);
    }

    /** Stops listening and cuts every connection. */
    @Override
    public void close() throws IOException {
        server.close(true).await(STOP_TIME);
    }

    /** A server whose addresses come and go. */
    private static final class Doors extends SshServer {
        @Override
        public void start() {
            checkConfig();
            acceptor = createAcceptor();
            setupSessionTimeout(getSessionFactory());
        }

        void bind(SocketAddress address) throws IOException {
            acceptor.bind(address);
        }

        void unbind(SocketAddress address) {
            acceptor.unbind(address);
        }

        Set<SocketAddress> bound() {
            return Set.copyOf(acceptor.getBoundAddresses());
        }
    }

    /** @param bound as the system has it, which is not how it was asked for where that was all addresses */
    private final class SshDoor implements Door {
        private final SocketAddress bound;
        private final InetSocketAddress address;

        SshDoor(SocketAddress bound, InetSocketAddress address) {
            this.bound = bound;
            this.address = address;
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public void close() {
            synchronized (SshTransport.this) {
                server.unbind(bound);
                endpoints.remove(bound);
            }
        }
    }

    /** Tells each new connection what its endpoint is, before a word is said on it. */
    private final class Arrivals implements SessionListener {
        @Override
        public void sessionCreated(Session connection) {
            var endpoint = endpoint(connection.getIoSession());
            if (endpoint == null) {
                Connections.cut(connection);
                return;
            }
            connection.setAttribute(SshEndpoint.OF_CONNECTION, endpoint);
            var called = called(connection.getIoSession());
            if (called != null) {
                connection.setAttribute(CLIENT, called.getAttribute(CLIENT));
            }
            endpoint.algorithms().apply(connection);
        }
    }

    private record NetconfSubsystem(NetconfSessions sessions) implements SubsystemFactory {
        @Override
        public String getName() {
            return "netconf";
        }

        @Override
        public Command createSubsystem(ChannelSession channel) throws IOException {
            return NetconfChannel.open(channel, sessions);
        }
    }

    private static final class CountingSessions extends SessionFactory {
        private final Connections connections;

        CountingSessions(ServerFactoryManager server, Connections connections) {
            super(server);
            this.connections = connections;
        }

        @Override
        protected ServerSessionImpl doCreateSession(IoSession io) throws Exception {
            return new CountingSession(getServer(), io, connections);
        }
    }

    /** A connection that ends when its peer sends too much before the login. */
    private static final class CountingSession extends ServerSessionImpl {
        private final AtomicLong received = new AtomicLong();
        private final Connections connections;

        CountingSession(ServerFactoryManager server, IoSession io, Connections connections) throws Exception {
            super(server, io);
            this.connections = connections;
        }

        @Override
        public void messageReceived(Readable bytes) throws Exception {
            // the superclass's constructor may not have left this set when bytes already arrive
            if (connections != null && connections.isTooMuch(this, received.addAndGet(bytes.available()))) {
                Connections.cut(this);
                return;
            }
            super.messageReceived(bytes);
        }
    }
}
