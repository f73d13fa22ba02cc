package io.auspex.restconfserver.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.access.certificate.TestCa;
import io.auspex.restconfserver.http.HttpHandler;
import io.auspex.restconfserver.http.HttpLimits;
import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.HttpRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS at the door: which clients come in, and what the server shows them. */
@Timeout(60)
class TlsTest {
    /** Answers with the subject of the client's certificate. */
    private static final HttpHandler WHO = new HttpHandler() {
        @Override
        public HttpReply handle(HttpRequest request) {
            var names = request.peer().certificates().stream()
                    .map(c -> c.getSubjectX500Principal().getName())
                    .toList();
            return new HttpReply.Whole(200, List.of(), names.toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public HttpReply refuse(int status, String accept, String message) {
            return new HttpReply.Empty(status, List.of());
        }
    };

    @TempDir
    private Path folder;

    private TestCa serverCa;
    private TestCa clientCa;
    private HttpServer server;
    private InetSocketAddress address;

    @BeforeEach
    void listen() throws Exception {
        serverCa = new TestCa("CN=Server CA");
        clientCa = new TestCa("CN=Client CA");
        serverCertificate("CN=first");
        clientCa.write(folder.resolve("clients.pem"));
        server = new HttpServer(WHO, HttpLimits.DEFAULT, 1 << 20, 1);
        address = server.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new TlsFiles(folder.resolve("server.pem"), folder.resolve("server.key"))
                        .withClients(folder.resolve("clients.pem"), null));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void serverCertificate(String subject) throws Exception {
        serverCa.issue(subject, new GeneralName(GeneralName.iPAddress, "127.0.0.1"))
                .write(folder, "server");
    }

    private SSLSocket connect(TestCa.@Nullable Identity client) throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", serverCa.certificate());
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(
                // A client that is asked for a certificate of other CAs would show none; this one shows what it has.
                new KeyManager[] {new Stubborn(client)}, trust.getTrustManagers(), null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Shows its certificate to anyone. */
    private static final class Stubborn extends X509ExtendedKeyManager {
        private final TestCa.@Nullable Identity own;

        Stubborn(TestCa.@Nullable Identity own) {
            this.own = own;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return own == null ? null : "own";
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {Objects.requireNonNull(own).certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return Objects.requireNonNull(own).key();
        }
    }

    private String ask(TestCa.@Nullable Identity client) throws Exception {
        try (var socket = connect(client)) {
            return ask(socket);
        }
    }

    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void aClientWithoutCertificateIsServedAndKnownToHaveNone() throws Exception {
        assertThat(ask((TestCa.Identity) null)).endsWith("\r\n[]");
    }

    @Test
    void theCertificateOfAClientIsKnown() throws Exception {
        assertThat(ask(clientCa.issue("CN=Ann"))).endsWith("\r\n[CN=Ann]");
    }

    @Test
    void aCertificateOfAnotherCaIsRefusedInTheHandshake() throws Exception {
        var stranger = new TestCa("CN=Client CA").issue("CN=Ann");
        assertThatThrownBy(() -> ask(stranger)).isInstanceOf(IOException.class);
    }

    @Test
    void anExpiredCertificateIsRefusedInTheHandshake() throws Exception {
        var expired = clientCa.issue("CN=Ann", Duration.ofMinutes(-30));
        assertThatThrownBy(() -> ask(expired)).isInstanceOf(IOException.class);
    }

    @Test
    void aSelfSignedCertificateIsRefusedInTheHandshake() throws Exception {
        var self = new TestCa("CN=Ann");
        var ann = new TestCa.Identity(self.certificate(), self.issue("CN=x").key());
        assertThatThrownBy(() -> ask(ann)).isInstanceOf(IOException.class);
    }

    @Test
    void tls11IsNotSpoken() throws Exception {
        try (var socket = connect(null)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatThrownBy(() -> ask(socket)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void tls12IsSpoken() throws Exception {
        try (var socket = connect(clientCa.issue("CN=Ann"))) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThat(ask(socket)).endsWith("\r\n[CN=Ann]");
        }
    }

    @Test
    void newCertificatesAndAnchorsCountWithoutARestart() throws Exception {
        // Given
        var other = new TestCa("CN=Other clients");
        assertThatThrownBy(() -> ask(other.issue("CN=Bob"))).isInstanceOf(IOException.class);
        // When
        serverCertificate("CN=second");
        other.write(folder.resolve("clients.new"));
        Files.move(folder.resolve("clients.new"), folder.resolve("clients.pem"), StandardCopyOption.REPLACE_EXISTING);
        // Then
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    try (var socket = connect(other.issue("CN=Bob"))) {
                        assertThat(ask(socket)).endsWith("\r\n[CN=Bob]");
                        assertThat(socket.getSession().getPeerPrincipal().getName())
                                .isEqualTo("CN=second");
                    }
                });
        assertThatThrownBy(() -> ask(clientCa.issue("CN=Ann"))).isInstanceOf(IOException.class);
    }
}
