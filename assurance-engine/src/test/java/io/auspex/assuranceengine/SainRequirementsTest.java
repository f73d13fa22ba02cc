package io.auspex.assuranceengine;

import static io.auspex.assuranceengine.EngineFixture.START;
import static io.auspex.assuranceengine.EngineFixture.aDevice;
import static io.auspex.assuranceengine.EngineFixture.aProbe;
import static io.auspex.assuranceengine.EngineFixture.aService;
import static io.auspex.assuranceengine.EngineFixture.anInterface;
import static io.auspex.assuranceengine.EngineFixture.deviceId;
import static io.auspex.assuranceengine.EngineFixture.flagged;
import static io.auspex.assuranceengine.EngineFixture.interfaceId;
import static io.auspex.assuranceengine.EngineFixture.probeId;
import static io.auspex.assuranceengine.EngineFixture.serviceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphFaultsException;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The requirements of RFC 9417 and RFC 9418 that the engine meets, by the numbers of docs/conformance.md. */
class SainRequirementsTest {
    private final EngineFixture engine = new EngineFixture();

    private Set<String> behind(SubserviceId id) {
        return engine.engine.graph().descendants(id).stream()
                .map(GraphNode::id)
                .map(SubserviceId::id)
                .collect(Collectors.toSet());
    }

    private Instant lastChange(SubserviceId id) {
        return engine.engine.graph().node(id).orElseThrow().lastChange();
    }

    @Nested
    class AssuranceGraph {
        @Test
        void s01_servicesAndSubservicesAreTheNodesOfOneGraph() {
            engine.commit(aDevice("r1"), anInterface("r1", "eth0", Dependency.impacting(deviceId("r1"))));
            engine.commit(aService("a", Dependency.impacting(interfaceId("r1", "eth0"))));

            assertThat(engine.engine.graph().size()).isEqualTo(3);
            assertThat(behind(serviceId("a"))).containsExactlyInAnyOrder("vpn/a", "interface/r1/eth0", "device/r1");
        }

        @Test
        void s03_aSecondSubserviceOfTheSameTypeAndParametersIsRefusedAndTheFirstNamed() {
            engine.commit(aDevice("r1"));
            var second =
                    new Subservice(new SubserviceId(EngineFixture.DEVICE, "again"), Map.of("device", "r1"), List.of());

            assertThatThrownBy(() -> engine.engine.commit(GraphChange.put(second)))
                    .isInstanceOf(GraphFaultsException.class)
                    .hasMessageContaining("has the same type and parameters as " + deviceId("r1"));
        }

        @Test
        void s04_theGraphOfAnInstanceIsWhatCanBeReachedFromIt() {
            engine.commit(aProbe("shared"), aProbe("own"));
            engine.commit(
                    aService("a", Dependency.impacting(probeId("shared")), Dependency.impacting(probeId("own"))),
                    aService("b", Dependency.impacting(probeId("shared"))));

            assertThat(behind(serviceId("a"))).containsExactlyInAnyOrder("vpn/a", "shared", "own");
            assertThat(behind(serviceId("b"))).containsExactlyInAnyOrder("vpn/b", "shared");
        }

        @Test
        void s05_s06_anEditIsReflectedAtOnce() {
            engine.commit(aProbe("is-is"), aProbe("ospf"), aService("a", Dependency.impacting(probeId("is-is"))));
            engine.report(probeId("is-is"), 50).report(probeId("ospf"), 0);
            assertThat(engine.score(serviceId("a"))).isEqualTo(50);

            engine.commit(aService("a", Dependency.impacting(probeId("ospf"))));

            assertThat(engine.score(serviceId("a"))).isEqualTo(100);
            engine.remove(serviceId("a"));
            assertThat(engine.engine.graph().services()).isEmpty();
        }

