package io.auspex.ittests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auspex.netconfsouthbound.NetconfdPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Linux interface behind Debian's netconfd goes down, and the service that rests on it says why. Everything is
 * configured by plain curl.
 */
@Tag("peer")
class FirstLightIT {
    private static final int PERIOD = 2;
    private static final Duration ONE_PERIOD = Duration.ofSeconds(PERIOD);
    private static final Duration TWO_PERIODS = ONE_PERIOD.multipliedBy(2);
    private static final Duration STALE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SUBSERVICE = "/data/ietf-service-assurance:subservices/subservice=";
    private static final String DEVICE = SUBSERVICE + "ietf-service-assurance-device:device-type,linux";
    private static final String INTERFACE = SUBSERVICE + "ietf-service-assurance-interface:interface-type,linux-uplink";
    private static final String SERVICE = SUBSERVICE + "ietf-service-assurance:service-instance-type,tunnel-one";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private NetconfdPeer device;
    private NetconfdPeer.VethPair link;
    private ServerProcess server;
    private Curl curl;
    private Duration slowestAnswer = Duration.ZERO;

    @BeforeEach
    void start() throws Exception {
        var whyNot = NetconfdPeer.whyNot();
        assumeTrue(whyNot.isEmpty(), whyNot.orElse(""));
        device = NetconfdPeer.start();
        link = NetconfdPeer.createVeth();
        server = ServerProcess.start(folder.resolve("data"));
        curl = server.curl();
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (link != null) {
            link.close();
        }
        if (device != null) {
            device.close();
        }
    }

    private void configure() throws Exception {
        var key = JSON.writeValueAsString(device.credentials().pem().value());
        var devices = curl.put("/data/auspex-devices:devices", """
                {"auspex-devices:devices": {"device": [{
                  "name": "linux", "address": "127.0.0.1", "port": %d, "period": %d,
                  "credentials": {"user-name": "root", "private-key": %s}}]}}
                """.formatted(device.port(), PERIOD, key));
        assertThat(devices.status()).as(devices.body()).isIn(201, 204);
        var subservices = curl.put("/data/ietf-service-assurance:subservices", """
                {"ietf-service-assurance:subservices": {"subservice": [
                  {"type": "ietf-service-assurance-device:device-type", "id": "linux",
                   "ietf-service-assurance-device:parameters": {"device": "linux"}},
                  {"type": "ietf-service-assurance-interface:interface-type", "id": "linux-uplink",
                   "ietf-service-assurance-interface:parameters": {"device": "linux", "interface": "%s"},
                   "dependencies": {"dependency": [
                     {"type": "ietf-service-assurance-device:device-type", "id": "linux",
                      "dependency-type": "impacting"}]}},
                  {"type": "service-instance-type", "id": "tunnel-one",
                   "service-instance-parameter": {"service": "tunnel", "instance-name": "one"},
                   "dependencies": {"dependency": [
                     {"type": "ietf-service-assurance-interface:interface-type", "id": "linux-uplink",
                      "dependency-type": "impacting"}]}}]}}
                """.formatted(link.name()));
        assertThat(subservices.status()).as(subservices.body()).isIn(201, 204);
    }

    private JsonNode subservice(String path) throws Exception {
        var start = System.nanoTime();
        var answer = curl.get(path);
        var took = Duration.ofNanos(System.nanoTime() - start);
        slowestAnswer = took.compareTo(slowestAnswer) > 0 ? took : slowestAnswer;
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("ietf-service-assurance:subservice").path(0);
    }

