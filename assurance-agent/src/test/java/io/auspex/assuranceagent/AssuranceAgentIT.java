package io.auspex.assuranceagent;

import static io.auspex.assuranceagent.Documents.DEVICE;
import static io.auspex.assuranceagent.Documents.INTERFACE;
import static io.auspex.assuranceagent.Documents.SERVICE;
import static io.auspex.assuranceagent.Network.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auspex.netconfprotocol.Rpc;
import io.auspex.netconfsouthbound.FakeDevice;
import io.auspex.yang.data.InnerNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent with devices on real SSH sockets: what happens to them is what subservices, notifications and actions say. */
class AssuranceAgentIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Network network;

    @BeforeEach
    void start() throws Exception {
        network = new Network(folder, "peer1", "peer2");
        network.configure();
        awaitScore(TUNNEL, SERVICE, 100);
    }

    @AfterEach
    void stop() throws Exception {
        network.close();
    }

    private void awaitScore(String id, String type, int score) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(network.score(type, id))
                        .as(() -> network.activeSymptoms(type, id).toString())
                        .isEqualTo(score));
    }

    private void awaitSessionState(String device, String state) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(network.deviceState(device, "session-state")).isEqualTo(state));
    }

    @Test
    void interfaceThatGoesDownBreaksTheServiceAndSaysSoOnceUntilItComesBack() throws Exception {
        // When
        network.setOperStatus("peer1", "down");
        // Then
        awaitScore(TUNNEL, SERVICE, 0);
        assertThat(network.activeSymptoms(SERVICE, TUNNEL))
                .containsExactly("interface eth0 of peer1 is down (oper-status down)");
        await().untilAsserted(() ->
                assertThat(network.streams.published("relevant-state")).hasSize(1));
        InnerNode began = network.streams.published("relevant-state").getFirst();
        assertThat(began.value("end-time")).isEmpty();
        Yanglint.validates(folder, "notif", Documents.json(began));
        Yanglint.validates(
                folder,
                "data",
                network.document(
                        "ietf-service-assurance",
                        "assurance-graph-last-change",
                        "subservices",
                        "agents",
                        "assured-services"));

        // When
        network.setOperStatus("peer1", "up");
        // Then
        awaitScore(TUNNEL, SERVICE, 100);
        assertThat(network.activeSymptoms(SERVICE, TUNNEL)).isEmpty();
        assertThat(network.endedSymptoms(INTERFACE, "peer1-eth0"))
                .contains("interface eth0 of peer1 is down (oper-status down)");
        await().untilAsserted(() ->
                assertThat(network.streams.published("relevant-state")).hasSize(2));
        InnerNode ended = network.streams.published("relevant-state").getLast();
        assertThat(ended.value("id")).isEqualTo(began.value("id"));
        assertThat(ended.value("end-time")).isPresent();
        Yanglint.validates(folder, "notif", Documents.json(ended));
        assertThat(network.streams.published("NETCONF")).isEqualTo(network.streams.published("relevant-state"));
        network.streams.published("health").reversed().stream().limit(4).forEach(this::validatesNotification);
    }

    private void validatesNotification(InnerNode notification) {
        try {
            Yanglint.validates(folder, "notif", Documents.json(notification));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void rootCauseLeadsFromTheServiceToTheInterface() throws Exception {
        // Given
        network.setOperStatus("peer2", "down");
        awaitScore(TUNNEL, SERVICE, 0);
        // When
        var answer = network.agent
                .operations()
                .rootCause(Network.SCHEMA.path(new io.auspex.assuranceengine.graph.SubserviceId(SERVICE, TUNNEL)));
        // Then
        assertThat(Documents.json(answer).replaceAll("\"(symptom|since)\":\"[^\"]*\"", "\"$1\":\"…\""))
                .startsWith("{\"auspex-assurance:output\":{\"path\":["
                        + "{\"type\":\"ietf-service-assurance:service-instance-type\",\"id\":\"tunnel-one\",\"score\":0},"
                        + "{\"type\":\"ietf-service-assurance-interface:interface-type\",\"id\":\"peer2-eth0\",\"score\":0,"
                        + "\"symptom\":\"…\",\"description\":\"interface eth0 of peer2 is down (oper-status down)\","
                        + "\"since\":\"…\"}],\"cause\":[{\"rank\":1,")
                .contains(
                        "\"weight\":100,",
                        "{\"metric\":\"oper-status\",\"value\":\"\\\"down\\\"\"}",
                        "\"rests-on\":{\"well\":");
    }

    @Test
    void lostSessionIsASymptomAtOnceAndUnknownWhenStaleAndIsOverWhenTheDeviceIsBack() throws Exception {
        // When
        network.device("peer1").goDown();
        // Then
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(network.activeSymptoms(DEVICE, "peer1"))
                        .contains("the NETCONF session with peer1 is lost"));
        awaitSessionState("peer1", "down-backoff");
        awaitScore(TUNNEL, SERVICE, -1);
        awaitScore("peer2-eth0", INTERFACE, 100);
        var lost = network.activeSymptomsSince(DEVICE, "peer1").get("the NETCONF session with peer1 is lost");
        assertThat(network.activeSymptomsSince(INTERFACE, "peer1-eth0"))
                .as("unknown when the last value is too old, not when the session is lost")
                .anySatisfy((symptom, since) -> {
                    assertThat(symptom).contains("no fresh value of", "peer1", "session lost");
                    assertThat(since).isAfter(lost);
                });
        // When
        network.device("peer1").listen();
        // Then
        awaitScore(TUNNEL, SERVICE, 100);
        assertThat(network.activeSymptoms(DEVICE, "peer1")).isEmpty();
        assertThat(network.streams.published("relevant-state")).isEmpty();
    }

    @Test
    void malformedXmlOfADeviceIsItsOwnSymptomAndOthersGoOn() throws Exception {
        // When
        network.device("peer1").setScript(new FakeDevice.Script() {
            @Override
            public void rpc(Rpc rpc, FakeDevice device, FakeDevice.Peer peer) throws IOException {
                String reply = "<rpc-reply><data></rpc-reply>";
                peer.raw(("\n#" + reply.length() + "\n" + reply + "\n##\n").getBytes(StandardCharsets.UTF_8));
            }
        });
        // Then
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(network.activeSymptoms(DEVICE, "peer1"))
                        .contains("peer1 sends what NETCONF does not allow"));
        awaitScore("peer1-eth0", INTERFACE, -1);
        awaitScore("peer2-eth0", INTERFACE, 100);
    }

    @Test
    void deviceThatStopsInTheMiddleOfAReplyIsItsOwnSymptomAndRecovers() throws Exception {
        // When
        network.device("peer1").setScript(new FakeDevice.Script() {
            @Override
            public void rpc(Rpc rpc, FakeDevice device, FakeDevice.Peer peer) throws IOException {
                peer.raw("\n#1000\n<rpc-reply".getBytes(StandardCharsets.UTF_8));
            }
        });
        // Then
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(network.activeSymptoms(DEVICE, "peer1"))
                        .contains("peer1 sends what NETCONF does not allow"));
        awaitScore("peer1-eth0", INTERFACE, -1);
        awaitScore("peer2-eth0", INTERFACE, 100);
        // When
        network.device("peer1").setScript(new FakeDevice.Script());
        // Then
        awaitScore(TUNNEL, SERVICE, 100);
    }

    @Test
    void anotherHostKeyThanThePinnedOneIsRefusedEvenAfterARestart() throws Exception {
        // Given
        String pinned = network.deviceState("peer1", "host-key-seen");
        assertThat(pinned).startsWith("SHA256:");
        var peer = network.device("peer1");
        peer.goDown();
        peer.changeHostKey();
        // When
        network.restartAgent();
        peer.listen();
        // Then
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(network.activeSymptoms(DEVICE, "peer1"))
                        .contains("peer1 shows another SSH host key than the one that is pinned"));
        awaitSessionState("peer1", "host-key-changed");
        assertThat(network.deviceState("peer1", "host-key-seen"))
                .startsWith("SHA256:")
                .isNotEqualTo(pinned);
        awaitScore("peer1-eth0", INTERFACE, -1);
        awaitScore("peer2-eth0", INTERFACE, 100);
    }

    @Test
    void refusedPasswordIsASymptomAndTheRightOneIsTriedAtOnce() throws Exception {
        // When
        network.replace("{" + network.devicesJson("wrong") + "," + network.subservicesJson() + "}");
        // Then
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(network.activeSymptoms(DEVICE, "peer1")).contains("peer1 refuses the credentials"));
        assertThat(network.deviceState("peer1", "last-error")).doesNotContain("wrong");
        // When
        network.configure();
        // Then
        awaitSessionState("peer1", "up");
        awaitScore(TUNNEL, SERVICE, 100);
    }

    @Test
    void deviceThatLeavesTheInventoryIsReadNoMoreAndTheOtherKeepsItsSession() throws Exception {
        // Given
        int sessions = network.device("peer2").sessions();
        var gone = network.device("peer1");
        network.devices.remove("peer1");
        // When
        network.replace("{" + network.devicesJson("right") + "}");
        // Then
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(gone.rpcs().getLast().operation().name()).isEqualTo("close-session"));
        int rpcs = gone.rpcs().size();
        await().during(Duration.ofSeconds(2))
                .atMost(LONG)
                .untilAsserted(() -> assertThat(gone.rpcs()).hasSize(rpcs));
        assertThat(network.device("peer2").sessions()).isEqualTo(sessions);
        assertThat(network.deviceState("peer2", "session-state")).isEqualTo("up");
        gone.close();
    }

    @Test
    void restartedAgentAssuresWhatRunningSaysUnderTheSameId() {
        // Given
        String id = network.agent.id();
        // When
        network.restartAgent();
        // Then
        awaitScore(TUNNEL, SERVICE, 100);
        assertThat(network.agent.id()).isEqualTo(id);
    }

    @Test
    void chosenImplementationIsVisibleInTheStateOfTheDevice() {
        // When
        String devices = network.document("auspex-devices", "devices");
        // Then
        assertThat(devices)
                .contains("{\"metric\":\"ietf-service-assurance-interface:interface-type/oper-status\","
                        + "\"module\":\"ietf-interfaces\",\"revision\":\"2018-02-20\","
                        + "\"path\":\"/if:interfaces/if:interface[if:name='{interface}']/if:oper-status\"}");
    }
}
