package io.auspex.ittests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auspex.devicesimulator.DeviceSimulator;
import io.auspex.devicesimulator.Fault;
import io.auspex.devicesimulator.SimulatedInterface;
import io.auspex.devicesimulator.SimulatorConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Subscriptions as curl over HTTPS, ncclient and yangcli over SSH have them (RFC 8639, RFC 8640, RFC 8641, RFC 8650). */
@Tag("peer")
class SubscriptionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SELECTION = """
            "ietf-yang-push:datastore": "ietf-datastores:operational",
            "ietf-yang-push:datastore-xpath-filter": "/ietf-service-assurance:subservices"\
            """;

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private static Curl curl;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(folder.resolve("data"), "--set", "netconf.ssh-profile=compatible");
        curl = server.curl();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static JsonNode operate(String module, String rpc, String input) throws Exception {
        var answer = curl.post("/operations/" + module + ":" + rpc, "{\"" + module + ":input\": {" + input + "}}");
        assertThat(answer.status()).as(answer.body()).isIn(200, 204);
        return answer.status() == 204 ? new tools.jackson.databind.json.JsonMapper().createObjectNode() : answer.json();
    }

    /** A subscription that was established. */
    private record Established(long id, String uri) {
        static Established of(String input) throws Exception {
            var output = operate("ietf-subscribed-notifications", "establish-subscription", input)
                    .path("ietf-subscribed-notifications:output");
            return new Established(
                    output.path("id").asLong(),
                    output.path("ietf-restconf-subscribed-notifications:uri").asString());
        }
    }

    private static void put(String id) throws Exception {
        var answer = curl.put(
                "/data/ietf-service-assurance:subservices/subservice=service-instance-type," + id,
                """
                {"ietf-service-assurance:subservice": [{"type": "service-instance-type", "id": "%s",
                  "service-instance-parameter": {"service": "t", "instance-name": "%s"}}]}
                """.formatted(id, id));
        assertThat(answer.status()).as(answer.body()).isIn(201, 204);
    }

    /** A simulated device with one interface, and a subservice for each, both well. */
    private static DeviceSimulator watched(String name) throws Exception {
        var device = DeviceSimulator.start(
                SimulatorConfig.of(name, "operator", "password-of-" + name, SimulatedInterface.ethernet("ge0", 1)));
        var devices = curl.put("/data/auspex-devices:devices/device=" + name, """
                {"auspex-devices:device": [{"name": "%s", "address": "127.0.0.1", "port": %d, "period": 1,
                  "credentials": {"user-name": "operator", "password": "password-of-%s"}}]}
                """.formatted(name, device.port(), name));
        assertThat(devices.status()).as(devices.body()).isIn(201, 204);
        var subservice = curl.put(
                "/data/ietf-service-assurance:subservices/subservice=ietf-service-assurance-interface:interface-type,%s-ge0"
                        .formatted(name),
                """
                {"ietf-service-assurance:subservice": [
                  {"type": "ietf-service-assurance-interface:interface-type", "id": "%s-ge0",
                   "ietf-service-assurance-interface:parameters": {"device": "%s", "interface": "ge0"}}]}
                """.formatted(name, name));
        assertThat(subservice.status()).as(subservice.body()).isIn(201, 204);
        await().atMost(PATIENCE)
                .until(() -> curl.get(
                                "/data/ietf-service-assurance:subservices/subservice=ietf-service-assurance-interface:interface-type,%s-ge0/health-score"
                                        .formatted(name))
                        .body()
                        .contains(":100"));
        return device;
    }

    /** Of a message in XML what stands beside the time. */
    private static String content(String message) {
        return message.replaceFirst("(?s).*</eventTime>", "").replaceFirst("(?s)</notification>.*", "");
    }

    private static List<JsonNode> received(Curl.Events events, String name, int atLeast) {
        await().atMost(PATIENCE).until(() -> events.named(name).size() >= atLeast);
        return events.named(name);
    }

    @Test
    void curlGetsChangesModifiesResyncsAndDeletes() throws Exception {
        put("before");
        var subscription = Established.of(SELECTION + ", \"ietf-yang-push:on-change\": {}");
        try (var events = curl.eventsAt(subscription.uri(), null)) {
            var first = received(events, "ietf-yang-push:push-update", 1).getFirst();
            put("curl");
            var change =
                    received(events, "ietf-yang-push:push-change-update", 1).getFirst();
            assertThat(change.toString()).contains("\"patch-id\":\"0\"").contains("\"id\":\"curl\"");
            operate("ietf-yang-push", "resync-subscription", "\"id\": " + subscription.id());
            var again = received(events, "ietf-yang-push:push-update", 2).getLast();
            assertThat(again.toString()).contains("\"curl\"");
            Yanglint.validates(folder, "notif", "{\"ietf-yang-push:push-update\":" + first + "}");
            Yanglint.validates(folder, "notif", "{\"ietf-yang-push:push-update\":" + again + "}");
            Yanglint.validates(folder, "notif", "{\"ietf-yang-push:push-change-update\":" + change + "}");
            operate(
                    "ietf-subscribed-notifications",
                    "modify-subscription",
                    "\"id\": %d, %s, \"ietf-yang-push:periodic\": {\"period\": 50}"
                            .formatted(subscription.id(), SELECTION));
            received(events, "ietf-yang-push:push-update", 4);
            operate("ietf-subscribed-notifications", "delete-subscription", "\"id\": " + subscription.id());
            await().atMost(PATIENCE).until(events::isOver);
        }
    }

    @Test
    void curlIsToldByStreamOnChangeAndPeriodicallyWhenADeviceFails() throws Exception {
        try (var device = watched("left")) {
            var stream = Established.of("\"stream\": \"health\", \"stream-xpath-filter\":"
                    + " \"/auspex-assurance:health-changed[auspex-assurance:id = 'left-ge0']\"");
            var changes = Established.of(SELECTION + ", \"ietf-yang-push:on-change\": {}");
            var periodic = Established.of(SELECTION + ", \"ietf-yang-push:periodic\": {\"period\": 100}");
            try (var told = curl.eventsAt(stream.uri(), null);
                    var changed = curl.eventsAt(changes.uri(), null);
                    var seen = curl.eventsAt(periodic.uri(), null)) {
                received(changed, "ietf-yang-push:push-update", 1);
                device.apply(new Fault.InterfaceDown("ge0"));
                var event = received(told, "auspex-assurance:health-changed", 1).getFirst();
                assertThat(event.path("id").asString()).isEqualTo("left-ge0");
                assertThat(event.path("score").asInt()).isZero();
                Yanglint.validates(folder, "notif", "{\"auspex-assurance:health-changed\":" + event + "}");
                await().atMost(PATIENCE)
                        .until(() -> changed.named("ietf-yang-push:push-change-update").stream()
                                .anyMatch(c -> c.toString().contains("left-ge0")
                                        && c.toString().contains("health-score\":0")));
                await().atMost(PATIENCE)
                        .until(
                                () -> seen.named("ietf-yang-push:push-update"),
                                updates -> !updates.isEmpty()
                                        && updates.getLast().toString().contains("health-score\":0"));
                for (var change : changed.named("ietf-yang-push:push-change-update")) {
                    Yanglint.validates(folder, "notif", "{\"ietf-yang-push:push-change-update\":" + change + "}");
                }
            }
        }
    }

    @Test
    void ncclientIsToldByStreamOnChangeAndPeriodicallyWhenADeviceFails() throws Exception {
        assumeNcclient();
        try (var device = watched("right")) {
            var process = new ProcessBuilder(
                            PYTHON,
                            "src/test/resources/peers/watch.py",
                            Integer.toString(server.netconfPort("ssh")),
                            "admin",
                            server.password(),
                            "right-ge0")
                    .redirectErrorStream(true)
                    .start();
            var said = new ArrayList<String>();
            try (var lines = process.inputReader()) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    said.add(line);
                    if (line.equals("watching")) {
                        device.apply(new Fault.InterfaceDown("ge0"));
                    }
                }
            }
            assertThat(said).endsWith("done").hasSize(5);
            for (var line : said.subList(1, 4)) {
                Yanglint.validates(folder, "notif", content(line));
            }
        }
    }

    @Test
    void yangcliSubscribesModifiesResyncsAndDeletes() throws Exception {
        YangcliTerminal.assumeThere();
        put("typed-before");
        try (var yangcli = new YangcliTerminal(server, folder.resolve("yangcli-edits"))) {
            var selection =
                    "datastore=ds:operational datastore-xpath-filter=\"/ietf-service-assurance:subservices/subservice\"";
            var changes = yangcli.establish(selection + " on-change");
            yangcli.hear("push-update {", "id " + changes, "typed-before");
            put("typed-after");
            yangcli.hear("push-change-update {", "id " + changes, "patch-id 0", "typed-after");
            yangcli.type("resync-subscription id=" + changes);
            yangcli.hear("push-update {", "id " + changes, "typed-after");
            yangcli.type("modify-subscription id=" + changes + " datastore=ds:operational"
                    + " datastore-xpath-filter=\"/ietf-service-assurance:agents\"");
            yangcli.hear("push-update {", "id " + changes, "agents");
            yangcli.type("delete-subscription id=" + changes);
            yangcli.hear("RPC OK Reply");
        }
    }

    @Test
    void yangcliIsToldByStreamOnChangeAndPeriodicallyWhenADeviceFails() throws Exception {
        YangcliTerminal.assumeThere();
        try (var device = watched("far");
                var yangcli = new YangcliTerminal(server, folder.resolve("yangcli"))) {
            var selection = "datastore=ds:operational datastore-xpath-filter=\"/ietf-service-assurance:subservices\"";
            var period = yangcli.file(
                    "period.xml", "<period xmlns=\"urn:ietf:params:xml:ns:yang:ietf-yang-push\">100</period>");
            yangcli.establish("stream=health stream-xpath-filter="
                    + "\"/auspex-assurance:health-changed[auspex-assurance:id = 'far-ge0']\"");
            var changes = yangcli.establish(selection + " on-change");
            yangcli.hear("push-update {", "id " + changes);
            device.apply(new Fault.InterfaceDown("ge0"));
            yangcli.hear("health-changed {", "id far-ge0", "score 0");
            var periodic = yangcli.establish(selection + " periodic=@" + period);
            yangcli.hear("push-update {", "id " + periodic, "id far-ge0", "health-score 0");
            device.apply(new Fault.InterfaceUp("ge0"));
            yangcli.hear("push-change-update {", "id " + changes, "far-ge0", "health-score 100");
        }
    }

    @Test
    void whatIsToldOfASubscriptionInXmlValidates() throws Exception {
        var subscription = Established.of(
                "\"stream\": \"NETCONF\", \"encoding\": \"encode-xml\", \"replay-start-time\": \"2026-01-01T00:00:00Z\"");
        put("in-xml");
        var got = curl.textAt(subscription.uri(), "subscription-terminated", () -> {
            put("in-xml-too");
            operate("ietf-subscribed-notifications", "kill-subscription", "\"id\": " + subscription.id());
        });
        assertThat(got)
                .anyMatch(e -> e.contains("<netconf-config-change"))
                .anyMatch(e -> e.contains("<replay-completed"))
                .anyMatch(e -> e.contains("<subscription-terminated"));
        for (var event : got) {
            // The targets of edits demand their instances, which the judge does not have.
            if (!event.contains("<netconf-config-change")) {
                Yanglint.validates(folder, "notif", content(event));
            }
        }
    }

    @Test
    void everyChangeComesExactlyOnceOverRandomDisconnectsOfAClientThatResumes() throws Exception {
        var random = new Random(7);
        var subscription = Established.of("""
                "ietf-yang-push:datastore": "ietf-datastores:running",
                "ietf-yang-push:datastore-xpath-filter": "/ietf-service-assurance:subservices/subservice",
                "ietf-yang-push:on-change": {"sync-on-start": false},
                "auspex-subscriptions:grace-period": 60
                """);
        var patches = new ArrayList<String>();
        String last = null;
        var total = 30;
        for (var n = 0; n < total; ) {
            try (var events = curl.eventsAt(subscription.uri(), last)) {
                for (var i = random.nextInt(4); i >= 0 && n < total; i--) {
                    put("resumed-" + n++);
                }
                if (n >= total) {
                    var wanted = total - patches.size();
                    await().atMost(PATIENCE).until(() -> events.all().size() >= wanted);
                }
                events.close();
                await().atMost(PATIENCE).until(events::isOver);
                events.named("ietf-yang-push:push-change-update")
                        .forEach(u -> patches.add(u.path("datastore-changes")
                                .path("yang-patch")
                                .path("patch-id")
                                .asString()));
                last = events.lastId() == null ? last : events.lastId();
            }
        }
        assertThat(patches)
                .isEqualTo(IntStream.range(0, total).mapToObj(Integer::toString).toList());
        operate("ietf-subscribed-notifications", "delete-subscription", "\"id\": " + subscription.id());
    }

    @Test
    void ncclientSubscribesModifiesResyncsAndDeletes() throws Exception {
        assumeNcclient();
        var process = new ProcessBuilder(
                        PYTHON,
                        "src/test/resources/peers/subscriptions.py",
                        Integer.toString(server.netconfPort("ssh")),
                        "admin",
                        server.password())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(output).endsWith("done\n");
    }

    private static void assumeNcclient() throws Exception {
        var probe = new ProcessBuilder(PYTHON, "-c", "import ncclient").redirectErrorStream(true);
        assumeTrue(
                Files.isExecutable(Path.of(PYTHON)) && probe.start().waitFor() == 0,
                "skipped: ncclient is not installed (Debian package python3-ncclient)");
    }
}
