package io.auspex.ittests.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 to one server, and event streams from it. */
final class Http implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI server;

    Http(URI server) {
        this.server = server;
    }

    /** An answer as it came. */
    record Answer(int status, Map<String, List<String>> headers, String body) {
        /** All values of a field; empty when there is none. */
        String header(String name) {
            return String.join(", ", headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()));
        }
    }

    /** @param user and password, joined by a colon */
    Answer send(String method, String path, Map<String, String> headers, @Nullable String body, String user)
            throws IOException, InterruptedException {
        var content = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8);
        return answer(request(method, path, headers, content, user));
    }

    /** As user admin, content in bytes. */
    Answer sendBytes(String method, String path, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        var request =
                request(method, path, headers, HttpRequest.BodyPublishers.ofByteArray(body), ConformanceServer.ADMIN);
        return answer(request);
    }

    private Answer answer(HttpRequest request) throws IOException, InterruptedException {
        var answer = client.send(request, BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
    }

    private HttpRequest request(
            String method, String path, Map<String, String> headers, HttpRequest.BodyPublisher content, String user) {
        var request = HttpRequest.newBuilder(path.startsWith("http") ? URI.create(path) : server.resolve(path))
                .method(method, content);
        request.setHeader(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        headers.forEach(request::setHeader);
        return request.build();
    }

    /** Opens an event stream. */
    EventReader open(String path, Map<String, String> headers, String user) throws IOException, InterruptedException {
        return new EventReader(client.send(
                request("GET", path, headers, HttpRequest.BodyPublishers.noBody(), user),
                BodyHandlers.ofInputStream()));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** An open event stream, or the answer that there is none; collects the events. */
    static final class EventReader implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final List<String> events = new CopyOnWriteArrayList<>();
        private final Thread reader;

        private EventReader(HttpResponse<InputStream> response) {
            this.response = response;
            reader = Thread.ofVirtual().unstarted(this::read);
            if (isStream()) {
                reader.start();
            }
        }

        private boolean isStream() {
            return response.statusCode() == 200
                    && response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        }

        private void read() {
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                var data = new StringBuilder();
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.isEmpty() && !data.isEmpty()) {
                        events.add(data.toString());
                        data.setLength(0);
                    } else if (line.startsWith("data:")) {
                        data.append(data.isEmpty() ? "" : "\n")
                                .append(line.substring(5).stripLeading());
                    }
                }
            } catch (IOException e) {
                return;
            }
        }

        Answer answer() throws IOException {
            var body = isStream() ? "" : new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(response.statusCode(), response.headers().map(), body);
        }

        List<String> events() {
            return events;
        }

        boolean hasEnded() {
            return isStream() && !reader.isAlive();
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }
}
