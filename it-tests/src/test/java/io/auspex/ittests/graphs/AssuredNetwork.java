package io.auspex.ittests.graphs;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.ittests.Curl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server's assurance graph as an orchestrator and a collector see it: everything goes over RESTCONF. */
final class AssuredNetwork {
    private static final String SAIN = "ietf-service-assurance:";
    private static final String SUBSERVICES = "/data/" + SAIN + "subservices";

    private final Curl curl;

    AssuredNetwork(Curl curl) {
        this.curl = curl;
    }

    /** A symptom as one subservice lists it; {@code name} is that of its rule. */
    record Listed(
            String id,
            String name,
            String agent,
            String start,
            int weight,
            @Nullable String stop) {
        boolean isActive() {
            return stop == null;
        }
    }

    /** Starts anew with this graph: what was reported before is gone. */
    void replace(String lines) throws Exception {
        curl.delete(SUBSERVICES);
        accepted(curl.put(SUBSERVICES, ShortGraph.json(lines)));
    }

    /** Makes the graph this one in one edit. */
    Curl.Answer put(String lines) throws Exception {
        return curl.put(SUBSERVICES, ShortGraph.json(lines));
    }

    Curl.Answer putOne(String line) throws Exception {
        return curl.put(path(line.strip().split(" ")[0]), ShortGraph.one(line));
    }

    Curl.Answer merge(String lines) throws Exception {
        return curl.patch(SUBSERVICES, ShortGraph.json(lines));
    }

    Curl.Answer addDependency(String id, String dependency) throws Exception {
        return curl.post(path(id) + "/dependencies", ShortGraph.dependency(dependency));
    }

    Curl.Answer remove(String id) throws Exception {
        return curl.delete(path(id));
    }

    Curl.Answer removeMaintenance(String id) throws Exception {
        return curl.delete(path(id) + "/under-maintenance");
    }

    static void accepted(Curl.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(200, 201, 204);
    }

    /** Reports that all is well but for {@code id=fault ...}. */
    void reportAll(String faults) throws Exception {
        Map<String, String> values = new TreeMap<>();
        read("?content=config").keySet().forEach(id -> values.put(id, "0"));
        values.putAll(pairs(faults));
        send(values, "");
    }

    /** Reports these and nothing of the others. */
    void report(String faults) throws Exception {
        send(pairs(faults), "");
    }

    void reportAsOf(String faults, String observedAt) throws Exception {
        send(pairs(faults), ", \"observed-at\": \"" + observedAt + "\"");
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new TreeMap<>();
        for (String pair : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
            pairs.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return pairs;
    }

    private void send(Map<String, String> values, String more) throws Exception {
        List<String> entries = new ArrayList<>();
        values.forEach((id, value) -> entries.add("{\"device\": \"\", \"metric\": \"fault\", \"instance\": \"" + id
                + "\", \"value\": \"" + value + "\"" + more + "}"));
        accepted(curl.post(
                "/operations/auspex-metrics:report",
                "{\"auspex-metrics:input\": {\"value\": [" + String.join(",", entries) + "]}}"));
    }

    private Map<String, JsonNode> read(String query) throws Exception {
        var answer = curl.get(SUBSERVICES + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Map<String, JsonNode> byId = new TreeMap<>();
        answer.json()
                .path(SAIN + "subservices")
                .path("subservice")
                .forEach(s -> byId.put(s.path("id").asString(), s));
        return byId;
    }

    /** All scores; checks on the way what holds for every graph. */
    Map<String, Integer> scores() throws Exception {
        Map<String, JsonNode> state = read("");
        check(state);
        Map<String, Integer> scores = new TreeMap<>();
        state.forEach((id, s) -> scores.put(id, s.path("health-score").asInt(-2)));
        return scores;
    }

    /** {@code name weight} of each active symptom, in order. */
    List<String> active(String id) throws Exception {
        return symptoms(id).stream()
                .filter(Listed::isActive)
                .map(s -> s.name + " " + s.weight)
                .sorted()
                .toList();
    }

    List<Listed> symptoms(String id) throws Exception {
        return listed(curl.get(path(id)).json().path(SAIN + "subservice").path(0));
    }

    private static List<Listed> listed(JsonNode subservice) {
        List<Listed> all = new ArrayList<>();
        for (JsonNode s : subservice.path("symptoms").path("symptom")) {
            String symptom = s.path("symptom-id").asString();
            all.add(new Listed(
                    symptom,
                    symptom.replaceFirst("-[0-9a-z]+-[0-9a-z]+$", ""),
                    s.path("agent-id").asString(),
                    s.path("start-date-time").asString(),
                    s.path("health-score-weight").asInt(),
                    s.has("stop-date-time") ? s.path("stop-date-time").asString() : null));
        }
        return all;
    }

    String lastChange(String id) throws Exception {
        return curl.get(path(id))
                .json()
                .path(SAIN + "subservice")
                .path(0)
                .path("last-change")
                .asString();
    }

    String graphLastChange() throws Exception {
        return curl.get("/data/" + SAIN + "assurance-graph-last-change")
                .json()
                .path(SAIN + "assurance-graph-last-change")
                .asString();
    }

    /** What the index has behind an instance of a service. */
    Set<String> assured(String service, String instance) throws Exception {
        var answer =
                curl.get("/data/" + SAIN + "assured-services/assured-service=" + service + "/instances=" + instance);
        Set<String> ids = new HashSet<>();
        if (answer.status() == 200) {
            answer.json()
                    .path(SAIN + "instances")
                    .path(0)
                    .path("subservices")
                    .forEach(s -> ids.add(s.path("id").asString()));
        }
        return ids;
    }

    private static String path(String id) {
        return SUBSERVICES + "/subservice=" + encoded(ShortGraph.identity(id)) + "," + encoded(id);
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8);
    }

    private void check(Map<String, JsonNode> state) throws Exception {
        Set<String> glossary = new HashSet<>();
        curl.get("/data/" + SAIN + "agents")
                .json()
                .path(SAIN + "agents")
                .path("agent")
                .forEach(a -> a.path("symptoms")
                        .forEach(s -> glossary.add(
                                a.path("id").asString() + " " + s.path("id").asString())));
        Map<String, String> starts = new HashMap<>();
        String graph = graphLastChange();
        state.forEach((id, s) -> {
            List<Listed> symptoms = listed(s);
            int score = s.path("health-score").asInt(-2);
            if (score != 100) {
                assertThat(symptoms)
                        .as("what explains the %d of %s", score, id)
                        .anyMatch(x -> x.isActive() && x.weight > 0);
            }
            for (Listed symptom : symptoms) {
                String name = symptom.agent + " " + symptom.id;
                assertThat(glossary).as("glossary").contains(name);
                assertThat(symptom.start)
                        .as("start of %s at %s", name, id)
                        .isEqualTo(starts.computeIfAbsent(name, n -> symptom.start));
            }
            assertThat(symptoms.stream().map(Listed::id)).as("at %s", id).doesNotHaveDuplicates();
            assertThat(s.path("last-change").asString()).as("of %s", id).isLessThanOrEqualTo(graph);
        });
    }
}
