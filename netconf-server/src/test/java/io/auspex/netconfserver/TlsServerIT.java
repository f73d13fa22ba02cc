package io.auspex.netconfserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.access.Authentication;
import io.auspex.access.Principal;
import io.auspex.netconfserver.tls.TlsEndpoint;
import io.auspex.netconfserver.tls.TlsLimits;
import io.auspex.netconfserver.tls.TlsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** NETCONF over TLS (RFC 7589) on real sockets, called by clients and calling them (RFC 8071). */
class TlsServerIT {
    private static final String HELLO = "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities>"
            + "<capability>urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>]]>]]>";
    private static final String GET =
            "<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id='1'><get/></rpc>]]>]]>";
    private static final TlsLimits LIMITS = new TlsLimits(4, 2, Duration.ofSeconds(6), Duration.ofSeconds(6));

    private final RecordingManagement management = new RecordingManagement();
    private final NetconfSessions sessions = new NetconfSessions(
            management, SessionConfig.of(ServerCapabilities.of(ExampleData.MODEL, "1")), InstantSource.system());
    private final TestCertificates alice = TestCertificates.of("alice");
    private final TestCertificates mallory = TestCertificates.of("mallory");
    private volatile TestCertificates identity = TestCertificates.of("server");

    @SuppressWarnings("NullAway.Init")
    private TlsServer server;

    private int port;

    TlsServerIT() throws Exception {}

    @BeforeEach
    void start() throws Exception {
        server = new TlsServer(sessions, LIMITS);
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::endpoint)
                .address()
                .getPort();
    }

    private TlsEndpoint endpoint() {
        try {
            return new TlsEndpoint(
                    TlsEndpoint.identity(identity.keys().getPrivate(), List.of(identity.certificate())),
                    (sent, source) -> sent.getFirst().equals(alice.certificate())
                            ? new Authentication.Accepted(new Principal("alice", Set.of(), source))
                            : new Authentication.Rejected(),
                    Duration.ofHours(1));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        sessions.close();
    }

    private SSLSocket connect(TestCertificates client) throws Exception {
        return secure(client, new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private SSLSocket secure(TestCertificates client, Socket socket) throws Exception {
        SSLContext context = client.client(identity.certificate());
        socket.setSoTimeout(20_000);
        var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "server", port, true);
        tls.startHandshake();
        return tls;
    }

    /** What the server says to a hello and a get, up to the end of the reply. */
    private static String talk(SSLSocket tls) throws IOException {
        tls.getOutputStream().write((HELLO + GET).getBytes(UTF_8));
        var heard = new StringBuilder();
        var buffer = new byte[4096];
        for (var count = tls.getInputStream().read(buffer);
                count >= 0;
                count = tls.getInputStream().read(buffer)) {
            heard.append(new String(buffer, 0, count, UTF_8));
            if (heard.indexOf("</rpc-reply>") >= 0) {
                return heard.toString();
            }
        }
        return heard.toString();
    }

    @Test
    void aKnownCertificateOpensASession() throws Exception {
        try (var tls = connect(alice)) {
            assertThat(talk(tls)).contains("<session-id>1</session-id>").contains("<data>");
            assertThat(management.callers).containsOnly("alice");
            assertThat(sessions.all()).extracting(NetconfSession::transport).containsExactly("netconf-tls");
        }
        await().untilAsserted(() -> assertThat(sessions.all()).isEmpty());
    }

    @Test
    void A112_anUnknownCertificateOpensNone() throws Exception {
        try (var tls = connect(mallory)) {
            assertThat(tls.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(sessions.opened.sum()).isZero();
    }

    @Test
    void A112_oldProtocolsAndClientsWithoutCertificateAreRefused() throws Exception {
        assertThatThrownBy(() -> {
                    var bare = SSLContext.getInstance("TLS");
                    bare.init(null, new javax.net.ssl.TrustManager[] {}, null);
                    try (var tls = (SSLSocket) bare.getSocketFactory().createSocket("127.0.0.1", port)) {
                        tls.setSoTimeout(20_000);
                        tls.startHandshake();
                        tls.getInputStream().read();
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(sessions.opened.sum()).isZero();
    }

    @Test
    void aNewCertificateIsInForceForTheNextConnection() throws Exception {
        try (var before = connect(alice)) {
            // When
            identity = TestCertificates.of("renewed");
            // Then
            try (var after = connect(alice)) {
                assertThat(talk(after)).contains("<data>");
            }
            assertThat(talk(before)).contains("<data>");
        }
    }

    @Test
    void A51_whoDoesNotFinishTheHandshakeIsDisconnected() throws Exception {
        try (var silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
            silent.setSoTimeout(20_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
        try (var tls = connect(alice)) {
            assertThat(talk(tls)).contains("<data>");
        }
    }

    @Test
    void theServerCallsHomeAndAgainWhenTheConnectionEnds() throws Exception {
        try (var client = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                var home = new CallHome(
                        Calls.plan(client.getLocalPort()),
                        (_, patience, answered) -> server.call(
                                "oss",
                                (InetSocketAddress) client.getLocalSocketAddress(),
                                endpoint(),
                                patience,
                                answered),
                        Calls.SHORT,
                        InstantSource.system())) {
            client.setSoTimeout(20_000);
            for (var call = 1; call <= 2; call++) {
                try (var tls = secure(alice, client.accept())) {
                    assertThat(talk(tls)).contains("<session-id>" + call + "</session-id>");
                }
            }
        }
    }
}
