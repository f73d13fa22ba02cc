package io.auspex.restconfserver.receivers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.auspex.notifications.Notification;
import io.auspex.notifications.subscriptions.Outgoing;
import io.auspex.notifications.subscriptions.ReceiverTransport.Abilities;
import io.auspex.notifications.subscriptions.ReceiverTransport.Channel;
import io.auspex.restconfserver.netty.SelfSignedCertificate;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications posted to a real HTTPS server (draft-ietf-netconf-https-notif). */
class HttpsReceiversTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final String JSON_ABILITIES = """
            {"receiver-capabilities": {"receiver-capability": [
              "urn:ietf:params:yang-notif:https-capability:encoding:json",
              "urn:example:something-else",
              "urn:ietf:params:yang-notif:https-capability:sub-notif"]}}
            """;

    private static final ModelContext MODEL =
            ModelLoader.load(List.of(Path.of("..", "notifications", "src", "test", "resources", "yang")));

    @TempDir
    static Path folder;

    private static Identity own;
    private static Identity stranger;

    private final BlockingQueue<String> got = new LinkedBlockingQueue<>();
    private HttpsServer server;
    private volatile String capabilities = JSON_ABILITIES;
    private volatile String mediaType = "application/json";
    private volatile int capabilitiesStatus = 200;
    private volatile int status = 204;

    /** A certificate with its key. */
    private record Identity(X509Certificate certificate, SSLContext tls) {
        static Identity of(Path folder, String host) throws Exception {
            var files = SelfSignedCertificate.in(folder, List.of(host), Instant.now());
            var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(Files.newInputStream(files.certificate()));
            var pem = Files.readString(files.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
            var key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key, new char[0], new X509Certificate[] {certificate});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), null, null);
            return new Identity(certificate, tls);
        }

        String cms() throws Exception {
            var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
            return Base64.getEncoder().encodeToString(path.getEncoded("PKCS7"));
        }
    }

    @BeforeAll
    static void certificates() throws Exception {
        own = Identity.of(folder.resolve("own"), "127.0.0.1");
        stranger = Identity.of(folder.resolve("stranger"), "receiver.example");
    }

    @BeforeEach
    void start() throws Exception {
        serve(own);
    }

    private void serve(Identity identity) throws Exception {
        if (server != null) {
            server.stop(0);
        }
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.tls()));
        server.createContext("/notif/capabilities", x -> {
            x.getResponseHeaders().set("Content-Type", mediaType);
            answer(x, capabilitiesStatus, capabilities);
        });
        server.createContext("/notif/relay-notification", x -> {
            got.add(x.getRequestMethod() + " " + x.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(x.getRequestBody().readAllBytes(), UTF_8));
            answer(x, status, "");
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Channel channel(String trust) throws Exception {
        var instance = instance(trust);
        var receivers = new HttpsReceivers();
        assertThat(receivers.reaches(instance)).isTrue();
        return receivers.open(instance, NodeBuilder.node(MODEL.root(), n -> {}));
    }

    private InnerNode instance(String trust) throws Exception {
        var text = """
                {"ietf-subscribed-notif-receivers:receiver-instance": [{"name": "oss",
                  "ietf-https-notif-transport:https-receiver": {"tls": {
                    "tcp-client-parameters": {"remote-address": "127.0.0.1", "remote-port": %d},
                    "tls-client-parameters": {"server-authentication": {%s}},
                    "http-client-parameters": {"path": "/notif"}}}}]}
                """.formatted(server.getAddress().getPort(), trust);
        var target = InstanceIdentifiers.parse(
                "/ietf-subscribed-notifications:subscriptions/ietf-subscribed-notif-receivers:receiver-instances"
                        + "/receiver-instance[name='oss']",
                MODEL.root(),
                MODEL.jsonPrefixes());
        return (InnerNode) new JsonReader(MODEL, InputLimits.DEFAULT).read(text.getBytes(UTF_8), target);
    }

    private static String inline(String kind, Identity identity) throws Exception {
        return "\"%s\": {\"inline-definition\": {\"certificate\": [{\"name\": \"x\", \"cert-data\": \"%s\"}]}}"
                .formatted(kind, identity.cms());
    }

    private static Outgoing tick() {
        var schema = MODEL.notification("events", "tick").orElseThrow();
        return new Outgoing("", new Notification(AT, NodeBuilder.node(schema, n -> n.leaf("n", 3L))), null);
    }

    @Test
    void aNotificationIsPostedInJson() throws Exception {
        try (var channel = channel(inline("ca-certs", own))) {
            assertThat(channel.connect()).isEqualTo(new Abilities(Set.of("encode-json"), true));
            assertThat(channel.send(tick(), "encode-json")).isTrue();
        }
        assertThat(got.take())
                .isEqualTo("POST application/json {\"ietf-https-notif:notification\":"
                        + "{\"eventTime\":\"2026-11-21T10:00:00Z\",\"events:tick\":{\"n\":3}}}");
    }

    @Test
    void aNotificationIsPostedInXmlToAReceiverWhoseCertificateIsKnown() throws Exception {
        serve(stranger);
        mediaType = "application/xml";
        capabilities = "<receiver-capabilities>\n<receiver-capability>\n"
                + "urn:ietf:capability:https-notif-receiver:encoding:xml\n</receiver-capability></receiver-capabilities>";
        try (var channel = channel(inline("ee-certs", stranger))) {
            assertThat(channel.connect()).isEqualTo(new Abilities(Set.of("encode-xml"), false));
            assertThat(channel.send(tick(), "encode-xml")).isTrue();
        }
        assertThat(got.take())
                .isEqualTo(
                        "POST application/xml <notification xmlns=\"urn:ietf:params:xml:ns:netconf:notification:1.0\">"
                                + "<eventTime>2026-11-21T10:00:00Z</eventTime><tick xmlns=\"urn:events\"><n>3</n></tick></notification>");
    }

    @Test
    void aServerOfAnotherCertificateOrNameIsNoReceiver() throws Exception {
        for (var trust : List.of(inline("ca-certs", own), inline("ee-certs", own), inline("ca-certs", stranger))) {
            serve(stranger);
            try (var channel = channel(trust)) {
                assertThatThrownBy(channel::connect)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("/notif/capabilities: ");
            }
        }
    }

    @Test
    void aReceiverRefersToTheBagsOfTheTruststoreThatItTrusts() throws Exception {
        var instance = instance(
                "\"ca-certs\": {\"central-truststore-reference\": \"cas\"}, \"ee-certs\": {\"central-truststore-reference\": \"gone\"}");
        var receivers = new HttpsReceivers();
        var before = receivers.references(instance, trusting("cas", own));
        assertThat(before).hasSize(1);
        assertThat(receivers.references(instance, trusting("cas", own))).isEqualTo(before);
        assertThat(receivers.references(instance, trusting("cas", stranger))).isNotEqualTo(before);
        assertThat(receivers.references(instance, trusting("others", own))).isEmpty();
        assertThat(receivers.references(instance(inline("ca-certs", own)), trusting("cas", own)))
                .isEmpty();
    }

    private static InnerNode trusting(String bag, Identity identity) throws Exception {
        var text = "{\"ietf-truststore:truststore\":{\"certificate-bags\":{\"certificate-bag\":[{\"name\":\"" + bag
                + "\",\"certificate\":[{\"name\":\"x\",\"cert-data\":\"" + identity.cms() + "\"}]}]}}}";
        return new JsonReader(MODEL, InputLimits.DEFAULT).readRoot(text.getBytes(UTF_8));
    }

    @Test
    void aCertificateThatIsNoneIsNamed() {
        assertThatThrownBy(
                        () -> channel(
                                "\"ca-certs\": {\"inline-definition\": {\"certificate\": [{\"name\": \"x\", \"cert-data\": \"MIIB\"}]}}"))
                .isInstanceOf(YangException.class)
                .hasMessageContaining("certificate 'x' is no CMS SignedData structure");
    }

    @Test
    void aReceiverThatSaysNothingOfItselfTakesEverything() throws Exception {
        capabilitiesStatus = 404;
        try (var channel = channel(inline("ca-certs", own))) {
            assertThat(channel.connect().encodings()).containsExactly("encode-json", "encode-xml");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[\"receiver-capability\"", "\u0000"})
    void hostileCapabilitiesAreAFaultOfTheReceiver(String text) throws Exception {
        capabilities = text;
        try (var channel = channel(inline("ca-certs", own))) {
            assertThatThrownBy(channel::connect).isInstanceOf(IOException.class);
        }
    }

    @Test
    void capabilitiesWithoutEndAreNotRead() throws Exception {
        capabilities = "{\"a\":\"" + "x".repeat(100_000) + "\"}";
        try (var channel = channel(inline("ca-certs", own))) {
            assertThatThrownBy(channel::connect).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aNotificationThatIsMalformedForTheReceiverIsRefusedAndAFaultIsToBeTriedAgain() throws Exception {
        try (var channel = channel(inline("ca-certs", own))) {
            status = 400;
            assertThat(channel.send(tick(), "encode-json")).isFalse();
            status = 503;
            assertThatThrownBy(() -> channel.send(tick(), "encode-json"))
                    .hasMessageContaining("/notif/relay-notification is answered 503");
        }
    }
}
