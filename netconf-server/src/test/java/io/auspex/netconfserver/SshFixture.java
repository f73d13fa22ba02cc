package io.auspex.netconfserver;

import io.auspex.access.Authentication;
import io.auspex.access.Authenticator;
import io.auspex.access.Principal;
import io.auspex.netconfserver.ssh.HostKeys;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import io.auspex.netconfserver.ssh.SshEndpoint;
import io.auspex.netconfserver.ssh.SshLimits;
import io.auspex.netconfserver.ssh.SshTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/** A server on a real SSH socket; user {@code alice}, password {@code right}, and a client for it. */
final class SshFixture implements AutoCloseable {
    static final String USER = "alice";
    static final String PASSWORD = "right";

    final KeyPair hostKey = HostKeys.generate();
    final KeyPair userKey = HostKeys.generate();
    final List<String> proven = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    final RecordingManagement management = new RecordingManagement();
    final NetconfSessions sessions;
    final SshTransport transport;
    private final SshAlgorithms algorithms;
    private final Door door;
    final SshClient client = SshClient.setUpDefaultClient();

    SshFixture() throws IOException {
        this(SshLimits.DEFAULT, SshAlgorithms.STRICT);
    }

    SshFixture(SshLimits limits, SshAlgorithms algorithms) throws IOException {
        sessions = new NetconfSessions(
                management, SessionConfig.of(ServerCapabilities.of(ExampleData.MODEL, "1")), InstantSource.system());
        this.algorithms = algorithms;
        transport = new SshTransport(limits, new Alice(), sessions);
        door = transport.listen(new InetSocketAddress("127.0.0.1", 0), this::endpoint);
        client.setServerKeyVerifier((_, _, key) -> key.equals(hostKey.getPublic()));
        CoreModuleProperties.REQUEST_SHELL_REPLY.set(client, true);
        CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, true);
        client.start();
    }

    SshEndpoint endpoint() {
        return new SshEndpoint(() -> List.of(hostKey), algorithms, Duration.ofHours(1));
    }

    int port() {
        return door.address().getPort();
    }

    /** A connection that has not logged in. */
    ClientSession connect(String user) throws IOException {
        return client.connect(user, "127.0.0.1", port()).verify(10_000).getSession();
    }

    /** A connection that is logged in. */
    ClientSession login() throws IOException {
        var connection = connect(USER);
        connection.addPasswordIdentity(PASSWORD);
        connection.auth().verify(10_000);
        return connection;
    }

    @Override
    public void close() throws IOException {
        client.stop();
        sessions.close();
        transport.close();
    }

    private final class Alice implements Authenticator {
        @Override
        public Authentication authenticate(String user, byte[] password, String source) {
            return decide(user, Arrays.equals(password, PASSWORD.getBytes(StandardCharsets.UTF_8)), source);
        }

        @Override
        public Authentication authenticateKey(String user, byte @Nullable [] keyData, String source) {
            var known = new ByteArrayBuffer();
            known.putRawPublicKey(userKey.getPublic());
            return decide(user, Arrays.equals(keyData, known.getCompactData()), source);
        }

        @Override
        public void provedKey(String user, byte[] keyData, String source) {
            proven.add(user);
        }

        @Override
        public void refusedKeys(String user, List<byte[]> keys, String source) {
            refused.add(user + " " + keys.size());
        }

        private static Authentication decide(String user, boolean right, String source) {
            return right && user.equals(USER)
                    ? new Authentication.Accepted(new Principal(user, Set.of(), source))
                    : new Authentication.Rejected();
        }
    }
}
