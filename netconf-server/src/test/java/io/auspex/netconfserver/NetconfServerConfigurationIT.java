package io.auspex.netconfserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server as its configuration says, changed while it runs (draft-ietf-netconf-netconf-client-server). */
class NetconfServerConfigurationIT {
    private static final String HIDDEN = "'ietf-keystore:keystore': {'asymmetric-keys': {'asymmetric-key': ["
            + "{'name': 'ssh-host', 'hidden-private-key': [null]}]}}";

    private final ServerConfigurationFixture server = new ServerConfigurationFixture();

    NetconfServerConfigurationIT() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static ServerSocket socket() throws IOException {
        return new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    }

    private static int freePort() throws IOException {
        try (var socket = socket()) {
            return socket.getLocalPort();
        }
    }

    private static String ssh(String name, String address, int port, String key) {
        return "{'name': '" + name + "', 'ssh': {'tcp-server-parameters': {'local-bind': [{'local-address': '" + address
                + "', 'local-port': " + port
                + "}]}, 'ssh-server-parameters': {'server-identity': {'host-key': [{'name': 'k',"
                + " 'public-key': " + key + "}]}}}}";
    }

    private static String ssh(String name, String address, int port) {
        return ssh(name, address, port, "{'central-keystore-reference': 'ssh-host'}");
    }

    private static String ssh(String name, int port) {
        return ssh(name, "127.0.0.1", port);
    }

    private static String configuration(String... endpoints) {
        return "{" + HIDDEN + ", 'ietf-netconf-server:netconf-server': {'listen': {'endpoints': {'endpoint': ["
                + String.join(", ", endpoints) + "]}}}}";
    }

    @Test
    void theDefaultEndpointListensBesideThoseThatAreConfigured() throws Exception {
        var byDefault = server.defaultPort();
        var port = freePort();
        // When
        server.configure(configuration(ssh("mine", port)));
        // Then
        assertThat(server.letsIn(byDefault)).isTrue();
        assertThat(server.letsIn(port)).isTrue();
        assertThat(server.listener("mine").text("status")).isEqualTo("up");
    }

    @Test
    void aRemovedEndpointLetsNobodyIn() throws Exception {
        var port = freePort();
        server.configure(configuration(ssh("mine", port)));
        // When
        server.configure("{}");
        // Then
        assertThat(server.letsIn(port)).isFalse();
        assertThat(server.letsIn(server.defaultPort())).isTrue();
    }

    @Test
    void theDefaultEndpointMovesWhereAnEntryOfItsNameSays() throws Exception {
        var before = server.defaultPort();
        var port = freePort();
        // When
        server.configure(configuration(ssh("default-ssh", port)));
        // Then
        assertThat(server.letsIn(port)).isTrue();
        assertThat(server.letsIn(before)).isFalse();
    }

    @Test
    void anAddressInUseIsToldAndListenedAtWhenItIsFree() throws Exception {
        int port;
        try (var other = socket()) {
            port = other.getLocalPort();
            // When
            server.configure(configuration(ssh("mine", port)));
            // Then
            assertThat(server.listener("mine").text("status")).isEqualTo("down");
            assertThat(server.listener("mine").text("last-error"))
                    .startsWith("127.0.0.1:" + port + " cannot be listened at: ")
                    .containsIgnoringCase("in use");
        }
        await().until(() -> server.listener("mine").text("status").equals("up"));
        assertThat(server.letsIn(port)).isTrue();
    }

    @Test
    void anEndpointThatCannotMoveStaysWhereItIs() throws Exception {
        var port = freePort();
        server.configure(configuration(ssh("mine", port)));
        try (var other = socket()) {
            // When
            server.configure(configuration(ssh("mine", other.getLocalPort())));
            // Then
            assertThat(server.letsIn(port)).isTrue();
            assertThat(server.listener("mine").text("status")).isEqualTo("previous");
        }
    }

    @Test
    void anEndpointMovesFromOneAddressToAllOnItsOwnPort() throws Exception {
        var port = freePort();
        server.configure(configuration(ssh("mine", port)));
        // When
        server.configure(configuration(ssh("mine", "0.0.0.0", port)));
        // Then
        assertThat(server.listener("mine").text("status")).isEqualTo("up");
        assertThat(server.listener("mine").entries("bound").getFirst().text("address"))
                .isEqualTo("0.0.0.0");
        assertThat(server.letsIn(port)).isTrue();
    }

