package io.auspex.ittests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The example graphs, configured over RESTCONF on the conformance server; faults come in through the rpc {@code report} of
 * auspex-metrics, and scores and symptoms are those that RFC 9417 and RFC 9418 give.
 */
class ExampleGraphsIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SAIN = "ietf-service-assurance:";
    private static final String SUBSERVICES = "/data/" + SAIN + "subservices";
    private static final Set<String> STATE =
            Set.of("last-change", "label", "health-score", "symptoms-history-start", "symptoms");

    @TempDir
    private static Path folder;

    private static ServerProcess server;
    private static Curl curl;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(
                folder.resolve("data"),
                "--set",
                "yang.directories=conformance/yang",
                "--set",
                "packs.directories=conformance/packs");
        curl = server.curl();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static ObjectNode graph(String name) throws IOException {
        try (var in = ExampleGraphsIT.class.getResourceAsStream("/graphs/" + name + ".json")) {
            return (ObjectNode) JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** What an orchestrator sends of an example. */
    private static String configuration(String name) throws IOException {
        var configuration = JSON.createObjectNode();
        var subservices = (ObjectNode) graph(name).path(SAIN + "subservices");
        subservices.path("subservice").forEach(s -> ((ObjectNode) s).remove(STATE));
        configuration.set(SAIN + "subservices", subservices);
        return configuration.toString();
    }

    private static void put(String name) throws Exception {
        var answer = curl.put(SUBSERVICES, configuration(name));
        assertThat(answer.status()).as(answer.body()).isIn(201, 204);
    }

    /** Reports a fault of each subservice: those named, and 0 for all others. */
    private static void report(Map<String, Integer> faults) throws Exception {
        var values = new ArrayList<String>();
        for (var subservice : subservices().values()) {
            var id = subservice.path("id").asString();
            values.add("{\"metric\": \"fault\", \"instance\": \"%s\", \"value\": \"%d\"}"
                    .formatted(id, faults.getOrDefault(id, 0)));
        }
        var answer = send(String.join(",", values));
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    private static Curl.Answer send(String values) throws Exception {
        return curl.post(
                "/operations/auspex-metrics:report", "{\"auspex-metrics:input\": {\"value\": [" + values + "]}}");
    }

    private static Map<String, JsonNode> subservices() throws Exception {
        var answer = curl.get(SUBSERVICES);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var byId = new HashMap<String, JsonNode>();
        answer.json()
                .path(SAIN + "subservices")
                .path("subservice")
                .forEach(s -> byId.put(s.path("id").asString(), s));
        return byId;
    }

    private static Map<String, Integer> scoresOtherThan100() throws Exception {
        var scores = new TreeMap<String, Integer>();
        subservices().forEach((id, s) -> {
            if (s.path("health-score").asInt() != 100) {
                scores.put(id, s.path("health-score").asInt());
            }
        });
        return scores;
    }

    /** The weights of the active symptoms that each subservice lists. */
    private static Map<String, List<Integer>> symptoms() throws Exception {
        var weights = new TreeMap<String, List<Integer>>();
        subservices().forEach((id, s) -> {
            var active = new ArrayList<Integer>();
            for (var symptom : s.path("symptoms").path("symptom")) {
                if (!symptom.has("stop-date-time")) {
                    active.add(symptom.path("health-score-weight").asInt());
                }
            }
            if (!active.isEmpty()) {
                weights.put(id, active.stream().sorted().toList());
            }
        });
        return weights;
    }

    @Test
    void theTunnelOfRfc9418AppendixCIsUnknownBeforeTheFirstValuesAndThenWell() throws Exception {
        // Given
        put("rfc9418-appendix-c-config");
        assertThat(subservices()
                        .get("simple-tunnel/example")
                        .path("health-score")
                        .asInt())
                .isEqualTo(-1);

        // When
        report(Map.of());

        // Then
        assertThat(scoresOtherThan100()).isEmpty();
        assertThat(symptoms()).isEmpty();
        assertThat(curl.get("/data/ietf-service-assurance:assured-services/assured-service=simple-tunnel")
                        .json()
                        .path(SAIN + "assured-service")
                        .path(0)
                        .path("instances")
                        .path(0)
                        .path("subservices"))
                .as("RFC 9417 Figure 2: all of the graph is behind the one service")
                .hasSize(9);
    }

    @Test
    void thePseudowiresServiceHasTheScoreOfItsWorstImpactingDependencyAndTheProbeDoesNotLowerIt() throws Exception {
        // Given
        put("l2vpn-pw");
        var probe = subservices().keySet().stream()
                .filter(id -> id.contains("1731"))
                .findFirst()
                .orElseThrow();

        // When
        report(Map.of("optics/PE1/Gi0/0/0/1", 30, "interface/PE1/Gi0/0/0/1", 40, probe, 50));

        // Then
        assertThat(scoresOtherThan100())
                .isEqualTo(Map.of(
                        "optics/PE1/Gi0/0/0/1",
                        70,
                        "interface/PE1/Gi0/0/0/1",
                        60,
                        "ac/PE1/Gi0-0-0-1.100",
                        60,
                        "point-to-point-l2vpn/acme-100",
                        60,
                        probe,
                        50));
        assertThat(symptoms())
                .containsEntry("interface/PE1/Gi0/0/0/1", List.of(30, 40))
                .containsEntry("point-to-point-l2vpn/acme-100", List.of(0, 30, 40));
    }

    @Test
    void theServiceOfTheL3vpnIsBrokenAsItsBgpSessionIs() throws Exception {
        // Given
        put("l3vpn");
        report(Map.of("device/PE3", 25));
        assertThat(scoresOtherThan100()).containsEntry("device/PE3", 75).containsEntry("l3vpn/ACME", 75);

        // When
        report(Map.of("bgp/PE2/CE2", 100));

        // Then
        assertThat(scoresOtherThan100()).isEqualTo(Map.of("bgp/PE2/CE2", 0, "vrf/PE2/ACME", 0, "l3vpn/ACME", 0));
        assertThat(symptoms())
                .isEqualTo(
                        Map.of("bgp/PE2/CE2", List.of(100), "vrf/PE2/ACME", List.of(100), "l3vpn/ACME", List.of(100)));
        assertThat(subservices().get("device/PE3").path("symptoms").path("symptom"))
                .as("the symptom that has ended stays in the history")
                .singleElement()
                .satisfies(s -> assertThat(s.has("stop-date-time")).isTrue());
    }

    @Test
    void anImbalanceIsAnInformationThatLeavesTheServiceAt100() throws Exception {
        // Given
        put("ecmp");

        // When
        report(Map.of("ecmp-load/PE1/203.0.113.0-24", 15));

        // Then
        assertThat(scoresOtherThan100()).isEqualTo(Map.of("ecmp-load/PE1/203.0.113.0-24", 85));
        assertThat(symptoms())
                .isEqualTo(Map.of(
                        "ecmp-load/PE1/203.0.113.0-24", List.of(15),
                        "ecmp/PE1/203.0.113.0-24", List.of(0),
                        "conn/PE1-PE2", List.of(0),
                        "tunnel/blue", List.of(0)));
    }

    @Test
    void maintenanceOfADeviceIsTheOnlySymptomUpToTheService() throws Exception {
        // Given
        put("tunnel-maintenance");

        // When
        report(Map.of("interface/peer1/physical0", 100, "interface/peer1/tunnel0", 40));

        // Then
        var concerned = Set.of(
                "device/peer1",
                "interface/peer1/physical0",
                "interface/peer1/tunnel0",
                "conn/peer1-peer2",
                "simple-tunnel/example");
        assertThat(scoresOtherThan100().keySet()).isEqualTo(concerned);
        assertThat(scoresOtherThan100().values()).containsOnly(0);
        assertThat(symptoms().keySet()).isEqualTo(concerned);
        assertThat(symptoms().values()).containsOnly(List.of(100));
    }

    @Test
    void aCycleIsRefusedAndShown() throws Exception {
        // When
        var answer = curl.put(SUBSERVICES, configuration("t-cycle"));

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("the dependencies form a cycle", "device/PE3", "l3vpn/ACME", "conn/PE1-PE3");
    }

    @Test
    void stateIsNotTakenAsConfiguration() throws Exception {
        // When
        var answer = curl.put(
                SUBSERVICES, graph("t-dupsym").retain(SAIN + "subservices").toString());

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("is state, expected configuration");
    }

    @Test
    void aValueThatWasSeenLongAgoIsUnknownAndOneThatWasSeenBeforeANewerOneIsDropped() throws Exception {
        // Given
        put("ecmp");
        report(Map.of());
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var value = "{\"device\": \"\", \"metric\": \"fault\", \"instance\": \"device/PE1\", \"value\": \"%d\","
                + " \"observed-at\": \"%s\"}";

        // When
        send(value.formatted(100, now.minusSeconds(60)));
        // Then
        assertThat(scoresOtherThan100()).isEmpty();

        // When
        put("tunnel-maintenance");
        put("ecmp");
        report(Map.of());
        var fresh = curl.delete("/data/ietf-service-assurance:subservices");
        assertThat(fresh.status()).as(fresh.body()).isEqualTo(204);
        put("ecmp");
        send(value.formatted(0, now.minus(1, ChronoUnit.DAYS)));
        // Then
        assertThat(scoresOtherThan100()).containsEntry("device/PE1", -1);
    }

    @Test
    void aValueForNothingIsRefusedAndAmongOthersLeftOut() throws Exception {
        // Given
        put("ecmp");
        var good = "{\"metric\": \"fault\", \"instance\": \"device/PE1\", \"value\": \"0\"}";
        var nobody = "{\"metric\": \"fault\", \"instance\": \"device/PE9\", \"value\": \"0\"}";
        var nothing = "{\"metric\": \"jitter\", \"instance\": \"device/PE1\", \"value\": \"0\"}";

        // When
        var refused = send(nobody);
        var both = send(good + "," + nothing);

        // Then
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("value 1: no subservice 'device/PE9' has a reported metric 'fault'");
        assertThat(both.status()).isEqualTo(200);
        assertThat(both.body()).contains("\"position\":2", "no subservice 'device/PE1' has a reported metric 'jitter'");
    }

    @Test
    void aValueThatIsNoNumberMakesTheScoreUnknown() throws Exception {
        // Given
        put("ecmp");
        report(Map.of());

        // When
        send("{\"metric\": \"fault\", \"instance\": \"device/PE1\", \"value\": \"much\"}");

        // Then
        assertThat(scoresOtherThan100()).containsEntry("device/PE1", -1).containsEntry("tunnel/blue", -1);
    }

    private static String subservice(String type, String id) {
        return SUBSERVICES + "/subservice=" + encoded(type) + "," + encoded(id);
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8);
    }

    private static JsonNode ask(String path, String input) throws Exception {
        var answer = curl.post(path, input);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("auspex-assurance:output");
    }

    @Test
    void s66_s67_rootCauseAndImpactOfTheL3vpn() throws Exception {
        // Given
        put("l3vpn");
        report(Map.of("bgp/PE2/CE2", 100));

        // When
        var causes = ask(subservice(SAIN + "service-instance-type", "l3vpn/ACME") + "/auspex-assurance:root-cause", "");
        var impact = ask(
                subservice("example-sain-bgp-session:bgp-session-type", "bgp/PE2/CE2") + "/auspex-assurance:impact",
                "");

        // Then
        var first = causes.path("cause").path(0);
        assertThat(first.path("id").asString()).isEqualTo("bgp/PE2/CE2");
        assertThat(first.path("weight").asInt()).isEqualTo(100);
        assertThat(first.path("via").path(0).path("id").asString()).isEqualTo("vrf/PE2/ACME");
        assertThat(impact.path("service")).hasSize(1);
        assertThat(impact.path("service").path(0).path("instance").asString()).isEqualTo("ACME");
        assertThat(impact.path("service").path(0).path("at-stake").asInt()).isEqualTo(100);
    }

    @Test
    void explainOfAServiceOverMoreThan12SubservicesFitsUnder15Lines() throws Exception {
        // Given
        put("l3vpn");
        report(Map.of("bgp/PE2/CE2", 100, "device/PE3", 25));
        var all = subservices().size() - 1;
        assertThat(all).isGreaterThan(12);

        // When
        var said = server.ask("explain", "l3vpn", "ACME");

        // Then
        assertThat(said.lines())
                .as(said)
                .hasSizeLessThan(15)
                .anySatisfy(line -> assertThat(line).contains("l3vpn ACME: score 0, broken"))
                .anySatisfy(line -> assertThat(line).contains("1. ", "bgp/PE2/CE2", "-100, since 20"))
                .anySatisfy(line -> assertThat(line).contains("by way of", "vrf/PE2/ACME"))
                .anySatisfy(line -> assertThat(line).contains("fault > 0; now fault = 100"))
                .anySatisfy(line -> assertThat(line).contains("2. ", "device/PE3", "-25, since 20"))
                .anySatisfy(line -> assertThat(line).contains("rests on " + all + " subservices"));
    }

    @Test
    void s18_theGraphAndItsHealthAsOfATime() throws Exception {
        // Given
        put("ecmp");
        report(Map.of("ecmp-load/PE1/203.0.113.0-24", 15));
        var then = Instant.now();
        var question = "{\"auspex-assurance:input\": {\"time\": \"" + then + "\", \"service\": \"tunnel\"}}";
        Awaitility.await()
                .untilAsserted(() -> assertThat(pastScores(ask("/operations/auspex-assurance:graph-at", question)))
                        .containsEntry("ecmp-load/PE1/203.0.113.0-24", 85)
                        .containsEntry("tunnel/blue", 100));

        // When
        report(Map.of());
        put("tunnel-maintenance");

        // Then
        assertThat(pastScores(ask("/operations/auspex-assurance:graph-at", question)))
                .hasSize(13)
                .containsEntry("ecmp-load/PE1/203.0.113.0-24", 85);
    }

    private static Map<String, Integer> pastScores(JsonNode graph) {
        var scores = new TreeMap<String, Integer>();
        graph.path("subservice")
                .forEach(
                        s -> scores.put(s.path("id").asString(), s.path("score").asInt(-2)));
        return scores;
    }

    @Test
    void s12_circlesAreRemovedOnRequest() throws Exception {
        var device = "{\"type\": \"ietf-service-assurance-device:device-type\", \"id\": \"%s\"";
        var input = "{\"auspex-assurance:input\": {\"subservice\": [" + device.formatted("a") + ", \"dependency\": ["
                + device.formatted("b") + "}]}," + device.formatted("b") + ", \"dependency\": [" + device.formatted("a")
                + "}]}]}}";

        var graph = ask("/operations/auspex-assurance:remove-cycles", input);

        assertThat(graph.path("subservice")).hasSize(3);
        assertThat(graph.toString()).contains("synthetic/a,b");
    }
}
