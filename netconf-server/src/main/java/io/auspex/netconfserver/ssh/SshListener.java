package io.auspex.netconfserver.ssh;

import io.auspex.access.Authenticator;
import io.auspex.netconfserver.NetconfSessions;
import io.auspex.netconfserver.ssh.sockets.BlockingSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;
import org.apache.sshd.server.subsystem.SubsystemFactory;

/** Listens for NETCONF over SSH (RFC 6242). */
public final class SshListener implements AutoCloseable {
    private static final Duration CALL_TIME = Duration.ofSeconds(10);

    private final SshServer server;

    private SshListener(SshServer server) {
        this.server = server;
    }

    /**
     * Begins to listen.
     *
     * @throws IOException the address cannot be bound
     */
    public static SshListener start(SshConfig config, Authenticator authenticator, NetconfSessions sessions)
            throws IOException {
        var server = SshServer.setUpDefaultServer();
        var limits = config.limits();
        var connections = new Connections(limits);
        server.setIoServiceFactoryFactory(BlockingSockets.within(limits.writeTime()));
        server.setHost(config.host());
        server.setPort(config.port());
        KeyPairProvider hostKeys = _ -> config.hostKeys().get();
        server.setKeyPairProvider(hostKeys);
        config.algorithms().apply(server);
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
        CoreModuleProperties.AUTH_TIMEOUT.set(server, limits.loginTime());
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, limits.attempts());
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, limits.connectionsPerUser());
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, 2 * limits.channels());
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.WINDOW_SIZE.set(server, 1L << 20);
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, limits.writeTime());
        CoreModuleProperties.STOP_WAIT_TIME.set(server, Duration.ofSeconds(5));
        server.start();
        return new SshListener(server);
    }

    /** The port that is listened on. */
    public int port() {
        return server.getPort();
    }

    /**
     * Opens a connection to a client and serves it until it is closed (RFC 8071 §4.1).
     *
     * @return true when the client logged in
     * @throws IOException the client does not answer
     */
    public boolean call(InetSocketAddress client) throws IOException, InterruptedException {
        var connector = server.getIoServiceFactory().createConnector(server.getSessionFactory());
        try {
            var connected = connector.connect(client, null, null);
            if (!connected.await(CALL_TIME) || !connected.isConnected()) {
                throw new IOException(client + " does not answer", connected.getException());
            }
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
        server.getActiveSessions().forEach(s -> s.close(true));
    }

    /** Stops listening and cuts every connection. */
    @Override
    public void close() throws IOException {
        server.stop(true);
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
                close(true);
                return;
            }
            super.messageReceived(bytes);
        }
    }
}