    @Test
    void theLastOpenEndpointStaysWhenNoneOfTheNewOnesCanBeOpened() throws Exception {
        try (var other = socket();
                var another = socket()) {
            var port = freePort();
            var blocked = ssh("default-ssh", another.getLocalPort());
            server.configure(configuration(ssh("default-ssh", freePort()), ssh("mine", port)));
            server.configure(configuration(ssh("mine", port), blocked));
            // When
            server.configure(configuration(ssh("instead", other.getLocalPort()), blocked));
            // Then
            assertThat(server.letsIn(server.defaultPort())).isTrue();
        }
    }

    @Test
    void whatIsSaidOfIdleSessionsHoldsForTheDefaultEndpointToo() throws Exception {
        // When
        server.configure(
                configuration(ssh("mine", freePort())).replace("'listen': {", "'listen': {'idle-timeout': 1, "));
        // Then
        assertThat(server.endsWhoIsIdle(server.defaultPort())).isTrue();
    }

    @Test
    void anAddressOnAnInterfaceThatIsNotThereTakesNoOtherEndpointDown() throws Exception {
        var port = freePort();
        // When
        server.configure(configuration(ssh("away", "fe80::1%nosuch0", 1), ssh("mine", port)));
        // Then
        assertThat(server.listener("away").text("status")).isEqualTo("down");
        assertThat(server.listener("away").text("last-error")).contains("fe80::1%nosuch0");
        assertThat(server.letsIn(port)).isTrue();
        assertThat(server.letsIn(server.defaultPort())).isTrue();
    }

    @Test
    void aServerStartsAlsoWhereItsConfigurationHasTakenTheAddressOfTheDefault() throws Exception {
        var port = freePort();
        // When
        try (var started = new ServerConfigurationFixture(port, configuration(ssh("all", "0.0.0.0", port)))) {
            // Then
            assertThat(started.letsIn(port)).isTrue();
            assertThat(started.listener("default-ssh").text("status")).isEqualTo("down");
        }
    }

