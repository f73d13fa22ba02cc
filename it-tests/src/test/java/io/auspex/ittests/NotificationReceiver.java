package io.auspex.ittests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.auspex.restconfserver.netty.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An HTTPS server that takes notifications, as draft-ietf-netconf-https-notif has it. */
final class NotificationReceiver implements AutoCloseable {
    private static final String CAPABILITIES = """
            {"receiver-capabilities": {"receiver-capability": [
              "urn:ietf:params:yang-notif:https-capability:encoding:json",
              "urn:ietf:params:yang-notif:https-capability:encoding:xml",
              "urn:ietf:params:yang-notif:https-capability:sub-notif"]}}
            """;

    private final BlockingQueue<String> got = new LinkedBlockingQueue<>();
    private final SSLContext tls;
    private final X509Certificate certificate;
    private final int port;
    private @Nullable HttpsServer server;

    /** Starts with a certificate of its own. */
    NotificationReceiver(Path folder) throws Exception {
        var files = SelfSignedCertificate.in(folder, List.of("127.0.0.1"), Instant.now());
        try (var in = Files.newInputStream(files.certificate())) {
            certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        var pem = Files.readString(files.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))),
                new char[0],
                new X509Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        port = listen(0);
    }

    /** Begins to listen where it did before. */
    void comeBack() throws IOException {
        listen(port);
    }

    private int listen(int on) throws IOException {
        var listening = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), on), 0);
        listening.setHttpsConfigurator(new HttpsConfigurator(tls));
        listening.createContext("/in/capabilities", x -> answer(x, 200, CAPABILITIES));
        listening.createContext("/in/relay-notification", x -> {
            got.add(new String(x.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(x, 204, "");
        });
        listening.start();
        server = listening;
        return listening.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /** The list entry that configures it, known by its certificate. */
    String instance(String name) throws Exception {
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
        return """
                {"name": "%s", "ietf-https-notif-transport:https-receiver": {"tls": {
                  "tcp-client-parameters": {"remote-address": "127.0.0.1", "remote-port": %d},
                  "tls-client-parameters": {"server-authentication": {"ca-certs": {"inline-definition":
                    {"certificate": [{"name": "own", "cert-data": "%s"}]}}}},
                  "http-client-parameters": {"path": "/in"}}}}
                """.formatted(name, port, Base64.getEncoder().encodeToString(path.getEncoded("PKCS7")));
    }

    /** The next notification that has all these words; what comes before it is passed over. */
    String next(String... words) throws InterruptedException {
        return inAnyOrder(List.of(words)).getFirst();
    }

    /** The next notifications that have all the words of each of these, whichever comes first; others are passed over. */
    @SafeVarargs
    final List<String> inAnyOrder(List<String>... wanted) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        var missing = new ArrayList<>(List.of(wanted));
        var found = new ArrayList<String>();
        var passed = new StringBuilder();
        while (!missing.isEmpty()) {
            var message = got.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (message == null) {
                throw new AssertionError("no " + missing + " but " + passed);
            }
            if (missing.removeIf(words -> words.stream().allMatch(message::contains))) {
                found.add(message);
            } else {
                passed.append(message).append('\n');
            }
        }
        return found;
    }

    /** Goes away without telling. */
    @Override
    public void close() {
        Objects.requireNonNull(server).stop(0);
    }
}
