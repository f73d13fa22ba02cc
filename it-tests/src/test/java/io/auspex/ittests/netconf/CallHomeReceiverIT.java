package io.auspex.ittests.netconf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auspex.ittests.Curl;
import io.auspex.ittests.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configured subscription whose receiver is a client that the shipped server calls: OpenSSH (RFC 8071, RFC 8639 §2.5). */
@Tag("peer")
class CallHomeReceiverIT {
    private static final String TOP = "/data/ietf-subscribed-notifications:subscriptions";

    @TempDir
    Path folder;

    private static void put(Curl curl, String path, String body) throws Exception {
        var answer = curl.put(path, body);
        assertThat(answer.status()).as(answer.body()).isIn(201, 204);
    }

    private static void call(Curl curl, int port) throws Exception {
        put(
                curl,
                "/data/ietf-keystore:keystore/asymmetric-keys/asymmetric-key=ssh-host-ed25519",
                "{\"ietf-keystore:asymmetric-key\": [{\"name\": \"ssh-host-ed25519\", \"hidden-private-key\": [null]}]}");
        put(curl, "/data/ietf-netconf-server:netconf-server/call-home", """
                {"ietf-netconf-server:call-home": {"netconf-client": [{
                  "name": "oss",
                  "endpoints": {"endpoint": [{"name": "main", "ssh": {
                    "tcp-client-parameters": {"remote-address": "127.0.0.1", "remote-port": %d},
                    "ssh-server-parameters": {"server-identity": {
                      "host-key": [{"name": "own", "public-key": {"central-keystore-reference": "ssh-host-ed25519"}}]}}}}]},
                  "connection-type": {"persistent": {}}}]}}
                """.formatted(port));
    }

    private static void subscribe(Curl curl) throws Exception {
        put(curl, TOP, """
                {"ietf-subscribed-notifications:subscriptions": {
                  "subscription": [
                    {"id": 1, "ietf-yang-push:datastore": "ietf-datastores:running",
                     "ietf-yang-push:datastore-xpath-filter": "/ietf-service-assurance:subservices",
                     "ietf-yang-push:on-change": {},
                     "receivers": {"receiver": [
                       {"name": "oss", "ietf-subscribed-notif-receivers:receiver-instance-ref": "oss"}]}}],
                  "ietf-subscribed-notif-receivers:receiver-instances": {"receiver-instance": [
                    {"name": "oss", "auspex-call-home-receivers:netconf-call-home": {"client": "oss"}}]}}}
                """);
    }

    private static void service(Curl curl, String id) throws Exception {
        put(curl, "/data/ietf-service-assurance:subservices/subservice=service-instance-type," + id, """
                {"ietf-service-assurance:subservice": [{"type": "service-instance-type", "id": "%s",
                  "service-instance-parameter": {"service": "t", "instance-name": "%s"}}]}
                """.formatted(
                        id, id));
    }

    private static void awaitState(Curl curl, String state) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(curl.get(TOP + "/subscription=1/receivers/receiver=oss")
                                .body())
                        .contains("\"state\":\"" + state + "\""));
    }

    /** Joins what the server opens with what an ordinary client opens, once. */
    private static void relay(ServerSocket home, ServerSocket forClient) {
        Thread.startVirtualThread(() -> {
            try (var called = home.accept();
                    var own = forClient.accept()) {
                Thread.startVirtualThread(() -> copy(called, own));
                copy(own, called);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // one of them is closed
        }
    }

    @Test
    void aClientThatIsCalledGetsThemOnItsSession() throws Exception {
        NetconfClient.SSH.assumeThere();
        try (var home = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                var forClient = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                var server = ServerProcess.start(folder.resolve("data"))) {
            var curl = server.curl();
            call(curl, home.getLocalPort());
            service(curl, "before");
            subscribe(curl);
            awaitState(curl, "connecting");
            assertThat(curl.get(TOP + "/subscription=1").body()).contains("client 'oss' has no session");

            relay(home, forClient);
            try (var session = NetconfClient.openSsh(server, folder, forClient.getLocalPort())) {
                assertThat(session.next()).contains("<subscription-started").contains("<id>1</id>");
                assertThat(session.next()).contains("<push-update").contains("before");
                awaitState(curl, "active");
                service(curl, "first");
                assertThat(session.next()).contains("<push-change-update").contains("first");
                assertThat(session.rpc("<get-config><source><running/></source></get-config>"))
                        .contains("netconf-call-home");
            }
            awaitState(curl, "connecting");

            service(curl, "missed");
            relay(home, forClient);
            try (var again = NetconfClient.openSsh(server, folder, forClient.getLocalPort())) {
                assertThat(again.next()).contains("<subscription-started");
                assertThat(again.next()).contains("<push-update").contains("missed");
                assertThat(curl.delete(TOP + "/subscription=1").status()).isEqualTo(204);
                assertThat(again.next()).contains("<subscription-terminated");
            }
        }
    }
}
