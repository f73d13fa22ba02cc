package io.auspex.ittests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP edge of the shipped server, used with the tools that people have. */
@Tag("peer")
class EdgeIT {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^}]+)}}");
    private static final String VALIDATOR = "@seriousme/openapi-schema-validator@2.11.0";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SUBSERVICES = "/data/ietf-service-assurance:subservices";
    private static final String ONE = SUBSERVICES + "/subservice=service-instance-type,by-curl";

    @TempDir
    private static Path folder;

    private static ServerProcess server;
    private static Curl curl;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(folder.resolve("data"), "--set", "health.listen=127.0.0.1:0");
        curl = server.curl();
        put("/data/auspex-devices:devices", """
            {"auspex-devices:devices": {"device": [{
              "name": "r1", "address": "127.0.0.1", "port": 9, "credentials": {"user-name": "u", "password": "p"}}]}}
            """);
        put("/data/auspex-access:client-certificates", """
            {"auspex-access:client-certificates": {"cert-to-name": [{
              "id": 1, "fingerprint": "04:aa", "map-type": "ietf-x509-cert-to-name:san-any"}]}}
            """);
        put(SUBSERVICES, """
            {"ietf-service-assurance:subservices": {"subservice": [
              {"type": "ietf-service-assurance-device:device-type", "id": "r1",
               "ietf-service-assurance-device:parameters": {"device": "r1"}},
              {"type": "service-instance-type", "id": "s1",
               "service-instance-parameter": {"service": "s", "instance-name": "1"},
               "dependencies": {"dependency": [{"type": "ietf-service-assurance-device:device-type", "id": "r1",
                 "dependency-type": "impacting"}]}}]}}
            """);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static void put(String path, String body) throws Exception {
        var answer = curl.put(path, body);
        assertThat(answer.status()).as(answer.body()).isIn(201, 204);
    }

    private static void assumeInstalled(String program) {
        var found = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeTrue(found, program + " is not installed");
    }

    /** A finished program: its exit code and all it printed. */
    private record Finished(int code, String output) {}

    private static Finished run(Path in, Map<String, String> environment, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Finished(process.exitValue(), output);
    }

    private static Path resource(String name) throws Exception {
        return Path.of(
                Objects.requireNonNull(EdgeIT.class.getResource("/" + name)).toURI());
    }

    private static String health(String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(server.health() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void healthAndMetricsTellHowTheServerIs() throws Exception {
        assertThat(health("/health/live")).contains("\"live\"");
        assertThat(health("/health/ready")).contains("\"status\":\"ready\"");
        assertThat(health("/metrics"))
                .containsPattern("auspex_restconf_requests_seconds_count\\{method=\"PUT\",status=\"201\"} [3-9]")
                .containsPattern("auspex_commits_seconds_count [3-9]")
                .containsPattern("auspex_subservices [2-3]\\.0")
                .contains("auspex_engine_values_total{outcome=\"lost\"} 0.0")
                .containsPattern("auspex_journal_bytes [1-9]")
                .containsPattern("auspex_devices\\{state=\"(connecting|down-backoff)\"} 1\\.0")
                .contains("auspex_netconf_sessions 0.0")
                .contains("auspex_stream_receivers{stream=\"health\"} 0.0");
    }

    @Test
    void theTraceOfARequestIsInTheLog() throws Exception {
        // When
        run(
                folder,
                Map.of(),
                "curl",
                "-sS",
                "-o",
                "/dev/null",
                "--cacert",
                server.certificate().toString(),
                "-u",
                "nobody:wrong",
                "-H",
                "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-01",
                server.root() + "/data");
        // Then
        await().untilAsserted(() -> assertThat(server.log().lines().filter(l -> l.contains("login failed")))
                .anySatisfy(line -> assertThat(line).contains("user=\"nobody\"", "trace=\"" + TRACE + "\"")));
    }

    @Test
    void theAuditLogTellsWhoChangedWhatFromWhere() throws Exception {
        await().untilAsserted(() -> assertThat(server.log().lines().filter(l -> l.contains("configuration edited")))
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "user=\"admin\"",
                                "source=\"restconf 127.0.0.1:",
                                "changes=\"create /auspex-devices:devices")));
    }

    @Test
    void everythingThatIsAnsweredIsValidForYanglint() throws Exception {
        assumeInstalled("yanglint");
        var everything = curl.get("/data").json().path("ietf-restconf:data");
        Yanglint.takesDataOfAllModules(folder, "get", everything.toString());
        var operational = curl.get("/ds/ietf-datastores:operational").json().path("ietf-restconf:data");
        Yanglint.takesDataOfAllModules(folder, "get", operational.toString());
        var running = curl.get("/ds/ietf-datastores:running").json().path("ietf-restconf:data");
        Yanglint.takesDataOfAllModules(folder, "config", running.toString());
        assertThat(everything.propertyNames()).hasSizeGreaterThan(8);
        for (var top : everything.propertyNames()) {
            var answer = curl.get("/data/" + top);
            assertThat(answer.status()).as(top).isEqualTo(200);
            Yanglint.takesDataOfAllModules(folder, "get", answer.body());
        }
    }

    @Test
    void curlCreatesReadsChangesAndDeletesASubservice() throws Exception {
        var created = curl.post(SUBSERVICES, subservice("tunnel"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(curl.get(ONE).body()).contains("\"service\":\"tunnel\"");
        var changed = curl.put(ONE, subservice("changed"));
        assertThat(changed.status()).as(changed.body()).isEqualTo(204);
        assertThat(curl.get(ONE).body()).contains("\"service\":\"changed\"");
        assertThat(curl.delete(ONE).status()).isEqualTo(204);
        assertThat(curl.get(ONE).status()).isEqualTo(404);
    }

    private static String subservice(String service) {
        return """
            {"ietf-service-assurance:subservice": [{"type": "service-instance-type", "id": "by-curl",
              "service-instance-parameter": {"service": "%s", "instance-name": "1"}}]}
            """.formatted(service);
    }

    @Test
    void ansibleCreatesReadsChangesAndDeletesASubservice() throws Exception {
        assumeInstalled("ansible-playbook");
        var inventory = Files.writeString(folder.resolve("inventory.yml"), """
            all:
              hosts:
                auspex:
                  ansible_host: 127.0.0.1
                  ansible_connection: ansible.netcommon.httpapi
                  ansible_network_os: ansible.netcommon.restconf
                  ansible_httpapi_port: %d
                  ansible_httpapi_use_ssl: true
                  ansible_user: admin
                  ansible_password: %s
            """.formatted(
                        URI.create(server.root()).getPort(), server.password()));
        // When
        var played = run(
                folder,
                Map.of(
                        "SSL_CERT_FILE", server.certificate().toString(),
                        "ANSIBLE_HOME", folder.resolve("ansible").toString()),
                "ansible-playbook",
                "-i",
                inventory.toString(),
                resource("subservice-playbook.yml").toString());
        // Then
        assertThat(played.code()).as(played.output()).isZero();
        assertThat(played.output()).contains("changed=3", "failed=0");
    }

    @Test
    void thePostmanCollectionHasRequestsThatAreAnswered() throws Exception {
        // When
        var printed = server.ask("collection", "ietf-service-assurance", "auspex-devices");
        var collection = JsonMapper.shared().readTree(printed);
        // Then
        assertThat(collection.at("/info/schema").asString())
                .isEqualTo("https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
        var variables = collection.path("variable").findValuesAsString("key");
        var methods = new TreeSet<String>();
        var asked = 0;
        for (var folders : collection.path("item")) {
            for (var item : folders.path("item")) {
                var request = item.path("request");
                var url = request.at("/url/raw").asString();
                assertThat(item.path("name").asString()).isNotBlank();
                assertThat(url).startsWith("{{restconf}}/");
                methods.add(request.path("method").asString());
                for (var used = VARIABLE.matcher(url); used.find(); ) {
                    assertThat(variables).contains(used.group(1));
                }
                var path = url.substring("{{restconf}}".length());
                if (request.path("method").asString().equals("GET") && !path.contains("{{")) {
                    assertThat(curl.get(path).status()).as(path).isIn(200, 404);
                    asked++;
                }
            }
        }
        assertThat(methods).contains("GET", "POST", "PUT", "PATCH", "DELETE");
        assertThat(asked).isGreaterThan(3);
    }

    @Test
    void theOpenApiDocumentPassesAPublicValidator() throws Exception {
        assumeInstalled("npm");
        var work = Files.createDirectories(folder.resolve("npm"));
        var installed = run(work, Map.of(), "npm", "install", "--no-audit", "--no-fund", "--silent", VALIDATOR);
        assumeTrue(installed.code() == 0, "npm cannot install " + VALIDATOR);
        var document = Files.writeString(
                work.resolve("openapi.json"),
                new Curl(
                                server.root().replaceFirst("/restconf$", ""),
                                "admin:" + server.password(),
                                server.certificate())
                        .get("/openapi.json")
                        .body());
        // When
        Files.copy(resource("validate-openapi.mjs"), work.resolve("validate.mjs"));
        var validated = run(work, Map.of(), "node", "validate.mjs", document.toString());
        // Then
        assertThat(validated.code()).as(validated.output()).isZero();
        assertThat(validated.output()).startsWith("valid 3.1.0");
    }
}