    private void awaitScore(String path, int score) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(
                        () -> assertThat(subservice(path).path("health-score").asInt(-2))
                                .as(() -> path + " " + read(path))
                                .isEqualTo(score));
    }

    /** By how much a machine as slow as this one may be late. */
    private Duration slack() {
        return Duration.ofSeconds(1).plus(slowestAnswer.multipliedBy(10));
    }

    /** A score, and when it came about by the server's own account. */
    private record Score(Instant since, int value) {}

    /** The scores of the service up to now, the newest first, once the newest is recorded. */
    private List<Score> scoresUpTo(int newest) throws Exception {
        return await().atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .until(this::scores, s -> !s.isEmpty() && s.getFirst().value() == newest);
    }

    private List<Score> scores() throws Exception {
        var answer = curl.post(SERVICE + "/auspex-assurance:history", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json()
                .path("auspex-assurance:output")
                .path("score")
                .valueStream()
                .map(s -> new Score(time(s, "since"), s.path("score").asInt()))
                .toList();
    }

    private static Instant time(JsonNode node, String leaf) {
        return OffsetDateTime.parse(node.path(leaf).asString()).toInstant();
    }

    private String read(String path) {
        try {
            return subservice(path).toString();
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** The active symptom of a subservice with a weight above 0. */
    private Optional<JsonNode> activeSymptom(String path) throws Exception {
        return activeSymptom(path, 1);
    }

    private Optional<JsonNode> activeSymptom(String path, int leastWeight) throws Exception {
        for (var symptom : subservice(path).path("symptoms").path("symptom")) {
            if (!symptom.has("stop-date-time")
                    && symptom.path("health-score-weight").asInt() >= leastWeight) {
                return Optional.of(symptom);
            }
        }
        return Optional.empty();
    }

    @Test
    void aRealInterfaceGoesDownAndTheServiceThatRestsOnItSaysWhy() throws Exception {
        // Given
        configure();
        awaitScore(SERVICE, 100);
        try (var events = curl.events("relevant-state")) {
            // When
            link.setDown(link.name());
            var down = Instant.now();
            // Then
            awaitScore(SERVICE, 0);
            var symptom = activeSymptom(INTERFACE).orElseThrow();
            assertThat(time(symptom, "start-date-time"))
                    .isBefore(down.plus(TWO_PERIODS).plus(slack()));
            assertThat(scoresUpTo(0).getFirst().since())
                    .isBefore(down.plus(TWO_PERIODS).plus(slack()));
            assertThat(activeSymptom(SERVICE).orElseThrow().path("symptom-id")).isEqualTo(symptom.path("symptom-id"));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(events.named("ietf-relevant-state:relevant-state-notification"))
                            .hasSize(1));
            var began = events.named("ietf-relevant-state:relevant-state-notification")
                    .getFirst();
            assertThat(began.has("end-time")).isFalse();
            Yanglint.validates(folder, "notif", "{\"ietf-relevant-state:relevant-state-notification\":" + began + "}");
            Yanglint.validates(folder, "data", merged());

            // When
            link.setUp(link.name());
            var up = Instant.now();
            // Then
            awaitScore(SERVICE, 100);
            assertThat(scoresUpTo(100).getFirst().since())
                    .isBefore(up.plus(TWO_PERIODS).plus(slack()));
            assertThat(activeSymptom(INTERFACE)).isEmpty();
            assertThat(subservice(INTERFACE).path("symptoms").path("symptom")).anySatisfy(s -> {
                assertThat(s.path("symptom-id")).isEqualTo(symptom.path("symptom-id"));
                assertThat(s.has("stop-date-time")).isTrue();
            });
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(events.named("ietf-relevant-state:relevant-state-notification"))
                            .hasSize(2));
            var ended = events.named("ietf-relevant-state:relevant-state-notification")
                    .getLast();
            assertThat(ended.path("id")).isEqualTo(began.path("id"));
            assertThat(ended.has("end-time")).isTrue();
            Yanglint.validates(folder, "notif", "{\"ietf-relevant-state:relevant-state-notification\":" + ended + "}");
        }
    }

    @Test
    void aDeviceThatIsLostMakesItsServicesUnknownAndItsReturnRestoresThem() throws Exception {
        // Given
        configure();
        awaitScore(SERVICE, 100);
        // When
        device.killNetconfd();
        var lost = Instant.now();
        // Then: the loss itself takes nothing off the score, which is unknown once the metrics are stale
        var loss = await().atMost(LONG).until(() -> activeSymptom(DEVICE, 0), Optional::isPresent);
        assertThat(time(loss.orElseThrow(), "start-date-time"))
                .isBefore(lost.plusSeconds(5).plus(slack()));
        awaitScore(SERVICE, -1);
        var scores = scoresUpTo(-1);
        assertThat(scores.get(1).value()).isEqualTo(100);
        assertThat(scores.getFirst().since())
                .isAfter(lost.plus(STALE).minus(ONE_PERIOD).minus(slack()))
                .isBefore(lost.plus(STALE).plus(TWO_PERIODS).plus(slack()));
        assertThat(activeSymptom(SERVICE)).isPresent();
        // When
        device.startNetconfd();
        // Then
        awaitScore(SERVICE, 100);
        assertThat(activeSymptom(DEVICE, 0)).isEmpty();
    }

    @Test
    void anAcknowledgedEditSurvivesKill9() throws Exception {
        // Given
        configure();
        // When
        server.kill();
        server = ServerProcess.start(folder.resolve("data"));
        curl = server.curl();
        // Then
        assertThat(subservice(SERVICE)
                        .path("service-instance-parameter")
                        .path("instance-name")
                        .asString())
                .isEqualTo("one");
        awaitScore(SERVICE, 100);
    }

    /** The four top-level nodes of RFC 9418 in one document: their leafrefs need each other. */
    private String merged() throws Exception {
        var document = JSON.createObjectNode();
        for (var node : new String[] {"assurance-graph-last-change", "subservices", "agents", "assured-services"}) {
            var answer = curl.get("/data/ietf-service-assurance:" + node);
            assertThat(answer.status()).as(node).isEqualTo(200);
            answer.json().properties().forEach(p -> document.set(p.getKey(), p.getValue()));
        }
        var text = document.toString();
        Files.writeString(folder.resolve("merged.json"), text);
        return text;
    }
}
