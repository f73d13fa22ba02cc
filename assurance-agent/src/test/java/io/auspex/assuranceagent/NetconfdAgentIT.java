package io.auspex.assuranceagent;

import static io.auspex.assuranceagent.Documents.DEVICE;
import static io.auspex.assuranceagent.Documents.INTERFACE;
import static io.auspex.assuranceagent.Documents.SERVICE;
import static io.auspex.assuranceagent.Documents.device;
import static io.auspex.assuranceagent.Documents.impacting;
import static io.auspex.assuranceagent.Documents.interfaceOf;
import static io.auspex.assuranceagent.Documents.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auspex.netconfsouthbound.NetconfdPeer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent reads a real Linux interface from Debian's netconfd. */
@Tag("peer")
class NetconfdAgentIT {
    @TempDir
    private Path folder;

    private NetconfdPeer peer;
    private NetconfdPeer.VethPair link;
    private Network network;

    @BeforeEach
    void start() throws Exception {
        var whyNot = NetconfdPeer.whyNot();
        assumeTrue(whyNot.isEmpty(), whyNot.orElse(""));
        peer = NetconfdPeer.start();
        link = NetconfdPeer.createVeth();
        network = new Network(folder);
        network.replace(
                "{\"auspex-devices:devices\":{\"device\":[{\"name\":\"linux\",\"address\":\"127.0.0.1\",\"port\":"
                        + peer.port() + ",\"period\":1,\"credentials\":{\"user-name\":\"root\",\"private-key\":\""
                        + peer.credentials().pem().value().replace("\n", "\\n") + "\"}}]},"
                        + Documents.subservices(
                                device("linux"),
                                interfaceOf("linux", link.name(), impacting(DEVICE, "linux")),
                                service("tunnel", "one", impacting(INTERFACE, "linux-" + link.name())))
                        + "}");
    }

    @AfterEach
    void stop() throws Exception {
        if (network != null) {
            network.close();
            link.close();
            peer.close();
        }
    }

    private void awaitScore(int score) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(network.score(SERVICE, "tunnel-one"))
                        .as(() -> network.activeSymptoms(SERVICE, "tunnel-one").toString())
                        .isEqualTo(score));
    }

    @Test
    void realInterfaceThatGoesDownBreaksTheServiceAndComesBack() throws Exception {
        // Given
        awaitScore(100);
        assertThat(network.telemetry("linux", "telemetry", "on-change")).contains(0L);
        assertThat(network.telemetry("linux", "telemetry", "periodic")).contains(0L);
        // When
        link.setDown(link.name());
        // Then
        awaitScore(0);
        // When
        link.setUp(link.name());
        // Then
        awaitScore(100);
        await().untilAsserted(() ->
                assertThat(network.streams.published("relevant-state")).hasSize(2));
    }
}
