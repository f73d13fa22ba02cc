package io.auspex.assuranceagent.relevantstate;

import static io.auspex.assuranceagent.relevantstate.EngineWorld.aDevice;
import static io.auspex.assuranceagent.relevantstate.EngineWorld.aService;
import static io.auspex.assuranceagent.relevantstate.EngineWorld.aVrf;
import static io.auspex.assuranceagent.relevantstate.EngineWorld.anInterface;
import static io.auspex.assuranceagent.relevantstate.EngineWorld.interfaceId;
import static io.auspex.assuranceagent.relevantstate.EngineWorld.serviceId;
import static io.auspex.assuranceengine.graph.Dependency.impacting;
import static io.auspex.assuranceengine.graph.Dependency.informational;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.anomalydetection.Anomaly;
import io.auspex.anomalydetection.NameUuid;
import io.auspex.anomalydetection.Plane;
import io.auspex.anomalydetection.RelevantState;
import io.auspex.anomalydetection.ServiceWatch;
import io.auspex.anomalydetection.Stage;
import io.auspex.anomalydetection.SymptomKind;
import io.auspex.anomalydetection.Termination;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the engine finds becomes one relevant state per ongoing problem of a service, with facts and nothing invented. */
class RelevantStatesTest {
    private final EngineWorld world = new EngineWorld();
    private final List<RelevantState> raised = new ArrayList<>();

    @BeforeEach
    void twoInterfacesAndAServiceInGoodHealth() {
        world.engine.addHealthListener(
                new RelevantStates(world.engine, new ServiceWatch(UUID::randomUUID, raised::add)));
        world.put(
                        aDevice("peer1"),
                        aDevice("peer2"),
                        anInterface("peer1", "eth0"),
                        anInterface("peer2", "eth0"),
                        aService(
                                "one",
                                impacting(interfaceId("peer1", "eth0")),
                                impacting(interfaceId("peer2", "eth0"))))
                .up("peer1", "peer2")
                .status("peer1", "eth0", "up")
                .status("peer2", "eth0", "up");
        assertThat(raised).isEmpty();
    }

    @Test
    void interfaceDownIsOneRelevantStateWithItsFacts() {
        // When
        world.status("peer1", "eth0", "down");
        // Then
        assertThat(raised).singleElement().satisfies(state -> {
            assertThat(state.end()).isNull();
            assertThat(state.service().vpnId()).isEqualTo("vpn");
            assertThat(state.service().vpnName()).isEqualTo("one");
            assertThat(state.service().id())
                    .isEqualTo(NameUuid.of("service ietf-service-assurance:service-instance-type[vpn-one]"));
            assertThat(state.service().terminations()).isEmpty();
            assertThat(state.anomalies()).singleElement().satisfies(anomaly -> {
                assertThat(anomaly.stage()).isEqualTo(Stage.PROBLEM_POTENTIAL);
                assertThat(anomaly.kind())
                        .isEqualTo(new SymptomKind("Interface", "Down", "Link-Layer", Plane.MANAGEMENT));
                assertThat(anomaly.symptomId())
                        .isEqualTo(NameUuid.of(
                                "symptom ietf-service-assurance-interface:interface-type[peer1-eth0] interface-down"));
                assertThat(anomaly.confidence()).isEqualTo(100);
                assertThat(anomaly.concern()).isEqualTo(100);
                assertThat(anomaly.start()).isEqualTo(EngineWorld.START);
            });
        });
    }

    @Test
    void secondFailureJoinsTheOngoingRelevantStateAndBothEndWithIt() {
        // Given
        world.status("peer1", "eth0", "down");
        world.pass(Duration.ofSeconds(1));
        world.status("peer2", "eth0", "down");
        assertThat(raised).hasSize(1);
        // When
        world.status("peer1", "eth0", "up").status("peer2", "eth0", "up");
        // Then
        assertThat(raised).hasSize(2);
        assertThat(raised.getLast().id()).isEqualTo(raised.getFirst().id());
        assertThat(raised.getLast().end()).isEqualTo(world.now);
        assertThat(raised.getLast().anomalies())
                .hasSize(2)
                .allSatisfy(anomaly -> assertThat(anomaly.end()).isEqualTo(world.now));
    }

    @Test
    void nextOccurrenceHasAnotherIdAndTheSameSymptom() {
        // Given
        world.status("peer1", "eth0", "down").status("peer1", "eth0", "up");
        // When
        world.status("peer1", "eth0", "down");
        // Then
        assertThat(raised).hasSize(3);
        assertThat(raised.getLast().id()).isNotEqualTo(raised.getFirst().id());
        assertThat(symptom(raised.getLast())).isEqualTo(symptom(raised.getFirst()));
    }

    private static UUID symptom(RelevantState state) {
        return state.anomalies().stream().map(Anomaly::symptomId).findFirst().orElseThrow();
    }

    @Test
    void unknownHealthIsNoRelevantStateAndEndsNone() {
        // Given
        world.status("peer1", "eth0", "down");
        // When
        world.lost("peer1").pass(Duration.ofSeconds(60), "peer2");
        // Then
        assertThat(world.engine
                        .snapshot()
                        .health(serviceId("one"))
                        .orElseThrow()
                        .wireValue())
                .isEqualTo(-1);
        assertThat(raised).hasSize(1);
    }

    @Test
    void informationalDependencyRaisesNothing() {
        // Given
        world.put(anInterface("peer1", "eth1"), aService("two", informational(interfaceId("peer1", "eth1"))))
                .status("peer1", "eth1", "up");
        // When
        world.status("peer1", "eth1", "down");
        // Then
        assertThat(raised).isEmpty();
    }

    @Test
    void maintenanceIsNoProblem() {
        // When
        Subservice eth0 = anInterface("peer1", "eth0");
        world.put(new Subservice(eth0.id(), eth0.parameters(), "noc", eth0.dependencies()));
        // Then
        assertThat(world.engine
                        .snapshot()
                        .health(serviceId("one"))
                        .orElseThrow()
                        .isPerfect())
                .isFalse();
        assertThat(raised).isEmpty();
    }

    @Test
    void confidenceIsTheShareOfFreshInputs() {
        // Given
        world.lost("peer2").pass(Duration.ofSeconds(60), "peer1");
        // When
        world.status("peer1", "eth0", "down");
        // Then
        assertThat(raised)
                .singleElement()
                .satisfies(state -> assertThat(state.anomalies())
                        .singleElement()
                        .satisfies(a -> assertThat(a.confidence()).isBetween(30, 70)));
    }

    @Test
    void serviceThatIsRemovedEndsItsRelevantState() {
        // Given
        world.status("peer1", "eth0", "down");
        // When
        world.remove(serviceId("one"));
        // Then
        assertThat(raised).hasSize(2);
        assertThat(raised.getLast().id()).isEqualTo(raised.getFirst().id());
        assertThat(raised.getLast().end()).isNotNull();
    }

    @Test
    void terminationStandsWhereTheRouteDistinguisherIsKnownWithTheIndexThatTheDeviceGave() {
        // Given
        world.put(
                aVrf("peer1", "0:64500:1"),
                aService(
                        "one",
                        impacting(interfaceId("peer1", "eth0")),
                        impacting(interfaceId("peer2", "eth0")),
                        impacting(new SubserviceId(EngineWorld.VRF, "peer1-0:64500:1"))));
        // When
        world.status("peer1", "eth0", "down");
        // Then
        assertThat(raised)
                .singleElement()
                .satisfies(state -> assertThat(state.service().terminations())
                        .containsExactly(new Termination("peer1", "0:64500:1", List.of(7))));
    }
}
