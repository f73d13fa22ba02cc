package io.auspex.ittests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions in the configuration of the shipped server, with a receiver over HTTPS (RFC 8639 §2.5). */
@Tag("peer")
class ConfiguredSubscriptionsIT {
    private static final String TOP = "/data/ietf-subscribed-notifications:subscriptions";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RECEIVERS =
            "\"receivers\": {\"receiver\": [{\"name\": \"oss\", \"ietf-subscribed-notif-receivers:receiver-instance-ref\": \"oss\"}]}";

    @TempDir
    Path folder;

    private static void put(Curl curl, String path, String body) throws Exception {
        var answer = curl.put(path, body);
        assertThat(answer.status()).as(answer.body()).isIn(201, 204);
    }

    private static void service(Curl curl, String id) throws Exception {
        put(curl, "/data/ietf-service-assurance:subservices/subservice=service-instance-type," + id, """
                {"ietf-service-assurance:subservice": [{"type": "service-instance-type", "id": "%s",
                  "service-instance-parameter": {"service": "t", "instance-name": "%s"}}]}
                """.formatted(
                        id, id));
    }

    private static void awaitState(Curl curl, int id, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(curl.get(TOP + "/subscription=" + id + "/receivers/receiver=oss")
                                .body())
                        .contains("\"state\":\"" + state + "\""));
    }

    /** The notification in a message, without what carries it. */
    private static String content(String message) {
        return message.startsWith("<")
                ? message.replaceFirst("(?s).*</eventTime>", "").replaceFirst("(?s)</notification>$", "")
                : message.replaceFirst("(?s)^\\{\"ietf-https-notif:notification\":\\{\"eventTime\":\"[^\"]*\",", "{")
                        .replaceFirst("(?s)}}$", "}");
    }

    @Test
    void aReceiverGetsWhatHappensOverARestartAndALostConnection() throws Exception {
        try (var oss = new NotificationReceiver(folder.resolve("receiver"))) {
            var data = folder.resolve("data");
            try (var server = ServerProcess.start(data)) {
                var curl = server.curl();
                put(curl, TOP, """
                        {"ietf-subscribed-notifications:subscriptions": {
                          "subscription": [
                            {"id": 1, "stream": "health", "configured-replay": [null], "purpose": "desk", %s},
                            {"id": 2, "ietf-yang-push:datastore": "ietf-datastores:running", "encoding": "encode-xml",
                             "ietf-yang-push:datastore-xpath-filter": "/ietf-service-assurance:subservices",
                             "ietf-yang-push:on-change": {}, %s}],
                          "ietf-subscribed-notif-receivers:receiver-instances": {"receiver-instance": [%s]}}}
                        """.formatted(RECEIVERS, RECEIVERS, oss.instance("oss")));
                var started = oss.next("subscription-started", "\"id\":1");
                assertThat(started).contains("\"purpose\":\"desk\"").contains("\"replay-start-time\":");
                Yanglint.validates(folder, "notif", content(started));
                awaitState(curl, 1, "active");
                awaitState(curl, 2, "active");

                service(curl, "first");
                for (var message :
                        oss.inAnyOrder(List.of("push-change-update", "first"), List.of("auspex-assurance:", "first"))) {
                    Yanglint.validates(folder, "notif", content(message));
                }

                oss.close();
                service(curl, "missed");
                awaitState(curl, 2, "connecting");
                assertThat(curl.get(TOP + "/subscription=2").body()).contains("auspex-subscriptions:last-error");
                oss.comeBack();
                Yanglint.validates(folder, "notif", content(oss.next("<push-update", "missed")));
                server.kill();
            }
            try (var server = ServerProcess.start(data)) {
                oss.next("subscription-started", "\"id\":1", "replay-previous-event-time");
                var curl = server.curl();
                awaitState(curl, 2, "active");
                service(curl, "second");
                oss.next("push-change-update", "second");

                var reset = curl.post(TOP + "/subscription=2/receivers/receiver=oss/reset", "");
                assertThat(reset.status()).as(reset.body()).isEqualTo(200);
                assertThat(reset.body()).contains("\"time\"");
                oss.next("<subscription-started", "<id>2</id>");

                put(
                        curl,
                        TOP + "/subscription=1/stream-xpath-filter",
                        "{\"ietf-subscribed-notifications:stream-xpath-filter\": \"/auspex-assurance:graph-changed\"}");
                Yanglint.validates(folder, "notif", content(oss.next("subscription-modified", "graph-changed")));
                whatCannotBeServedSaysWhy(curl);
                assertThat(curl.delete(TOP + "/subscription=1").status()).isEqualTo(204);
                Yanglint.validates(folder, "notif", content(oss.next("subscription-terminated", "\"id\":1")));
            }
        }
    }

    private static void whatCannotBeServedSaysWhy(Curl curl) throws Exception {
        put(curl, TOP + "/subscription=3", """
                {"ietf-subscribed-notifications:subscription": [{"id": 3, "stream": "none", %s}]}
                """.formatted(RECEIVERS));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(curl.get(TOP + "/subscription=3").body())
                                .contains("\"configured-subscription-state\":\"invalid\"")
                                .contains("there is no event stream 'none'"));
        var high = curl.put(TOP + "/subscription=2147483648", """
                {"ietf-subscribed-notifications:subscription": [{"id": 2147483648, "stream": "health", %s}]}
                """.formatted(RECEIVERS));
        assertThat(high.status()).isEqualTo(400);
        assertThat(high.body()).contains("below 2147483648");
    }
}
