package io.auspex.anomalydetection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.anomalydetection.Observation.Cause;
import io.auspex.anomalydetection.Observation.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ServiceWatchTest {
    private static final ServiceContext SERVICE =
            new ServiceContext(NameUuid.of("service/tunnel/one"), "tunnel", "one", List.of());
    private static final Cause DOWN = cause("down", 100);
    private static final Cause ERRORS = cause("errors", 40);

    private final List<RelevantState> raised = new ArrayList<>();
    private final ServiceWatch watch = new ServiceWatch(UUID::randomUUID, raised::add);

    private static Cause cause(String name, int weight) {
        return new Cause(
                NameUuid.of(name),
                name,
                Instant.ofEpochSecond(5),
                weight,
                new SymptomKind("Interface", "Down", "Link-Layer", Plane.MANAGEMENT));
    }

    private static Observation at(int second, Health health, Cause... causes) {
        return new Observation(SERVICE, Instant.ofEpochSecond(second), health, List.of(causes), 3, 4);
    }

    @Test
    void anOngoingProblemIsNotifiedOnceWhenItBeginsAndOnceWhenItEnds() {
        // When
        watch.observe(at(10, Health.GOOD));
        watch.observe(at(20, Health.DEGRADED, DOWN));
        watch.observe(at(30, Health.DEGRADED, DOWN));
        watch.observe(at(40, Health.GOOD));
        // Then
        assertThat(raised).hasSize(2);
        var begin = raised.getFirst();
        var end = raised.getLast();
        assertThat(end.id()).isEqualTo(begin.id());
        assertThat(begin.end()).isNull();
        assertThat(end.end()).isEqualTo(Instant.ofEpochSecond(40));
        assertThat(end.anomalies()).singleElement().satisfies(a -> {
            assertThat(a.id()).isEqualTo(begin.anomalies().getFirst().id());
            assertThat(a.version()).isEqualTo(2);
            assertThat(a.end()).isEqualTo(Instant.ofEpochSecond(40));
        });
    }

    @Test
    void theConfidenceIsTheShareOfFreshInputs() {
        watch.observe(at(20, Health.DEGRADED, DOWN));
        assertThat(raised.getFirst().anomalies().getFirst().confidence()).isEqualTo(75);
    }

    @Test
    void unknownHealthNeitherBeginsNorEndsARelevantState() {
        watch.observe(at(10, Health.UNKNOWN, DOWN));
        assertThat(raised).isEmpty();
        watch.observe(at(20, Health.DEGRADED, DOWN));
        watch.observe(at(30, Health.UNKNOWN, DOWN));
        assertThat(raised).hasSize(1);
        assertThat(watch.ongoing()).hasSize(1);
    }

    @Test
    void aServiceDegradedByItselfAloneIsNone() {
        watch.observe(at(20, Health.DEGRADED));
        assertThat(raised).isEmpty();
    }

    @Test
    void newsOfAnOngoingProblemAreKeptAndToldAtItsEnd() {
        // When
        watch.observe(at(20, Health.DEGRADED, DOWN));
        watch.observe(at(30, Health.DEGRADED, ERRORS));
        // Then
        assertThat(raised).hasSize(1);
        assertThat(watch.ongoing())
                .singleElement()
                .satisfies(s -> assertThat(s.anomalies())
                        .extracting(Anomaly::description)
                        .containsExactly("down", "errors"));
        // When
        watch.observe(at(40, Health.GOOD));
        // Then
        assertThat(raised.getLast().anomalies())
                .extracting(Anomaly::end)
                .containsExactly(Instant.ofEpochSecond(30), Instant.ofEpochSecond(40));
    }

    @Test
    void theNextOccurrenceHasIdsOfItsOwnButTheSameSymptomAndService() {
        // When
        watch.observe(at(20, Health.DEGRADED, DOWN));
        watch.observe(at(30, Health.GOOD));
        watch.observe(at(40, Health.DEGRADED, DOWN));
        // Then
        var first = raised.getFirst();
        var next = raised.getLast();
        assertThat(next.id()).isNotEqualTo(first.id());
        assertThat(next.anomalies().getFirst().id())
                .isNotEqualTo(first.anomalies().getFirst().id());
        assertThat(next.anomalies().getFirst().symptomId())
                .isEqualTo(first.anomalies().getFirst().symptomId());
        assertThat(next.service().id()).isEqualTo(first.service().id());
    }

    @Test
    void aServiceThatIsAssuredNoLongerEndsItsRelevantState() {
        watch.observe(at(20, Health.DEGRADED, DOWN));
        watch.forget(at(30, Health.UNKNOWN));
        assertThat(raised.getLast().end()).isEqualTo(Instant.ofEpochSecond(30));
        assertThat(watch.ongoing()).isEmpty();
    }

    @Test
    void anIdOfANameIsThatOfRfc9562() {
        assertThat(NameUuid.of(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"))
                .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    @Test
    void aScoreOutsideOfItsRangeIsRefused() {
        assertThatThrownBy(() -> new Observation(SERVICE, Instant.EPOCH, Health.GOOD, List.of(), 5, 4))
                .hasMessage("5 fresh of 4 inputs");
    }

    @Test
    void onlyTheStagesOfTheLifeCycleFollowEachOther() {
        assertThat(Stage.initial()).doesNotContain(Stage.ANALYZED);
        assertThat(Stage.DISCARDED.next()).isEmpty();
        assertThat(Stage.PROBLEM_POTENTIAL.next()).containsOnly(Stage.PROBLEM_CONFIRMED, Stage.DISCARDED);
        assertThat(Stage.PROBLEM_POTENTIAL).hasToString("problem-potential");
    }
}
