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

import io.auspex.devicesimulator.DeviceSimulator;
import io.auspex.devicesimulator.Fault;
import io.auspex.devicesimulator.SimulatedInterface;
import io.auspex.devicesimulator.SimulatedTelemetry;
import io.auspex.devicesimulator.SimulatorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S-43 and S-45: the agent takes what a simulated device streams, and asks one that does not. */
class StreamingIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** A device and an agent that reads it. */
    private record World(DeviceSimulator simulator, Network network) implements AutoCloseable {
        void awaitScore(int score) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(network.score(SERVICE, "tunnel-one"))
                            .as(() -> network.activeSymptoms(SERVICE, "tunnel-one")
                                    .toString())
                            .isEqualTo(score));
        }

        Optional<Object> telemetry(String leaf) {
            return network.telemetry("r1", "telemetry", leaf);
        }

        @Override
        public void close() throws IOException {
            network.close();
            simulator.close();
        }
    }

    private World start(SimulatedTelemetry telemetry, int period, InstantSource clock) throws Exception {
        var simulator = DeviceSimulator.start(
                SimulatorConfig.of("r1", "auspex", "right", SimulatedInterface.ethernet("eth0", 1))
                        .with(telemetry),
                clock);
        var network = new Network(folder);
        network.replace("{\"auspex-devices:devices\":{\"device\":[{\"name\":\"r1\",\"address\":\"127.0.0.1\",\"port\":"
                + simulator.port() + ",\"period\":" + period
                + ",\"credentials\":{\"user-name\":\"auspex\",\"password\":\"right\"}}]},"
                + Documents.subservices(
                        device("r1"),
                        interfaceOf("r1", "eth0", impacting(DEVICE, "r1")),
                        service("tunnel", "one", impacting(INTERFACE, "r1-eth0")))
                + "}");
        return new World(simulator, network);
    }

    @ParameterizedTest
    @EnumSource
    void aLinkThatFailsAndComesBackIsHeardHoweverItIsTold(SimulatedTelemetry telemetry) throws Exception {
        try (var world = start(telemetry, 1, InstantSource.system())) {
            // Given
            world.awaitScore(100);

            // When
            world.simulator().apply(new Fault.InterfaceDown("eth0"));
            world.awaitScore(0);
            world.simulator().apply(new Fault.InterfaceUp("eth0"));

            // Then
            world.awaitScore(100);
            var way = switch (telemetry) {
                case POLLED -> "polled";
                case PERIODIC -> "periodic";
                case ON_CHANGE -> "on-change";
            };
            await().atMost(LONG).untilAsserted(() -> {
                for (var leaf : List.of("polled", "periodic", "on-change")) {
                    assertThat(world.telemetry(leaf).orElseThrow().equals(0L))
                            .as(leaf)
                            .isEqualTo(!leaf.equals(way));
                }
                assertThat(world.telemetry("why-polled")).isEmpty();
            });
        }
    }

    @Test
    void aChangeIsHeardLongBeforeThePeriodIsOver() throws Exception {
        try (var world = start(SimulatedTelemetry.ON_CHANGE, 3_600, InstantSource.system())) {
            // Given
            world.awaitScore(100);

            // When
            world.simulator().apply(new Fault.InterfaceDown("eth0"));

            // Then
            world.awaitScore(0);
        }
    }

    @Test
    void aDeviceThatComesBackIsSubscribedToAgain() throws Exception {
        try (var world = start(SimulatedTelemetry.ON_CHANGE, 1, InstantSource.system())) {
            // Given
            world.awaitScore(100);

            // When
            world.simulator().apply(new Fault.DropSessions());
            world.simulator().apply(new Fault.InterfaceDown("eth0"));

            // Then
            world.awaitScore(0);
            // Until the first update of the new subscription the device is asked.
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(world.telemetry("polled")).contains(0L));
        }
    }

    @Test
    void s45_theSkewOfADevicesClockIsShownAndChangesNoScore() throws Exception {
        var ahead = Duration.ofHours(1);
        try (var world =
                start(SimulatedTelemetry.ON_CHANGE, 1, () -> Instant.now().plus(ahead))) {
            // When
            world.awaitScore(100);

            // Then
            await().atMost(LONG)
                    .until(() -> world.network()
                            .telemetry("r1", "clock", "beyond-limit")
                            .equals(Optional.of(true)));
            var skew = world.network()
                    .telemetry("r1", "clock", "skew")
                    .map(Object::toString)
                    .orElseThrow();
            assertThat(Double.parseDouble(skew)).isBetween(3_500.0, 3_601.0);
            assertThat(world.network().telemetry("r1", "clock", "source")).contains("event-time");
        }
    }
}