        @Test
        void s07_everyMemberAndTheBalanceOfEqualCostPathsAreWatched() {
            engine.commit(
                    aProbe("path-1"),
                    aProbe("path-2"),
                    aProbe("load"),
                    aProbe(
                            "ecmp",
                            Dependency.impacting(probeId("path-1")),
                            Dependency.impacting(probeId("path-2")),
                            Dependency.informational(probeId("load"))));
            engine.report(probeId("path-1"), 0).report(probeId("path-2"), 0).report(probeId("ecmp"), 0);

            engine.report(probeId("load"), 15);
            assertThat(engine.score(probeId("ecmp"))).isEqualTo(100);

            engine.report(probeId("path-2"), 30);
            assertThat(engine.score(probeId("ecmp"))).isEqualTo(70);
        }

        @Test
        void s09_s10_s11_aLoopIsRefusedShownAndLeavesTheGraphAsItWas() {
            engine.commit(aProbe("a"), aProbe("b", Dependency.impacting(probeId("a"))));
            var before = engine.engine.graph();

            assertThatThrownBy(() ->
                            engine.engine.commit(GraphChange.put(aProbe("a", Dependency.informational(probeId("b"))))))
                    .hasMessageContaining("the dependencies form a cycle: ");

            assertThat(engine.engine.graph()).isSameAs(before);
        }

        @Test
        void s14_impactingCarriesScoreAndSymptomsInformationalTheSymptomsAlone() {
            engine.commit(
                    aProbe("p"),
                    aService("hit", Dependency.impacting(probeId("p"))),
                    aService("told", Dependency.informational(probeId("p"))));

            engine.report(probeId("p"), 35);

            assertThat(engine.score(serviceId("hit"))).isEqualTo(65);
            assertThat(engine.active(serviceId("hit"))).containsExactly("fault 35 @p");
            assertThat(engine.score(serviceId("told"))).isEqualTo(100);
            assertThat(engine.active(serviceId("told"))).containsExactly("fault 0 @p");
        }

        @Test
        void s15_lastChangeFollowsStructureAndMaintenanceNeverHealth() {
            engine.commit(aProbe("p"), aProbe("q"));
            engine.pass(Duration.ofSeconds(5)).report(probeId("p"), 80);
            assertThat(engine.engine.graph().lastChange()).isEqualTo(START);

            engine.commit(flagged(aProbe("p")));

            assertThat(lastChange(probeId("p"))).isEqualTo(START.plusSeconds(5));
            assertThat(lastChange(probeId("q"))).isEqualTo(START);
            assertThat(engine.engine.graph().lastChange()).isEqualTo(START.plusSeconds(5));
        }

        @Test
        void s16_aClientThatProcessesWhatChangedAfterTHasAllOfIt() {
            engine.commit(aProbe("p"), aProbe("q"));
            Instant t = engine.engine.graph().lastChange();
            engine.pass(Duration.ofSeconds(1)).commit(aProbe("q", Dependency.impacting(probeId("p"))));

            var changed = new ArrayList<String>();
            engine.engine.graph().forEach(n -> {
                if (n.lastChange().isAfter(t)) {
                    changed.add(n.id().id());
                }
            });

            assertThat(changed).containsExactly("q");
        }

        @Test
        void s17_eachChangeIsAVersion() {
            long before = engine.engine.graph().version();
            engine.commit(aProbe("p"));
            engine.commit(aProbe("p"));
            assertThat(engine.engine.graph().version())
                    .as("a change that changes nothing is none")
                    .isEqualTo(before + 1);
            engine.remove(probeId("p"));
            assertThat(engine.engine.graph().version()).isEqualTo(before + 2);
        }

        @Test
        void s19_theIndexOfServicesIsClosedUnderDependencies() {
            engine.commit(aProbe("deep"), aProbe("top", Dependency.informational(probeId("deep"))));
            engine.commit(aService("a", Dependency.impacting(probeId("top"))));

            SubserviceId id = engine.engine.graph().instance("vpn", "a").orElseThrow();

            assertThat(behind(id)).containsExactlyInAnyOrder("vpn/a", "top", "deep");
        }
    }

