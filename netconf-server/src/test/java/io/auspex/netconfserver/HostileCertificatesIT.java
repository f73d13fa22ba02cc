package io.auspex.netconfserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auspex.access.certificate.CertificateLogins;
import io.auspex.access.certificate.CertificateNames;
import io.auspex.access.certificate.TestCa;
import io.auspex.access.certificate.TrustAnchors;
import io.auspex.netconfserver.tls.TlsEndpoint;
import io.auspex.netconfserver.tls.TlsLimits;
import io.auspex.netconfserver.tls.TlsServer;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.schema.ModelLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A112: who may not open a session over TLS does not, whatever it shows; certificates are judged as in the shipped server. */
class HostileCertificatesIT {
    private static final String HELLO = "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities>"
            + "<capability>urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>]]>]]>";

    /** A ClientHello with one cipher suite and no extensions, of TLS 1.0; byte 10 is its minor version. */
    private static final String OLD_HELLO =
            "16030100 2d 010000 29 0301" + "00".repeat(32) + "00" + "0002 002f" + "01 00";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final NetconfSessions sessions = new NetconfSessions(
            new RecordingManagement(),
            SessionConfig.of(ServerCapabilities.of(ExampleData.MODEL, "1")),
            InstantSource.system());
    private final TestCertificates identity = TestCertificates.of("server");
    private final TestCa ca = new TestCa("CN=Operator CA");
    private final TestCa.Identity revoked = ca.issue("CN=revoked");

    @SuppressWarnings("NullAway.Init")
    private TlsServer server;

    private int port;

    HostileCertificatesIT() throws Exception {}

    @BeforeEach
    void start() throws Exception {
        var anchors = TrustAnchors.read(
                ca.write(folder.resolve("ca.pem")), ca.revoke(folder.resolve("crl.pem"), revoked.certificate()));
        var model = ModelLoader.loadOnly(Set.of("auspex-access"));
        var print = HexFormat.ofDelimiter(":")
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(ca.certificate().getEncoded()));
        var running = new JsonReader(model, InputLimits.DEFAULT)
                .readRoot(new ByteArrayInputStream(
                        ("{\"auspex-access:client-certificates\":{\"cert-to-name\":[{\"id\":1,\"fingerprint\":\"04:"
                                        + print + "\",\"map-type\":\"ietf-x509-cert-to-name:common-name\"}]}}")
                                .getBytes(UTF_8)));
        var logins = new CertificateLogins(
                () -> anchors, new CertificateNames(model, () -> running), _ -> {}, InstantSource.system());
        var endpoint = new TlsEndpoint(
                TlsEndpoint.identity(identity.keys().getPrivate(), List.of(identity.certificate())),
                logins::authenticate,
                Duration.ofHours(1));
        server = new TlsServer(sessions, new TlsLimits(9, 9, Duration.ofSeconds(6), Duration.ofSeconds(6)));
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> endpoint)
                .address()
                .getPort();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        sessions.close();
    }

    private SSLSocket connect(TestCa.Identity client, String protocol) throws Exception {
        var keys = new KeyPair(client.certificate().getPublicKey(), client.key());
        var context = new TestCertificates(keys, client.certificate()).client(identity.certificate());
        var tls = (SSLSocket) context.getSocketFactory()
                .createSocket(new Socket(InetAddress.getLoopbackAddress(), port), "server", port, true);
        tls.setSoTimeout(20_000);
        tls.setEnabledProtocols(new String[] {protocol});
        tls.startHandshake();
        return tls;
    }

    /** What a client hears before anything else; nothing when its connection is ended. */
    private String heard(TestCa.Identity client) throws Exception {
        try (var tls = connect(client, "TLSv1.3")) {
            var buffer = new byte[4096];
            var count = tls.getInputStream().read(buffer);
            return count < 0 ? "" : new String(buffer, 0, count, UTF_8);
        } catch (IOException _) {
            return "";
        }
    }

    @Test
    void A112_onlyACertificateThatLeadsToTheTrustAnchorOpensASession() throws Exception {
        // Given
        var expired = ca.issue("CN=expired", Duration.ofHours(-1));
        var foreign = new TestCa("CN=Operator CA").issue("CN=foreign");
        var own = TestCertificates.of("self");
        // Then
        assertThat(heard(ca.issue("CN=ann"))).contains("<hello");
        assertThat(sessions.opened.sum()).isEqualTo(1);
        assertThat(heard(expired)).isEmpty();
        assertThat(heard(revoked)).isEmpty();
        assertThat(heard(foreign)).isEmpty();
        assertThat(heard(new TestCa.Identity(own.certificate(), own.keys().getPrivate())))
                .isEmpty();
        assertThat(sessions.opened.sum()).isEqualTo(1);
    }

    @Test
    void A112_aCertificateThatMakesNoNameOpensNone() throws Exception {
        // Given
        var nameless = ca.issue("O=Example");
        // Then
        assertThat(heard(nameless)).isEmpty();
        assertThat(sessions.opened.sum()).isZero();
    }

    @Test
    void A112_tls10AndTls11AreRefusedByTheirVersion() throws Exception {
        for (var minor : new byte[] {1, 2}) {
            var hello = HexFormat.of().parseHex(OLD_HELLO.replace(" ", ""));
            hello[10] = minor;
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(20_000);
                // When
                socket.getOutputStream().write(hello);
                // Then: alert, fatal, protocol_version (RFC 5246 §7.2)
                var alert = socket.getInputStream().readNBytes(7);
                assertThat(alert[0]).isEqualTo((byte) 21);
                assertThat(alert[5]).isEqualTo((byte) 2);
                assertThat(alert[6]).isEqualTo((byte) 70);
            }
        }
        assertThat(sessions.opened.sum()).isZero();
    }

    @Test
    void A112_aSecondHandshakeEndsTheSession() throws Exception {
        // Given
        try (var tls = connect(ca.issue("CN=ann"), "TLSv1.2")) {
            tls.getOutputStream().write(HELLO.getBytes(UTF_8));
            await().untilAsserted(() -> assertThat(sessions.all()).hasSize(1));
            // When
            tls.startHandshake();
            Thread.ofVirtual().start(() -> {
                try {
                    tls.getInputStream().readAllBytes();
                } catch (IOException _) {
                    // that is what is waited for
                }
            });
            // Then
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(sessions.all()).isEmpty());
        }
    }
}
