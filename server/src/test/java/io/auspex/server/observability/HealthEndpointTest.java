package io.auspex.server.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.access.AccessControl;
import io.auspex.access.AuditEvent;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.restconfserver.http.Headers;
import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.HttpRequest;
import io.auspex.restconfserver.http.Peer;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthEndpointTest {
    private final Meters meters = new Meters();
    private final Readiness readiness = new Readiness();
    private final HealthEndpoint endpoint = new HealthEndpoint(meters, readiness);

    @AfterEach
    void close() {
        meters.close();
    }

    private HttpReply.Whole answer(String method, String path, String host) {
        Headers headers = name -> List.of();
        var request = new HttpRequest(
                method, path, null, host, headers, InputStream.nullInputStream(), false, new Peer("", "", false));
        return (HttpReply.Whole) endpoint.handle(request);
    }

    private String get(String path) {
        return new String(answer("GET", path, "127.0.0.1:9464").content(), StandardCharsets.UTF_8);
    }

    @Test
    void aServerThatStartsIsLiveButNotReady() {
        assertThat(get("/health/live")).contains("\"status\":\"live\"");
        assertThat(answer("GET", "/health/ready", "localhost").status()).isEqualTo(503);
        assertThat(get("/health/ready")).contains("\"not-ready\"", "the server starts");
    }

    @Test
    void aServerIsReadyUntilAPartOfItFailsOrItStops() {
        // Given
        readiness.add("disk", () -> {});
        readiness.started();
        assertThat(get("/health/ready")).contains("\"status\":\"ready\"");
        // When
        readiness.add("disk", () -> {
            throw new IOException("no space left");
        });
        // Then
        assertThat(get("/health/ready")).contains("\"not-ready\"", "\"disk\":\"no space left\"");
        readiness.stopping();
        assertThat(get("/health/ready")).contains("the server stops");
    }

    @Test
    void whatThePartsCountIsShown() throws Exception {
        // Given
        var model = ModelLoader.loadOnly(Set.of("ietf-system", "ietf-netconf-acm"));
        var access = new AccessControl(
                io.auspex.access.Nacm.of(model, TreeNode.empty(model.root())), meters.counting(event -> {}));
        meters.watch(access);
        try (var datastores = Datastores.open(model, DatastoreConfig.inMemory())) {
            meters.watch(datastores);
            var system = model.root().child("ietf-system", "system").orElseThrow();
            var hostname = system.child("hostname").orElseThrow();
            var path = DataPath.root(model.root()).child(system).child(hostname);
            // When
            datastores.commit(new Edit(Operation.REPLACE, path, new LeafNode(hostname, "a")));
            meters.counting(event -> {}).note(new AuditEvent.LoginFailed("u", "s", "w"));
            new RequestMeter(meters).answered("GET", 200, 1_000_000);
            new RequestMeter(meters).answered("BREW", 418, 1);
            org.assertj.core.api.Assertions.assertThatThrownBy(
                    () -> access.checkWrites(java.util.List.of(new io.auspex.access.Write(
                            DataPath.root(model.root()), TreeNode.empty(model.root()), datastores.running()))));
            System.gc();
        }
        // Then
        assertThat(get("/metrics"))
                .contains(
                        "auspex_commits_seconds_count 1",
                        "auspex_logins_total{outcome=\"failed\"} 1.0",
                        "auspex_restconf_requests_seconds_count{method=\"GET\",status=\"200\"} 1",
                        "auspex_restconf_requests_seconds_count{method=\"other\",status=\"418\"} 1",
                        "auspex_nacm_denied_total{what=\"data-write\"} 1.0",
                        "auspex_journal_bytes 0.0",
                        "jvm_memory_used_bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "192.0.2.1:9464", "127.0.0.1.evil.example", "", "[2001:db8::1]:80"})
    void aNameThatIsNotOfThisMachineIsNotAnsweredFor(String host) {
        assertThat(answer("GET", "/metrics", host).status()).isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:9464"})
    void aLoopbackAddressIsAnsweredFor(String host) {
        assertThat(answer("GET", "/health/live", host).status()).isEqualTo(200);
    }

    @Test
    void nothingElseIsThere() {
        assertThat(answer("GET", "/", "localhost").status()).isEqualTo(404);
        assertThat(answer("POST", "/metrics", "localhost").status()).isEqualTo(405);
    }
}