    @Nested
    class Subservices {
        @Test
        void s20_otherParametersAreAnotherObjectWithoutAPast() {
            engine.commit(aProbe("p")).report(probeId("p"), 60);
            assertThat(engine.score(probeId("p"))).isEqualTo(40);

            engine.commit(new Subservice(probeId("p"), Map.of("name", "other"), List.of()));

            assertThat(engine.score(probeId("p"))).isEqualTo(-1);
            assertThat(engine.active(probeId("p"))).containsExactly("not-yet-computed 100 @p");
        }

        @Test
        void s21_s51_aTypeIsMetricsAndOperationsThatGiveHealth() {
            engine.commit(anInterface("r1", "eth0"));
            engine.answer("r1", "eth0", "oper-status", "testing");

            assertThat(engine.score(interfaceId("r1", "eth0"))).isEqualTo(70);
            assertThat(engine.active(interfaceId("r1", "eth0"))).containsExactly("testing 30 @interface/r1/eth0");
        }

        @Test
        void s26_anyObjectCanBeASubserviceAndWithoutAPackItIsUnknown() {
            var dhcp = new SubserviceId("acme:dhcp-server-type", "dhcp/1");
            engine.commit(new Subservice(dhcp, Map.of("address", "192.0.2.1"), List.of()));

            assertThat(engine.score(dhcp)).isEqualTo(-1);
            assertThat(engine.active(dhcp)).containsExactly("type-unsupported 100 @dhcp/1");
        }
    }

    @Nested
    class HealthAndSymptoms {
        @Test
        void s44_aMissingMetricIsMinusOneNeverHealthyNeverBroken() {
            engine.commit(aProbe("p"));
            assertThat(engine.score(probeId("p"))).isEqualTo(-1);
            engine.report(probeId("p"), 0);
            assertThat(engine.score(probeId("p"))).isEqualTo(100);

            engine.engine.report(List.of(new ReportedValue(probeId("p"), "fault", new Value.Absent("no answer"))));
            engine.engine.runPending();

            assertThat(engine.score(probeId("p"))).isEqualTo(-1);
            assertThat(engine.active(probeId("p"))).containsExactly("metric-missing 100 @p");
        }

        @Test
        void s44_aStaleMetricIsMinusOne() {
            engine.commit(aProbe("p")).report(probeId("p"), 0).pass(Duration.ofSeconds(32));

            assertThat(engine.score(probeId("p"))).isEqualTo(-1);
        }

        @Test
        void s44_aLateValueDoesNotReplaceANewerOneAndAnOldOneIsStale() {
            engine.commit(aProbe("p")).report(probeId("p"), 40);

            engine.engine.report(
                    List.of(new ReportedValue(probeId("p"), "fault", new Value.Num(0), engine.now.minusSeconds(10))));
            engine.engine.runPending();
            assertThat(engine.score(probeId("p"))).isEqualTo(60);

            engine.commit(aProbe("q"));
            engine.engine.report(
                    List.of(new ReportedValue(probeId("q"), "fault", new Value.Num(0), engine.now.minusSeconds(100))));
            engine.engine.runPending();
            assertThat(engine.score(probeId("q"))).isEqualTo(-1);
            assertThat(engine.active(probeId("q"))).containsExactly("metric-stale 100 @q");
        }

        @Test
        void s50_s52_sharedSubservicesAreComputedOnceForAllServices() {
            engine.commit(aProbe("p"));
            for (int i = 0; i < 50; i++) {
                engine.commit(aService("s" + i, Dependency.impacting(probeId("p"))));
            }
            engine.report(probeId("p"), 0);
            engine.changes.clear();

            engine.report(probeId("p"), 10);

            assertThat(engine.changes).hasSize(51);
            assertThat(engine.changes.stream().flatMap(c -> c.started().stream()))
                    .hasSize(1);
        }

        @Test
        void s60_scoresAreZeroToOneHundredOrMinusOne() {
            engine.commit(aProbe("p"));
            for (int fault : new int[] {0, 1, 99, 100, 250}) {
                engine.report(probeId("p"), fault);
                assertThat(engine.score(probeId("p"))).isEqualTo(Math.max(0, 100 - Math.min(100, fault)));
            }
        }

