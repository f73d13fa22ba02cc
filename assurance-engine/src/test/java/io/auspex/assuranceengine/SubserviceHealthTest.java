package io.auspex.assuranceengine;

import static io.auspex.assuranceengine.EngineFixture.aDevice;
import static io.auspex.assuranceengine.EngineFixture.aProbe;
import static io.auspex.assuranceengine.EngineFixture.aService;
import static io.auspex.assuranceengine.EngineFixture.anInterface;
import static io.auspex.assuranceengine.EngineFixture.deviceId;
import static io.auspex.assuranceengine.EngineFixture.interfaceId;
import static io.auspex.assuranceengine.EngineFixture.probeId;
import static io.auspex.assuranceengine.EngineFixture.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.collection.SessionState;
import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SubserviceHealthTest {
    private static final SubserviceId ETH0 = interfaceId("r1", "eth0");
    private static final SubserviceId VPN = serviceId("a");

    private final EngineFixture engine = new EngineFixture();

    @Nested
    class OwnSymptoms {
        @Test
        void anInterfaceThatIsUpIsPerfect() {
            // Given
            engine.commit(anInterface("r1", "eth0"));

            // When
            engine.answer("r1", "eth0", "oper-status", "up");

            // Then
            assertThat(engine.score(ETH0)).isEqualTo(100);
            assertThat(engine.status(ETH0).symptoms()).isEmpty();
            assertThat(engine.status(ETH0).label()).isEqualTo("interface eth0 of r1");
        }

        @Test
        void aSymptomTakesItsWeightOffTheScoreAndSaysWhatWasSeen() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "up");

            // When
            engine.pass(Duration.ofSeconds(5)).answer("r1", "eth0", "oper-status", "testing");

            // Then
            assertThat(engine.score(ETH0)).isEqualTo(70);
            Symptom symptom = engine.status(ETH0).activeSymptoms().getFirst();
            assertThat(symptom.description()).isEqualTo("testing of eth0: testing");
            assertThat(symptom.start()).isEqualTo(EngineFixture.START.plusSeconds(5));
            assertThat(symptom.agentId()).isEqualTo("agent-1");
        }

        @Test
        void weightsAddUpAndTheScoreStopsAtZero() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "down");
            engine.answer("r1", "eth0", "in-errors", "0").pass(Duration.ofSeconds(10));

            // When
            engine.answer("r1", "eth0", "oper-status", "down").answer("r1", "eth0", "in-errors", "1000");

            // Then
            assertThat(engine.active(ETH0))
                    .containsExactly("interface-down 100 @interface/r1/eth0", "interface-errors 40 @interface/r1/eth0");
            assertThat(engine.score(ETH0)).isZero();
        }

        @Test
        void aSymptomEndsOnEvidenceAndStaysInTheHistory() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "down");
            String first = engine.status(ETH0).activeSymptoms().getFirst().id();

            // When
            engine.pass(Duration.ofSeconds(7)).answer("r1", "eth0", "oper-status", "up");

            // Then
            assertThat(engine.score(ETH0)).isEqualTo(100);
            assertThat(engine.status(ETH0).symptoms())
                    .singleElement()
                    .satisfies(s -> assertThat(s.id()).isEqualTo(first))
                    .satisfies(s -> assertThat(s.stop()).isEqualTo(EngineFixture.START.plusSeconds(7)));
        }

        @Test
        void eachOccurrenceHasAnIdOfItsOwn() {
            // Given
            engine.commit(anInterface("r1", "eth0"));
            engine.answer("r1", "eth0", "oper-status", "down").answer("r1", "eth0", "oper-status", "up");

            // When
            engine.answer("r1", "eth0", "oper-status", "down");

            // Then
            assertThat(engine.status(ETH0).symptoms().stream().map(Symptom::id))
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }

        @Test
        void aSymptomWithAClearConditionHoldsUntilThatIsMet() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "up");
            long errors = 0;
            for (int i = 0; i < 7; i++) {
                engine.answer("r1", "eth0", "in-errors", Long.toString(errors += 200))
                        .answer("r1", "eth0", "oper-status", "up")
                        .pass(Duration.ofSeconds(10));
            }
            assertThat(engine.active(ETH0)).containsExactly("interface-errors 40 @interface/r1/eth0");

            // When
            for (int i = 0; i < 7; i++) {
                engine.answer("r1", "eth0", "in-errors", Long.toString(errors += 70))
                        .answer("r1", "eth0", "oper-status", "up")
                        .pass(Duration.ofSeconds(10));
            }

            // Then
            assertThat(engine.active(ETH0))
                    .as("7/s is below 10 but not below 5")
                    .hasSize(1);
            for (int i = 0; i < 8; i++) {
                engine.answer("r1", "eth0", "in-errors", Long.toString(errors))
                        .answer("r1", "eth0", "oper-status", "up")
                        .pass(Duration.ofSeconds(10));
            }
            assertThat(engine.active(ETH0)).isEmpty();
        }

        @Test
        void aWeightMayFollowAMetric() {
            // Given
            engine.commit(aProbe("p")).report(probeId("p"), 25);
            String id = engine.status(probeId("p")).activeSymptoms().getFirst().id();

            // When
            engine.report(probeId("p"), 60);

            // Then
            assertThat(engine.score(probeId("p"))).isEqualTo(40);
            assertThat(engine.status(probeId("p")).activeSymptoms().getFirst().id())
                    .isEqualTo(id);
        }

        @Test
        void theHistoryIsBoundedAndSaysWhereItStarts() {
            // Given
            EngineFixture small = new EngineFixture(
                    new EngineConfig("agent-1", Duration.ofSeconds(10), Duration.ofMinutes(5), 3, 16));
            small.commit(anInterface("r1", "eth0"));

            // When
            for (int i = 0; i < 10; i++) {
                small.answer("r1", "eth0", "oper-status", "down").pass(Duration.ofSeconds(1));
                small.answer("r1", "eth0", "oper-status", "up").pass(Duration.ofSeconds(1));
            }

            // Then
            SubserviceStatus status = small.status(ETH0);
            assertThat(status.symptoms()).hasSize(3);
            assertThat(status.symptomsHistoryStart())
                    .as("the seventh stop, the last that is gone")
                    .isEqualTo(EngineFixture.START.plusSeconds(13));
            for (int i = 0; i < 40; i++) {
                small.pass(Duration.ofSeconds(10)).answer("r1", "eth0", "oper-status", "up");
            }
            assertThat(small.status(ETH0).symptoms())
                    .as("older than five minutes")
                    .isEmpty();
        }
    }

    @Nested
    class Dependencies {
        @Test
        void impactingDependencyLowersTheDependantsScore() {
            // Given
            engine.commit(
                    aProbe("p"),
                    aProbe("q"),
                    aService("a", Dependency.impacting(probeId("p")), Dependency.impacting(probeId("q"))));

            // When
            engine.report(probeId("p"), 30).report(probeId("q"), 10);

            // Then
            assertThat(engine.score(VPN)).isEqualTo(70);
            assertThat(engine.active(VPN)).containsExactly("fault 30 @p", "fault 10 @q");
        }

        @Test
        void informationalDependencyBringsItsSymptomsWithoutWeight() {
            // Given
            engine.commit(
                    aProbe("p"),
                    aProbe("q", Dependency.impacting(probeId("p"))),
                    aService("a", Dependency.informational(probeId("q"))));

            // When
            engine.report(probeId("p"), 30).report(probeId("q"), 0);

            // Then
            assertThat(engine.score(VPN)).isEqualTo(100);
            assertThat(engine.active(VPN)).containsExactly("fault 0 @p");
        }

        @Test
        void aSymptomThatComesBothWaysKeepsItsWeight() {
            // Given
            engine.commit(
                    aProbe("p"),
                    aProbe("q", Dependency.impacting(probeId("p"))),
                    aService("a", Dependency.informational(probeId("p")), Dependency.impacting(probeId("q"))));

            // When
            engine.report(probeId("p"), 30).report(probeId("q"), 0);

            // Then
            assertThat(engine.active(VPN)).containsExactly("fault 30 @p");
        }

        @Test
        void aParentReportsTheSameSymptomAsItsOrigin() {
            // Given
            engine.commit(
                    aProbe("p"),
                    aProbe("q", Dependency.impacting(probeId("p"))),
                    aService("a", Dependency.impacting(probeId("q"))));

            // When
            engine.report(probeId("q"), 0).report(probeId("p"), 30);

            // Then
            assertThat(engine.status(VPN).activeSymptoms())
                    .isEqualTo(engine.status(probeId("p")).activeSymptoms());
        }

        @Test
        void anUnknownDependencyMakesTheScoreUnknownUnlessAnotherIsBroken() {
            // Given
            engine.commit(
                    aProbe("p"),
                    aProbe("q"),
                    aService("a", Dependency.impacting(probeId("p")), Dependency.impacting(probeId("q"))));

            // When
            engine.report(probeId("p"), 20);

            // Then
            assertThat(engine.score(VPN)).as("80 and unknown").isEqualTo(-1);
            engine.report(probeId("p"), 100);
            assertThat(engine.score(VPN)).as("0 and unknown").isZero();
        }

        @Test
        void anUnknownInformationalDependencyDoesNotMatter() {
            // Given
            engine.commit(aProbe("p"), aService("a", Dependency.informational(probeId("p"))));

            // When
            int score = engine.score(VPN);

            // Then
            assertThat(score).isEqualTo(100);
            assertThat(engine.active(VPN)).containsExactly("not-yet-computed 0 @p");
        }

        @Test
        void aDependencyThatIsTakenAwayNoLongerMatters() {
            // Given
            engine.commit(aProbe("p"), aService("a", Dependency.impacting(probeId("p"))))
                    .report(probeId("p"), 30);

            // When
            engine.commit(aService("a"));

            // Then
            assertThat(engine.score(VPN)).isEqualTo(100);
            engine.remove(probeId("p"));
            assertThat(engine.engine.snapshot().status(probeId("p"))).isEmpty();
        }

        @Test
        void aServiceWithoutDependenciesHasNothingAgainstIt() {
            // When
            engine.commit(aService("a"));

            // Then
            assertThat(engine.score(VPN)).isEqualTo(100);
        }
    }

    @Nested
    class Unknown {
        @Test
        void nothingIsPerfectBeforeTheFirstValue() {
            // When
            engine.commit(anInterface("r1", "eth0"), aService("a", Dependency.impacting(ETH0)));

            // Then
            assertThat(engine.score(VPN)).isEqualTo(-1);
            assertThat(engine.active(VPN)).containsExactly("not-yet-computed 100 @interface/r1/eth0");
            assertThat(engine.status(ETH0).activeSymptoms().getFirst().description())
                    .isEqualTo("no value yet of oper-status from r1 (there is no session with it)");
            assertThat(engine.status(ETH0).health()).isEqualTo(new Health.Unknown(Health.Reason.NOT_YET_COMPUTED));
        }

        @Test
        void aMetricIsStaleAfterThreePeriods() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "up");

            // When
            engine.pass(Duration.ofSeconds(30));

            // Then
            assertThat(engine.score(ETH0)).isEqualTo(100);
            engine.pass(Duration.ofSeconds(1));
            assertThat(engine.score(ETH0)).isEqualTo(-1);
            assertThat(engine.active(ETH0)).containsExactly("metric-stale 100 @interface/r1/eth0");
        }

        @Test
        void aValueThatWaitedOnItsWayIsAsOldAsItsReception() {
            // Given
            engine.commit(anInterface("r1", "eth0"));
            long received = engine.nanos;

            // When
            engine.pass(Duration.ofSeconds(25)).answerAsOf(received, "r1", "eth0", "oper-status", "up");

            // Then
            assertThat(engine.score(ETH0)).isEqualTo(100);
            engine.pass(Duration.ofSeconds(6));
            assertThat(engine.active(ETH0)).containsExactly("metric-stale 100 @interface/r1/eth0");
        }

        @Test
        void aValueThatIsTooOldAsItComesInNeverCounts() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "up");
            long received = engine.nanos + 1_000_000_000L;
            engine.pass(Duration.ofSeconds(40));
            engine.changes.clear();

            // When
            engine.answerAsOf(received, "r1", "eth0", "oper-status", "up");

            // Then
            assertThat(engine.changes).isEmpty();
            assertThat(engine.active(ETH0)).containsExactly("metric-stale 100 @interface/r1/eth0");
        }

        @Test
        void aValueThatWaitedForOurOwnPauseGetsItsTimeFromThereOn() {
            // Given
            engine.commit(anInterface("r1", "eth0"));
            long received = engine.nanos;

            // When
            engine.now = engine.now.plusSeconds(60);
            engine.nanos += 60_000_000_000L;
            engine.answerAsOf(received, "r1", "eth0", "oper-status", "up");

            // Then
            assertThat(engine.score(ETH0)).isEqualTo(100);
        }

        @Test
        void aValueThatWasReceivedBeforeAnotherDoesNotReplaceIt() {
            // Given
            engine.commit(anInterface("r1", "eth0"));
            long received = engine.nanos;
            engine.pass(Duration.ofSeconds(2)).answer("r1", "eth0", "oper-status", "down");

            // When
            engine.answerAsOf(received, "r1", "eth0", "oper-status", "up");

            // Then
            assertThat(engine.score(ETH0)).isZero();
        }

        @Test
        void aRateCountsFromOneReceptionToTheNext() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "up");
            engine.answer("r1", "eth0", "in-errors", "0");
            long received = engine.nanos + Duration.ofSeconds(5).toNanos();

            // When
            engine.pass(Duration.ofSeconds(12)).answerAsOf(received, "r1", "eth0", "in-errors", "60");

            // Then
            assertThat(engine.active(ETH0))
                    .as("12 a second, and not 5")
                    .containsExactly("interface-errors 40 @interface/r1/eth0");
        }

        @Test
        void shortPeriodsStillGetTenSeconds() {
            // Given
            engine.engine.periodSet("r1", Duration.ofSeconds(1));
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "up");

            // When
            engine.pass(Duration.ofSeconds(10));

            // Then
            assertThat(engine.score(ETH0)).isEqualTo(100);
            engine.pass(Duration.ofSeconds(1));
            assertThat(engine.score(ETH0)).isEqualTo(-1);
        }

        @Test
        void silenceNeverEndsASymptom() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "down");

            // When
            engine.pass(Duration.ofSeconds(60));

            // Then
            assertThat(engine.score(ETH0)).as("not broken for sure any more").isEqualTo(-1);
            assertThat(engine.active(ETH0))
                    .containsExactly("interface-down 100 @interface/r1/eth0", "metric-stale 100 @interface/r1/eth0");
        }

        @Test
        void aFreshValueEndsTheStaleness() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "up");
            engine.pass(Duration.ofSeconds(40));

            // When
            engine.answer("r1", "eth0", "oper-status", "up");

            // Then
            assertThat(engine.score(ETH0)).isEqualTo(100);
            assertThat(engine.status(ETH0).symptoms())
                    .singleElement()
                    .satisfies(s -> assertThat(s.name()).isEqualTo("metric-stale"))
                    .satisfies(s -> assertThat(s.isActive()).isFalse());
        }

        @Test
        void ourOwnPauseDoesNotMakeMetricsStale() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "up");
            engine.pass(Duration.ofSeconds(5));

            // When
            engine.now = engine.now.plusSeconds(60);
            engine.nanos += 60_000_000_000L;
            engine.engine.runPending();

            // Then
            assertThat(engine.score(ETH0)).isEqualTo(100);
            engine.pass(Duration.ofSeconds(30));
            assertThat(engine.score(ETH0)).isEqualTo(100);
            engine.pass(Duration.ofSeconds(2));
            assertThat(engine.score(ETH0))
                    .as("after the grace silence counts again")
                    .isEqualTo(-1);
        }

        @Test
        void aBrokenSubserviceStaysBrokenThoughAnotherMetricIsStale() {
            // Given
            engine.commit(anInterface("r1", "eth0"));
            engine.answer("r1", "eth0", "in-errors", "1").pass(Duration.ofSeconds(20));

            // When
            engine.answer("r1", "eth0", "oper-status", "down").pass(Duration.ofSeconds(15));

            // Then
            assertThat(engine.score(ETH0)).isZero();
            assertThat(engine.active(ETH0))
                    .containsExactlyInAnyOrder(
                            "interface-down 100 @interface/r1/eth0", "metric-stale 100 @interface/r1/eth0");
        }

        @Test
        void aTypeThatNoPackKnowsIsUnknown() {
            // Given
            SubserviceId odd = new SubserviceId("acme:toaster", "t1");

            // When
            engine.commit(new Subservice(odd, Map.of(), List.of()));

            // Then
            assertThat(engine.score(odd)).isEqualTo(-1);
            assertThat(engine.status(odd).activeSymptoms().getFirst().description())
                    .isEqualTo("no pack knows subservices of type acme:toaster");
        }

        @Test
        void anAnswerWithoutARequiredMetricIsUnknownAndWithoutAnOptionalOneIsFine() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "up");

            // When
            engine.answer("r1", "eth0", "admin-status", null);

            // Then
            assertThat(engine.score(ETH0)).isEqualTo(100);
            engine.answer("r1", "eth0", "oper-status", null);
            assertThat(engine.score(ETH0)).isEqualTo(-1);
            assertThat(engine.status(ETH0).activeSymptoms().getFirst().description())
                    .isEqualTo("r1 answered without oper-status: no such data");
        }

        @Test
        void aValueThatIsNotOfTheMetricsTypeIsRejectedAndNamed() {
            // Given
            engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", "up");

            // When
            engine.answer("r1", "eth0", "in-errors", "many");

            // Then
            assertThat(engine.score(ETH0)).isEqualTo(-1);
            assertThat(engine.status(ETH0).activeSymptoms().getFirst().description())
                    .isEqualTo("r1 sent what cannot be used for in-errors: expected a num, got 'many'");
        }
    }

    @Nested
    class Sessions {
        @Test
        void aLostSessionShowsOnTheDeviceAtOnceAndInTheScoreOnceItsMetricsAreStale() {
            // Given
            engine.session("r1", SessionState.UP, "")
                    .commit(aDevice("r1"), anInterface("r1", "eth0", Dependency.impacting(deviceId("r1"))))
                    .answer("r1", "eth0", "oper-status", "up")
                    .pass(Duration.ofSeconds(29));
            assertThat(engine.score(deviceId("r1"))).isEqualTo(100);

            // When
            engine.session("r1", SessionState.LOST, "closed by the peer");

            // Then
            assertThat(engine.active(deviceId("r1"))).containsExactly("session-lost 0 @device/r1");
            assertThat(engine.score(deviceId("r1"))).isEqualTo(100);
            engine.pass(Duration.ofSeconds(2));
            assertThat(engine.score(interfaceId("r1", "eth0"))).isEqualTo(-1);
            assertThat(engine.status(ETH0).health()).isEqualTo(new Health.Unknown(Health.Reason.DEVICE_UNREACHABLE));
            assertThat(engine.score(deviceId("r1"))).isEqualTo(100);
            engine.pass(Duration.ofSeconds(29));
            assertThat(engine.score(deviceId("r1"))).isEqualTo(-1);
            engine.session("r1", SessionState.CONNECTING, "");
            assertThat(engine.active(deviceId("r1"))).contains("session-lost 0 @device/r1");
            engine.session("r1", SessionState.UP, "");
            assertThat(engine.score(deviceId("r1"))).isEqualTo(100);
            assertThat(engine.active(deviceId("r1"))).isEmpty();
        }

        @Test
        void aSessionThatIsUpKeepsTheDeviceFresh() {
            // Given
            engine.commit(aDevice("r1")).session("r1", SessionState.UP, "");

            // When
            engine.pass(Duration.ofMinutes(5));

            // Then
            assertThat(engine.score(deviceId("r1"))).isEqualTo(100);
        }
    }
}
