package io.auspex.netconfserver;

import io.auspex.access.Authentication;
import io.auspex.access.Authenticator;
import io.auspex.access.Principal;
import io.auspex.access.keystore.AsymmetricKey;
import io.auspex.access.keystore.BuiltIns;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.netconfserver.configuration.NetconfDefaults;
import io.auspex.netconfserver.configuration.NetconfServerConfiguration;
import io.auspex.netconfserver.configuration.NetconfServerState;
import io.auspex.netconfserver.ssh.HostKeys;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import io.auspex.netconfserver.ssh.SshLimits;
import io.auspex.netconfserver.ssh.SshTransport;
import io.auspex.netconfserver.tls.TlsLimits;
import io.auspex.netconfserver.tls.TlsServer;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.Placed;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;

/** A NETCONF server that is what a datastore says, on real sockets; it listens for SSH on the loopback by default. */
final class ServerConfigurationFixture implements AutoCloseable {
    private static final ModelContext MODEL = ModelLoader.loadOnly(Set.of(
            "ietf-netconf-server",
            "auspex-netconf-server",
            "auspex-netconf-server-deviations",
            "ietf-keystore",
            "ietf-truststore"));

    final KeyPair hostKey = HostKeys.generate();
    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());
    private final NetconfSessions sessions = new NetconfSessions(
            new RecordingManagement(),
            SessionConfig.of(ServerCapabilities.of(ExampleData.MODEL, "1")),
            InstantSource.system());
    private final SshClient client = SshClient.setUpDefaultClient();
    private final NetconfServerConfiguration server;

    ServerConfigurationFixture() throws IOException {
        this(0, "{}");
    }

    /** A server that starts with a running configuration. */
    ServerConfigurationFixture(int defaultPort, String running) throws IOException {
        var builtIns = new BuiltIns(MODEL, () -> Map.of("ssh-host", AsymmetricKey.ofSsh(hostKey)), Map::of);
        server = new NetconfServerConfiguration(
                new NetconfDefaults(
                        builtIns,
                        new InetSocketAddress("127.0.0.1", defaultPort),
                        SshAlgorithms.STRICT,
                        null,
                        List.of(),
                        List.of()),
                builtIns,
                (anchors, names) -> (sent, source) -> {
                    try {
                        var path = anchors.path(sent, java.time.Instant.now());
                        return names.user(path)
                                .<Authentication>map(
                                        u -> new Authentication.Accepted(new Principal(u, Set.of(), source)))
                                .orElseGet(Authentication.Rejected::new);
                    } catch (java.security.GeneralSecurityException _) {
                        return new Authentication.Rejected();
                    }
                },
                datastores::running,
                new SshTransport(SshLimits.DEFAULT, new Anybody(), sessions),
                new TlsServer(sessions, TlsLimits.DEFAULT),
                InstantSource.system());
        datastores.provide(new NetconfServerState(MODEL, server));
        try {
            configure(running);
        } catch (YangException e) {
            throw new IllegalArgumentException(e);
        }
        datastores.listen(server);
        server.start();
        client.setServerKeyVerifier((_, _, key) -> key.equals(hostKey.getPublic()));
        client.start();
    }

    /** Makes a configuration the running one; it may have ' for ". */
    void configure(String json) throws YangException {
        try {
            var root = new JsonReader(MODEL, InputLimits.DEFAULT)
                    .readRoot(new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
            datastores.commit(new Edit(Operation.REPLACE, DataPath.root(MODEL.root()), root));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    int defaultPort() {
        return server.addresses(true).getFirst().getPort();
    }

    private static Placed state(Placed parent, String list, String name, String state) {
        return parent.entries(list).stream()
                .filter(e -> e.text("name").equals(name))
                .findFirst()
                .flatMap(e -> e.inner(state))
                .orElseThrow();
    }

    private Placed operational() {
        return Placed.root(datastores.operational())
                .top("ietf-netconf-server", "netconf-server")
                .orElseThrow();
    }

    /** The container listener of an endpoint in the operational datastore. */
    Placed listener(String endpoint) {
        return state(operational().inner("listen", "endpoints").orElseThrow(), "endpoint", endpoint, "listener");
    }

    /** The container connection of a client that is called. */
    Placed connection(String called) {
        return state(operational().inner("call-home").orElseThrow(), "netconf-client", called, "connection");
    }

    /** Whether somebody can log in over SSH there. */
    boolean letsIn(int port) {
        try (var connection = client.connect(
                        "alice", InetAddress.getLoopbackAddress().getHostAddress(), port)
                .verify(5_000)
                .getSession()) {
            connection.addPasswordIdentity("any");
            connection.auth().verify(10_000);
            return connection.isAuthenticated();
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether a session over SSH there is ended when it asks nothing, within twenty seconds. */
    boolean endsWhoIsIdle(int port) throws IOException {
        try (var connection = client.connect(
                        "alice", InetAddress.getLoopbackAddress().getHostAddress(), port)
                .verify(5_000)
                .getSession()) {
            connection.addPasswordIdentity("any");
            connection.auth().verify(10_000);
            try (var channel = connection.createSubsystemChannel("netconf")) {
                channel.setOut(OutputStream.nullOutputStream());
                channel.open().verify(5_000);
                channel.getInvertedIn()
                        .write(("<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities>"
                                        + "<capability>urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>]]>]]>")
                                .getBytes(StandardCharsets.UTF_8));
                channel.getInvertedIn().flush();
                return !channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), 20_000)
                        .contains(ClientChannelEvent.TIMEOUT);
            }
        }
    }

    @Override
    public void close() throws IOException {
        client.stop();
        server.close();
        sessions.close();
        datastores.close();
    }

    private static final class Anybody implements Authenticator {
        @Override
        public Authentication authenticate(String user, byte[] password, String source) {
            return new Authentication.Accepted(new Principal(user, Set.of(), source));
        }

        @Override
        public Authentication authenticateKey(String user, byte[] keyData, String source) {
            return new Authentication.Rejected();
        }
    }
}
