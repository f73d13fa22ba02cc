package io.auspex.benchmarks.durability;

import io.auspex.benchmarks.harness.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An orchestrator that edits its own subservices over RESTCONF in every way there is, and keeps a {@link Ledger}. */
final class RestconfEditor {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LIST = "/data/ietf-service-assurance:subservices";
    private static final String TYPE = "ietf-service-assurance-device:device-type";
    private static final int ENTRIES = 24;

    private final String prefix;
    private final Ledger ledger = new Ledger();
    private final SplittableRandom random;
    private long number;

    RestconfEditor(int client) {
        prefix = "client" + client + "-";
        random = new SplittableRandom(client);
    }

    Ledger ledger() {
        return ledger;
    }

    /** Edits until the server is gone. */
    void editUntilItEnds(HttpClient http, ServerProcess server, String authorization) throws InterruptedException {
        try {
            while (true) {
                edit(http, server, authorization);
            }
        } catch (IOException _) {
            // the server was killed; the ledger knows what was on its way
        }
    }

    private void edit(HttpClient http, ServerProcess server, String authorization)
            throws IOException, InterruptedException {
        var entry = prefix + random.nextInt(ENTRIES);
        var other = prefix + random.nextInt(ENTRIES);
        var value = prefix + "v" + number++;
        var one = Map.of(entry, value);
        switch (random.nextInt(5)) {
            case 0 -> send(http, server, authorization, one, "PUT", resource(entry), list(one));
            case 1 -> {
                if (ledger.has(entry)) {
                    send(http, server, authorization, one, "PATCH", resource(entry), list(one));
                } else {
                    send(http, server, authorization, one, "POST", LIST, list(one));
                }
            }
            case 2 -> {
                if (ledger.has(entry)) {
                    send(http, server, authorization, Map.of(entry, Ledger.ABSENT), "DELETE", resource(entry), "");
                }
            }
            case 3 -> {
                var two = new HashMap<>(one);
                two.put(other, value + "b");
                send(
                        http,
                        server,
                        authorization,
                        two,
                        "PATCH",
                        LIST,
                        "{\"ietf-service-assurance:subservices\":"
                                + list(two).replace("ietf-service-assurance:subservice\"", "subservice\"") + "}");
            }
            default -> send(http, server, authorization, one, "PUT", resource(entry), list(one));
        }
    }

    private static String resource(String entry) {
        return LIST + "/subservice=" + TYPE + "," + entry;
    }

    private static String list(Map<String, String> values) {
        var entries = JSON.createArrayNode();
        values.forEach((id, value) -> {
            var entry = entries.addObject().put("type", TYPE).put("id", id);
            entry.putObject("ietf-service-assurance-device:parameters").put("device", value);
        });
        return JSON.createObjectNode()
                .set("ietf-service-assurance:subservice", entries)
                .toString();
    }

    private void send(
            HttpClient http,
            ServerProcess server,
            String authorization,
            Map<String, String> edit,
            String method,
            String path,
            String body)
            throws IOException, InterruptedException {
        var request = request(server, authorization, path)
                .header("Content-Type", "application/yang-data+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        ledger.sent(edit);
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() < 300) {
            ledger.acknowledged();
        } else {
            throw new IllegalStateException(
                    method + " " + path + " is answered with " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static HttpRequest.Builder request(ServerProcess server, String authorization, String path) {
        return HttpRequest.newBuilder(URI.create(server.restconf() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/yang-data+json")
                .header("Authorization", authorization);
    }

    static String authorization(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** All subservices of running with their values. */
    static Map<String, String> read(HttpClient http, ServerProcess server, String authorization)
            throws IOException, InterruptedException {
        var answer = http.send(
                request(server, authorization, LIST + "?content=config").build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 404) {
            return Map.of();
        }
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("reading is answered with " + answer.statusCode() + ": " + answer.body());
        }
        var found = new HashMap<String, String>();
        for (JsonNode entry : JSON.readTree(answer.body())
                .path("ietf-service-assurance:subservices")
                .path("subservice")) {
            found.put(
                    entry.path("id").asString(),
                    entry.path("ietf-service-assurance-device:parameters")
                            .path("device")
                            .asString());
        }
        return found;
    }

    /** How many acknowledged entries of this client are not among what is found. */
    int lost(Map<String, String> found) {
        var own = new HashMap<>(found);
        own.keySet().removeIf(id -> !id.startsWith(prefix));
        return ledger.lost(own);
    }
}
