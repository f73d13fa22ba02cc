package io.auspex.ittests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain curl against one server: the tests configure it as an orchestrator would. */
public final class Curl {
    private static final JsonMapper JSON = new JsonMapper();

    private final String root;
    private final String user;
    private final Path certificate;

    Curl(String root, String user, Path certificate) {
        this.root = root;
        this.user = user;
        this.certificate = certificate;
    }

    /** An answer: HTTP status, body, and entity tag, which is empty when there is none. */
    public record Answer(int status, String body, String etag) {
        public JsonNode json() {
            return JSON.readTree(body);
        }
    }

    public Answer get(String path) throws Exception {
        return run("GET", path, null);
    }

    public Answer put(String path, String body) throws Exception {
        return run("PUT", path, body);
    }

    public Answer post(String path, String body) throws Exception {
        return run("POST", path, body);
    }

    public Answer patch(String path, String body) throws Exception {
        return run("PATCH", path, body);
    }

    public Answer delete(String path) throws Exception {
        return run("DELETE", path, null);
    }

    private List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of("curl", "-sS", "--cacert", certificate.toString(), "-u", user));
        command.addAll(List.of(arguments));
        return command;
    }

    private Answer run(String method, String path, @Nullable String body) throws Exception {
        var command =
                command("-X", method, "-w", "\n%{http_code} %header{etag}", "-H", "Accept: application/yang-data+json");
        if (body != null) {
            command.addAll(List.of("-H", "Content-Type: application/yang-data+json", "--data-binary", "@-"));
        }
        command.add(root + path);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            if (body != null) {
                in.write(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        var last = output.lastIndexOf('\n');
        var told = output.substring(last + 1).split(" ", 2);
        return new Answer(Integer.parseInt(told[0]), output.substring(0, last), told[1].strip());
    }

    /** An open connection to an event stream; collects the events. */
    public Events events(String stream) throws IOException {
        return eventsAt(root + "/streams/" + stream + "/json", null);
    }

    /** An open connection to a URL of server-sent events. */
    Events eventsAt(String url, @Nullable String lastEventId) throws IOException {
        var command = command("-N", "-H", "Accept: text/event-stream");
        if (lastEventId != null) {
            command.addAll(List.of("-H", "Last-Event-ID: " + lastEventId));
        }
        command.add(url);
        return new Events(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Something to be done. */
    interface Work {
        void run() throws Exception;
    }

    /** The data of the server-sent events at a URL up to one that has a word; work is done once the first has come. */
    List<String> textAt(String url, String upTo, Work work) throws Exception {
        var command = command("-N", "-H", "Accept: text/event-stream", url);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var got = new ArrayList<String>();
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    got.add(line.substring(5).strip());
                    if (got.size() == 1) {
                        work.run();
                    }
                    if (line.contains(upTo)) {
                        return got;
                    }
                }
            }
            return got;
        } finally {
            process.destroy();
        }
    }

    /** Server-sent events as they arrive. */
    public static final class Events implements AutoCloseable {
        private final Process process;
        private final List<JsonNode> received = new CopyOnWriteArrayList<>();
        private volatile @Nullable String lastId;
        private volatile boolean over;

        private Events(Process process) {
            this.process = process;
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (var lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                var data = new StringBuilder();
                var id = "";
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id:")) {
                        id = line.substring(3).strip();
                    } else if (line.startsWith("data:")) {
                        data.append(line.substring(5).strip());
                    } else if (line.isEmpty() && !data.isEmpty()) {
                        received.add(JSON.readTree(data.toString()));
                        lastId = id;
                        data.setLength(0);
                    }
                }
            } catch (IOException _) {
                // closed from this end
            } finally {
                over = true;
            }
        }

        /** The notifications of one name so far, each without its envelope. */
        public List<JsonNode> named(String qualifiedName) {
            return received.stream()
                    .map(n -> n.path("ietf-restconf:notification").path(qualifiedName))
                    .filter(n -> !n.isMissingNode())
                    .toList();
        }

        List<JsonNode> all() {
            return received;
        }

        /** True when the connection is closed and all that came is read. */
        boolean isOver() {
            return over;
        }

        /** The id of the last event that came whole; null when none did. */
        @Nullable
        String lastId() {
            return lastId;
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
