package io.auspex.server;

import io.auspex.restconfserver.openapi.OpenApiEndpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the commands know of a server: its RESTCONF interface and no more (design decision 16). */
final class RestconfClient implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final URI root;
    private final String authorization;

    /**
     * A client of one server.
     *
     * @param root the URL of the RESTCONF root
     * @param trusted PEM of the server's certificate; null to trust what Java trusts
     */
    RestconfClient(URI root, String user, String password, @Nullable Path trusted) {
        this.root = root;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        var builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
        if (trusted != null) {
            builder.sslContext(trusting(trusted));
        }
        http = builder.build();
    }

    private static SSLContext trusting(Path certificate) {
        try (var in = Files.newInputStream(certificate)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandException("The certificate " + certificate + " cannot be used: " + e.getMessage());
        }
    }

    /** One key value of a resource path, percent-encoded (RFC 8040 §3.5.3). */
    static String key(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The data resource at a path below {@code data/}; empty when there is none. */
    Optional<JsonNode> get(String path) {
        var answer = send("GET", URI.create(root + "/data/" + path), null);
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(json(answer));
    }

    /** The URL of the RESTCONF root. */
    String root() {
        return root.toString();
    }

    /** The OpenAPI document of the server, of some modules or, when none is named, of all. */
    JsonNode openApi(List<String> modules) {
        var path = root.getRawPath();
        var base = root.toString().substring(0, root.toString().length() - path.length());
        return json(send(
                "GET",
                URI.create(base
                        + OpenApiEndpoint.PATH
                        + (modules.isEmpty() ? "" : "?module=" + String.join(",", modules))),
                null));
    }

    /** Puts a data resource in its place. */
    void put(String path, String body) {
        json(send("PUT", URI.create(root + "/data/" + path), body));
    }

    /** Invokes an action; returns its answer, an empty object without output. */
    JsonNode post(String path, String body) {
        return json(send("POST", URI.create(root + "/data/" + path), body));
    }

    private HttpResponse<String> send(String method, URI uri, @Nullable String body) {
        var request = HttpRequest.newBuilder(uri)
                .timeout(DEADLINE)
                .header("Authorization", authorization)
                .header("Accept", "application/yang-data+json")
                .header("Content-Type", "application/yang-data+json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException _) {
            throw new CommandException("No server answers at " + root + ". Is it running? Start it with: auspex serve");
        } catch (IOException e) {
            throw new CommandException("Request " + method + " " + request.uri() + " failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted");
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        if (answer.statusCode() == 401) {
            throw new CommandException("The server refused user and password.");
        }
        if (answer.statusCode() >= 400) {
            throw new CommandException("The server answered " + answer.statusCode() + " to "
                    + answer.request().method() + " " + answer.uri() + ": " + answer.body());
        }
        return answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