        @Test
        void s61_whatIsNot100HasASymptomOfWeight() {
            engine.commit(aProbe("p"), aService("a", Dependency.impacting(probeId("p"))));
            for (int fault : new int[] {0, 5, 100}) {
                engine.report(probeId("p"), fault);
                for (SubserviceId id : List.of(probeId("p"), serviceId("a"))) {
                    boolean explained =
                            engine.status(id).activeSymptoms().stream().anyMatch(s -> s.weight() > 0);
                    assertThat(explained).isEqualTo(engine.score(id) != 100);
                }
            }
        }

        @Test
        void s62_theScoreIs100LessTheWeights() {
            engine.commit(anInterface("r1", "eth0"));
            engine.answer("r1", "eth0", "oper-status", "testing").answer("r1", "eth0", "in-errors", "0");
            engine.pass(Duration.ofSeconds(10)).answer("r1", "eth0", "in-errors", "1000");

            assertThat(engine.active(interfaceId("r1", "eth0"))).hasSize(2);
            assertThat(engine.score(interfaceId("r1", "eth0"))).isEqualTo(100 - 30 - 40);
        }

        @Test
        void s63_s64_eachOccurrenceHasAnIdOfItsOwnAStartAndOnceOverAStop() {
            engine.commit(aProbe("p"));
            engine.report(probeId("p"), 10).pass(Duration.ofSeconds(1)).report(probeId("p"), 0);
            engine.pass(Duration.ofSeconds(1)).report(probeId("p"), 10);

            List<Symptom> symptoms = engine.status(probeId("p")).symptoms();

            assertThat(symptoms).extracting(Symptom::id).doesNotHaveDuplicates().hasSize(2);
            assertThat(symptoms).extracting(Symptom::agentId).containsOnly("agent-1");
            assertThat(symptoms).filteredOn(s -> !s.isActive()).singleElement().satisfies(s -> {
                assertThat(s.start()).isEqualTo(START);
                assertThat(s.stop()).isEqualTo(START.plusSeconds(1));
            });
        }

        @Test
        void s65_theHistoryStartMovesWhenEndedSymptomsAreCollected() {
            var small = new EngineFixture(
                    new EngineConfig("agent-1", Duration.ofSeconds(10), Duration.ofDays(1), 3, 4_096));
            small.commit(aProbe("p"));
            for (int i = 0; i < 10; i++) {
                small.report(probeId("p"), 10).pass(Duration.ofSeconds(1)).report(probeId("p"), 0);
            }

            SubserviceStatus status = small.status(probeId("p"));

            assertThat(status.symptoms()).hasSize(3);
            assertThat(status.symptomsHistoryStart()).isEqualTo(START.plusSeconds(7));
            assertThat(status.symptoms()).allSatisfy(s -> assertThat(s.stop()).isAfter(status.symptomsHistoryStart()));
        }

        @Test
        void s66_rootCauseListsSymptomsWithWhereTheyWereSeen() {
            engine.commit(aProbe("p"), aProbe("q", Dependency.impacting(probeId("p"))));
            engine.commit(aService("a", Dependency.impacting(probeId("q"))));
            engine.report(probeId("p"), 70).report(probeId("q"), 20);

            Explanation explanation = engine.engine.explain(serviceId("a")).orElseThrow();

            assertThat(explanation.causes().stream()
                            .map(c -> c.symptom().weight() + " "
                                    + c.path().stream().map(s -> s.id().id()).toList()))
                    .startsWith("70 [vpn/a, q, p]", "20 [vpn/a, q]");
        }

        @Test
        void s71_underMaintenanceNothingElseIsReportedUpToTheServices() {
            engine.commit(aProbe("p"), aProbe("q", Dependency.impacting(probeId("p"))));
            engine.commit(aService("a", Dependency.impacting(probeId("q"))));
            engine.report(probeId("p"), 30).report(probeId("q"), 30);

            engine.commit(flagged(aProbe("p")));

            for (SubserviceId id : List.of(probeId("p"), probeId("q"), serviceId("a"))) {
                assertThat(engine.score(id)).isZero();
                assertThat(engine.active(id)).containsExactly("under-maintenance 100 @p");
            }
        }
    }
}