    @Test
    void onItsDefaultsAloneAServerDoesNotStartWhereItsAddressIsInUse() throws Exception {
        try (var other = socket()) {
            assertThatThrownBy(() -> new ServerConfigurationFixture(other.getLocalPort(), "{}").close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be listened at");
        }
    }

    @Test
    void oneAddressForTwoEndpointsIsRefused() throws Exception {
        var port = freePort();
        assertThatThrownBy(() -> server.configure(configuration(ssh("a", port), ssh("b", port))))
                .hasMessageContaining(
                        "/endpoint[name='b']: 127.0.0.1 port " + port + " is that of endpoint 'a' already");
        assertThat(server.letsIn(port)).isFalse();
    }

    @Test
    void aKeyThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> server.configure(
                        configuration(ssh("a", "127.0.0.1", 1, "{'central-keystore-reference': 'nothing'}"))))
                .hasMessageContaining("central-keystore-reference")
                .hasMessageContaining("nothing");
    }

    @Test
    void aKeyThatSshHasNoUseForIsRefused() throws Exception {
        var key = Base64.getEncoder().encodeToString(pair("EC").getPrivate().getEncoded());
        assertThatThrownBy(() -> server.configure(configuration(ssh(
                        "a",
                        "127.0.0.1",
                        1,
                        "{'inline-definition': {'private-key-format': 'ietf-crypto-types:one-asymmetric-key-format',"
                                + " 'cleartext-private-key': '" + key + "'}}"))))
                .hasMessageContaining("a host key is of Ed25519 or RSA, this one of EC");
    }

    private static KeyPair pair(String algorithm) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(256);
        }
        return generator.generateKeyPair();
    }

    @Test
    void anAlgorithmThatTheServerDoesNotOfferIsRefusedWithThoseThatItDoes() throws Exception {
        var endpoint = ssh("mine", freePort());
        var weak = endpoint.replace(
                "'ssh-server-parameters': {",
                "'ssh-server-parameters': {'transport-params':"
                        + " {'encryption': {'encryption-alg': ['aes128-cbc']}}, ");
        assertThatThrownBy(() -> server.configure(configuration(weak)))
                .hasMessageContaining("'aes128-cbc' is not offered here, expected one of aes128-gcm@openssh.com");
    }

    @Test
    void onlyTheConfiguredAlgorithmsAreOffered() throws Exception {
        var port = freePort();
        var endpoint = ssh("mine", port)
                .replace(
                        "'ssh-server-parameters': {",
                        "'ssh-server-parameters':"
                                + " {'transport-params': {'mac': {'mac-alg': ['hmac-sha2-512']}, 'encryption': {'encryption-alg':"
                                + " ['aes256-ctr']}}, ");
        server.configure(configuration(endpoint));
        assertThat(server.letsIn(port)).isTrue();
    }

    @Test
    void anEndpointOfTlsShowsItsCertificateAndKnowsItsClients() throws Exception {
        var own = TestCertificates.of("server");
        var alice = TestCertificates.of("alice");
        var mallory = TestCertificates.of("mallory");
        var port = freePort();
        // When
        server.configure(tls(own, alice, port));
        // Then
        try (var connection = connect(alice, own, port)) {
            connection
                    .getOutputStream()
                    .write(("<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities>"
                                    + "<capability>urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>]]>]]>"
                                    + "<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id='1'><close-session/></rpc>]]>]]>")
                            .getBytes(UTF_8));
            assertThat(new String(connection.getInputStream().readAllBytes(), UTF_8))
                    .contains("<ok");
        }
        try (var connection = connect(mallory, own, port)) {
            assertThat(connection.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static SSLSocket connect(TestCertificates client, TestCertificates own, int port) throws Exception {
        var socket =
                (SSLSocket) client.client(own.certificate()).getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private static String tls(TestCertificates own, TestCertificates client, int port) throws Exception {
        return "{'ietf-keystore:keystore': {'asymmetric-keys': {'asymmetric-key': [{'name': 'web',"
                + " 'private-key-format': 'ietf-crypto-types:one-asymmetric-key-format', 'cleartext-private-key': '"
                + Base64.getEncoder().encodeToString(own.keys().getPrivate().getEncoded())
                + "', 'certificates': {'certificate': [{'name': 'c', 'cert-data': '" + cms(own) + "'}]}}]}},"
                + " 'ietf-truststore:truststore': {'certificate-bags': {'certificate-bag': [{'name': 'clients',"
                + " 'certificate': [{'name': 'alice', 'cert-data': '" + cms(client) + "'}]}]}},"
                + " 'ietf-netconf-server:netconf-server': {'listen': {'endpoints': {'endpoint': [{'name': 'tls', 'tls': {"
                + "'tcp-server-parameters': {'local-bind': [{'local-address': '127.0.0.1', 'local-port': " + port
                + "}]},"
                + "'tls-server-parameters': {'server-identity': {'certificate': {'central-keystore-reference': {"
                + "'asymmetric-key': 'web', 'certificate': 'c'}}}, 'client-authentication': {'ee-certs': {"
                + "'central-truststore-reference': 'clients'}}}, 'netconf-server-parameters': {'client-identity-mappings': {"
                + "'cert-to-name': [{'id': 1, 'map-type': 'ietf-x509-cert-to-name:common-name'}]}}}}]}}}}";
    }

    private static String cms(TestCertificates certificate) throws Exception {
        var path = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(certificate.certificate()))
                .getEncoded("PKCS7");
        assertThat(new ByteArrayInputStream(path)).isNotEmpty();
        return Base64.getEncoder().encodeToString(path);
    }

    @Test
    void clientsAreCalledUntilTheyAreNotConfiguredAnyMore() throws Exception {
        try (var absent = socket();
                var home = socket()) {
            home.setSoTimeout(20_000);
            var nobody = absent.getLocalPort();
            absent.close();
            // When
            server.configure(
                    "{" + HIDDEN + ", 'ietf-netconf-server:netconf-server': {'call-home': {'netconf-client': [{"
                            + "'name': 'oss', 'endpoints': {'endpoint': [" + called("first", nobody) + ", "
                            + called("second", home.getLocalPort()) + "]}, 'connection-type': {'persistent': {}},"
                            + " 'reconnect-strategy': {'max-attempts': 1}}]}}}");
            // Then
            try (var call = home.accept()) {
                assertThat(new String(call.getInputStream().readNBytes(8), UTF_8))
                        .isEqualTo("SSH-2.0-");
                await().until(() -> server.connection("oss").text("status").equals("connected"));
                assertThat(server.connection("oss").text("endpoint")).isEqualTo("second");
                assertThat(server.connection("oss").text("last-error")).contains("first (127.0.0.1:" + nobody + ")");
                server.configure("{}");
            }
            home.setSoTimeout(3_000);
            assertThatThrownBy(home::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    private static String called(String name, int port) {
        return "{'name': '" + name
                + "', 'ssh': {'tcp-client-parameters': {'remote-address': '127.0.0.1', 'remote-port': "
                + port + "}, 'ssh-server-parameters': {'server-identity': {'host-key': [{'name': 'k', 'public-key': {"
                + "'central-keystore-reference': 'ssh-host'}}]}}}}";
    }

    @Test
    void aPeriodicConnectionIsNotSupported() {
        assertThatThrownBy(
                        () -> server.configure("{'ietf-netconf-server:netconf-server': {'call-home': {'netconf-client':"
                                + " [{'name': 'oss', 'connection-type': {'periodic': {}}}]}}}"))
                .hasMessageContaining("periodic");
    }
}
