package io.auspex.ittests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.ittests.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shipped server as {@code conformance/run-server} starts it, over plain HTTP. */
final class ConformanceServer implements AutoCloseable {
    static final String ADMIN = "admin:admin";
    static final String GUEST = "guest:guest";
    private static final String NACM = "/restconf/data/ietf-netconf-acm:nacm";
    private static final Path FILES = Path.of("conformance");
    private static final JsonMapper JSON = new JsonMapper();

    private final ServerProcess process;
    private final Http http;

    private ConformanceServer(ServerProcess process) {
        this.process = process;
        http = new Http(process.plainRoot());
    }

    static ConformanceServer start(Path folder) throws Exception {
        var data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("initial-password"), "admin");
        var process = ServerProcess.start(
                data,
                "--set",
                "restconf.plain-http-listen=127.0.0.1:0",
                "--set",
                "yang.directories=" + FILES.resolve("yang").toAbsolutePath());
        var server = new ConformanceServer(process);
        server.put(NACM, Files.readString(FILES.resolve("data/nacm.json")));
        server.put("/restconf/data/ietf-system:system", Files.readString(FILES.resolve("data/system.json")));
        return server;
    }

    Http http() {
        return http;
    }

    /** Port of plain HTTP. */
    int port() {
        return process.plainRoot().getPort();
    }

    /** Bytes of the heap that are reachable. */
    long heapInUse() throws Exception {
        return process.heapInUse();
    }

    int netconfPort() {
        return process.netconfPort();
    }

    /** Makes guests have rules of their own: the rules of a rule-list in JSON, without brackets. */
    AutoCloseable guestsHave(String rules) throws Exception {
        put(NACM + "/groups/group=guests", """
                {"ietf-netconf-acm:group": [{"name": "guests", "user-name": ["guest"]}]}""");
        put(NACM + "/rule-list=guests", """
                {"ietf-netconf-acm:rule-list": [{"name": "guests", "group": ["guests"], "rule": [%s]}]}""".formatted(rules));
        return () -> http.send("DELETE", NACM + "/rule-list=guests", Map.of(), null, ADMIN);
    }

    /** Puts the data of the fixtures back. */
    void restore() throws Exception {
        var fixtures = JSON.readTree(String.join("\n", lines("fixtures.json").toList()));
        for (JsonNode name : fixtures.get("order")) {
            var fixture = fixtures.get(name.asString());
            put(
                    fixture.get("path").asString().replace("{R}", "/restconf"),
                    fixture.get("body").toString());
        }
    }

    void put(String path, String body) throws Exception {
        var answer = http.send("PUT", path, Map.of("Content-Type", "application/yang-data+json"), body, ADMIN);
        assertThat(answer.status()).as("PUT %s: %s", path, answer.body()).isIn(201, 204);
    }

    static Stream<String> lines(String resource) {
        try (var in = ConformanceServer.class.getResourceAsStream("/conformance/" + resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        http.close();
        process.close();
    }
}
