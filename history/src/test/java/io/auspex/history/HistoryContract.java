package io.auspex.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the history does on each of the databases. */
abstract class HistoryContract {
    private static final Instant T = Instant.parse("2026-11-21T10:00:00.000001Z");
    private static final NodeKey DEVICE = new NodeKey("sain:device-type", "device/r1 with space\nand line");
    private static final NodeKey SERVICE = new NodeKey("sain:service-instance-type", "vpn/a");

    private volatile Instant now = T;

    @Nullable
    private History history;

    /** An empty database of the test's own. */
    abstract HistoryConfig config() throws Exception;

    @AfterEach
    void stop() {
        if (history != null) {
            history.close();
        }
    }

    private History start(HistoryConfig config) {
        if (history != null) {
            history.close();
        }
        history = History.start(config, () -> now);
        return history;
    }

    private static Instant at(int seconds) {
        return T.plusSeconds(seconds);
    }

    private static NodeState device(@Nullable String contact) {
        return new NodeState(DEVICE, "device r1", contact, Map.of("device", "r1"), List.of());
    }

    private static NodeState service() {
        return new NodeState(
                SERVICE,
                "vpn a",
                null,
                Map.of("service", "vpn", "instance-name", "ä b"),
                List.of(new NodeState.Link(DEVICE, "ietf-service-assurance:impacting")));
    }

    private static HistoryRecord.Health health(int second, NodeKey node, int score, PastSymptom... symptoms) {
        return new HistoryRecord.Health(at(second), node, score, List.of(symptoms));
    }

    private static PastSymptom cpu(String description) {
        return new PastSymptom("cpu-1", "cpu-high", 40, description, at(5), null);
    }

    private void write(HistoryRecord... records) {
        History h = Objects.requireNonNull(history);
        long before = h.statistics().written();
        assertThat(h.offer(List.of(records))).isTrue();
        await().until(() -> h.statistics().written() == before + records.length);
    }

    @Test
    void aQuestionSeesWhatWasOfferedBeforeIt() throws Exception {
        History h = start(config());
        for (int i = 0; i < 20; i++) {
            assertThat(h.offer(List.of(new HistoryRecord.Graph(at(i), true, List.of(device("noc " + i)), Set.of()))))
                    .isTrue();
            assertThat(h.graphAt(at(i)).nodes()).containsExactly(device("noc " + i));
        }
    }

    @Test
    void s18_theGraphAndItsHealthAsOfATime() throws Exception {
        // Given
        History h = start(config());
        write(
                new HistoryRecord.Graph(at(0), true, List.of(device(null), service()), Set.of()),
                health(1, DEVICE, 100),
                health(1, SERVICE, 100),
                health(5, DEVICE, 60, cpu("CPU of r1 at 99 %")),
                new HistoryRecord.MetricValue(at(5), DEVICE, "cpu", "99"),
                health(5, SERVICE, 60),
                new HistoryRecord.Graph(at(7), false, List.of(device("noc")), Set.of()),
                health(8, DEVICE, 60),
                health(9, DEVICE, 100),
                new HistoryRecord.Graph(at(10), false, List.of(), Set.of(SERVICE)));

        // Then
        assertThat(h.graphAt(at(-1)).nodes()).isEmpty();
        GraphAt first = h.graphAt(at(2));
        assertThat(first.version()).isEqualTo(1);
        assertThat(first.nodes()).containsExactlyInAnyOrder(device(null), service());
        assertThat(first.scores()).isEqualTo(Map.of(DEVICE, 100, SERVICE, 100));
        GraphAt broken = h.graphAt(at(6));
        assertThat(broken.scores()).isEqualTo(Map.of(DEVICE, 60, SERVICE, 60));
        assertThat(broken.symptoms().get(DEVICE)).singleElement().satisfies(s -> {
            assertThat(s.description()).isEqualTo("CPU of r1 at 99 %");
            assertThat(s.start()).isEqualTo(at(5));
            assertThat(s.stop()).isEqualTo(at(8));
        });
        GraphAt last = h.graphAt(at(20));
        assertThat(last.version()).isEqualTo(3);
        assertThat(last.since()).isEqualTo(at(10));
        assertThat(last.nodes()).containsExactly(device("noc"));
        assertThat(last.scores()).isEqualTo(Map.of(DEVICE, 100));
        assertThat(last.symptoms()).isEmpty();
    }

    @Test
    void whatIsToldAgainIsNoNewVersion() throws Exception {
        // Given
        History h = start(config());
        write(new HistoryRecord.Graph(at(0), true, List.of(device(null), service()), Set.of()));

        // When
        write(
                new HistoryRecord.Graph(at(5), false, List.of(device(null)), Set.of()),
                new HistoryRecord.Graph(at(6), true, List.of(service(), device(null)), Set.of()));

        // Then
        assertThat(h.graphAt(at(9)).version()).isEqualTo(1);
        assertThat(h.graphAt(at(9)).since()).isEqualTo(at(0));
    }

    @Test
    void s17_theDifferenceOfTwoVersions() throws Exception {
        // Given
        History h = start(config());
        write(
                new HistoryRecord.Graph(at(0), true, List.of(device(null)), Set.of()),
                new HistoryRecord.Graph(at(5), false, List.of(device("noc"), service()), Set.of()));

        // Then
        assertThat(h.differences(at(1), at(6)).differences())
                .containsExactlyInAnyOrder(
                        new GraphDifference(DEVICE, device(null), device("noc")),
                        new GraphDifference(SERVICE, null, service()));
        assertThat(h.differences(at(6), at(1)).differences()).hasSize(2);
        assertThat(h.differences(at(6), at(9)).differences()).isEmpty();
    }

    @Test
    void theScoresSymptomsAndValuesOfASubserviceNewestFirst() throws Exception {
        // Given
        History h = start(config());
        write(
                health(1, DEVICE, 100),
                health(5, DEVICE, 60, cpu("hot")),
                new HistoryRecord.MetricValue(at(5), DEVICE, "cpu", "99"),
                health(8, DEVICE, 60),
                health(9, DEVICE, 100));

        // When
        NodeHistory all = h.of(DEVICE, at(0), at(99), 100);

        // Then
        assertThat(all.scores())
                .extracting(s -> s.since() + " " + s.score())
                .containsExactly(at(9) + " 100", at(5) + " 60", at(1) + " 100");
        assertThat(all.symptoms()).containsExactly(new PastSymptom("cpu-1", "cpu-high", 40, "hot", at(5), at(8)));
        assertThat(all.values()).containsExactly(new NodeHistory.Seen(at(5), "cpu", "99"));
        assertThat(h.of(DEVICE, at(0), at(99), 1).scores()).hasSize(1);
        assertThat(h.of(DEVICE, at(6), at(7), 9).scores())
                .extracting(NodeHistory.ScoreSpan::score)
                .containsExactly(60);
    }

    @Test
    void afterARestartTheGraphGoesOnAndWhatWasSeenBeforeIsOver() throws Exception {
        // Given
        HistoryConfig config = config();
        start(config);
        write(
                new HistoryRecord.Graph(at(0), true, List.of(device(null), service()), Set.of()),
                health(1, DEVICE, 100),
                health(5, DEVICE, 60, cpu("hot")));

        // When
        now = at(60);
        History h = start(config);
        write(new HistoryRecord.Graph(at(61), true, List.of(device(null)), Set.of()));

        // Then
        assertThat(h.graphAt(at(59)).symptoms()).hasSize(1);
        GraphAt later = h.graphAt(at(62));
        assertThat(later.symptoms()).isEmpty();
        assertThat(later.scores()).isEmpty();
        assertThat(later.nodes()).containsExactly(device(null));
        assertThat(later.version()).isEqualTo(2);
    }

    @Test
    void whatIsTooOldOrTooMuchGoesAndWhatGoesOnStays() throws Exception {
        // Given
        HistoryConfig config = config();
        start(config);
        write(
                new HistoryRecord.Graph(at(0), true, List.of(device(null)), Set.of()),
                health(0, DEVICE, 1),
                health(10, DEVICE, 2),
                health(20, DEVICE, 3),
                health(30, DEVICE, 4));

        // When
        now = at(115);
        History byAge = start(new HistoryConfig(config.jdbcUrl(), Duration.ofSeconds(100), 1_000, 100));
        // Then
        await().untilAsserted(
                        () -> assertThat(byAge.of(DEVICE, at(0), at(999), 9).scores())
                                .extracting(NodeHistory.ScoreSpan::score)
                                .containsExactly(4, 3, 2));

        // When
        History bySize = start(new HistoryConfig(config.jdbcUrl(), Duration.ofDays(1), 2, 100));
        // Then
        await().untilAsserted(
                        () -> assertThat(bySize.of(DEVICE, at(0), at(999), 9).scores())
                                .extracting(NodeHistory.ScoreSpan::score)
                                .containsExactly(4));
        assertThat(bySize.graphAt(at(200)).nodes()).hasSize(1);
    }

    @Test
    void whatAClockThatWasAheadWroteIsBroughtBackAndHidesNothing() throws Exception {
        // Given
        HistoryConfig config = config();
        Instant future = T.plus(Duration.ofDays(3650));
        now = future;
        History ahead = start(config);
        write(
                new HistoryRecord.Graph(future, true, List.of(device(null)), Set.of()),
                new HistoryRecord.Health(future, DEVICE, 100, List.of()));

        // When
        now = at(5);
        write(health(5, DEVICE, 60, cpu("hot")));

        // Then
        await().untilAsserted(() -> {
            GraphAt graph = ahead.graphAt(at(6));
            assertThat(graph.nodes()).containsExactly(device(null));
            assertThat(graph.scores()).isEqualTo(Map.of(DEVICE, 60));
        });
        write(health(7, DEVICE, 100), health(8, DEVICE, 90), health(9, DEVICE, 80));
        assertThat(ahead.graphAt(at(7)).scores()).isEqualTo(Map.of(DEVICE, 100));
        assertThat(ahead.graphAt(future).scores()).isEqualTo(Map.of(DEVICE, 80));

        // When
        now = at(200);
        History later = start(new HistoryConfig(config.jdbcUrl(), Duration.ofSeconds(100), 1_000, 100));

        // Then
        await().untilAsserted(
                        () -> assertThat(later.of(DEVICE, at(0), at(999), 9).scores())
                                .extracting(NodeHistory.ScoreSpan::score)
                                .containsExactly(80));
    }

    @Test
    void aSubserviceThatComesBackHasItsPastAndNothingOfItGoesOnMeanwhile() throws Exception {
        // Given
        History h = start(config());
        write(
                new HistoryRecord.Graph(at(0), true, List.of(device(null), service()), Set.of()),
                health(5, DEVICE, 60, cpu("hot")),
                new HistoryRecord.Graph(at(10), false, List.of(), Set.of(DEVICE)),
                new HistoryRecord.MetricValue(at(11), DEVICE, "cpu", "99"),
                new HistoryRecord.Graph(at(20), false, List.of(device("noc")), Set.of()),
                health(21, DEVICE, 60));

        // Then
        GraphAt gone = h.graphAt(at(15));
        assertThat(gone.nodes()).containsExactly(service());
        assertThat(gone.scores()).isEmpty();
        assertThat(gone.symptoms()).isEmpty();
        NodeHistory past = h.of(DEVICE, at(0), at(99), 9);
        assertThat(past.scores())
                .containsExactly(new NodeHistory.ScoreSpan(at(21), 60), new NodeHistory.ScoreSpan(at(5), 60));
        assertThat(past.symptoms()).containsExactly(cpu("hot").until(at(10)));
        assertThat(past.values()).isEmpty();
        assertThat(h.differences(at(15), at(20)).differences())
                .containsExactly(new GraphDifference(DEVICE, null, device("noc")));
    }

    @Test
    void aSymptomThatGoesOnIsToldOnceAndItsEndAlsoWhereThatIsLater() throws Exception {
        // Given
        History h = start(config());
        PastSymptom fan = new PastSymptom("fan-1", "fan", 10, "", at(7), null);
        write(
                health(5, DEVICE, 60, cpu("hot")),
                health(7, DEVICE, 50, cpu("hot"), fan),
                health(8, DEVICE, 50, cpu("very hot"), fan),
                health(9, DEVICE, 60, cpu("very hot")),
                health(12, DEVICE, 100));

        // Then
        assertThat(h.of(DEVICE, at(0), at(10), 9).symptoms())
                .containsExactly(fan.until(at(9)), cpu("very hot").until(at(12)));
        assertThat(h.of(DEVICE, at(7), at(8), 9).scores()).containsExactly(new NodeHistory.ScoreSpan(at(7), 50));
        assertThat(h.of(DEVICE, at(0), at(10), 1).symptoms()).containsExactly(fan.until(at(9)));
        assertThat(h.of(DEVICE, at(10), at(11), 9).symptoms())
                .containsExactly(cpu("very hot").until(at(12)));
    }

    @Test
    void ofASubserviceThatIsGoneForTooLongNothingStays() throws Exception {
        // Given
        HistoryConfig config = config();
        start(config);
        write(
                new HistoryRecord.Graph(at(0), true, List.of(device(null), service()), Set.of()),
                health(1, DEVICE, 60, cpu("hot")),
                new HistoryRecord.MetricValue(at(1), DEVICE, "cpu", "99"),
                new HistoryRecord.Graph(at(2), false, List.of(), Set.of(DEVICE)));

        // When
        now = at(200);
        History later = start(new HistoryConfig(config.jdbcUrl(), Duration.ofSeconds(100), 1_000, 100));

        // Then
        await().untilAsserted(() -> {
            NodeHistory past = later.of(DEVICE, at(-1), at(999), 9);
            assertThat(past.scores()).isEmpty();
            assertThat(past.symptoms()).isEmpty();
            assertThat(past.values()).isEmpty();
        });
        assertThat(later.graphAt(at(200)).nodes()).containsExactly(service());
        assertThat(later.graphAt(at(200)).version()).isEqualTo(2);
        write(new HistoryRecord.Graph(at(201), false, List.of(device("noc")), Set.of()), health(202, DEVICE, 100));
        assertThat(later.graphAt(at(203)).scores()).isEqualTo(Map.of(DEVICE, 100));
        assertThat(later.graphAt(at(203)).version()).isEqualTo(3);
    }

    @Test
    void anUpgradeFromFormat1LosesNothing() throws Exception {
        // Given
        HistoryConfig config = config();
        try (Connection connection = DriverManager.getConnection(config.jdbcUrl());
                Statement statement = connection.createStatement()) {
            for (String sql : FormatOneSample.STATEMENTS) {
                statement.execute(sql);
            }
        }

        // When
        now = at(60);
        History h = start(config);
        write(
                new HistoryRecord.Graph(at(61), true, List.of(device("noc"), service()), Set.of()),
                health(62, DEVICE, 100));

        // Then
        GraphAt first = h.graphAt(at(2));
        assertThat(first.version()).isEqualTo(1);
        assertThat(first.nodes()).containsExactlyInAnyOrder(device(null), service());
        assertThat(first.scores()).isEqualTo(Map.of(DEVICE, 100));
        GraphAt broken = h.graphAt(at(6));
        assertThat(broken.scores()).isEqualTo(Map.of(DEVICE, 60));
        assertThat(broken.symptoms())
                .isEqualTo(Map.of(DEVICE, List.of(cpu("hot").until(at(8)))));
        assertThat(h.graphAt(at(21)).nodes()).containsExactly(device("noc"));
        assertThat(h.graphAt(at(21)).version()).isEqualTo(3);
        assertThat(h.graphAt(at(50)).symptoms().get(DEVICE))
                .containsExactly(new PastSymptom("fan-1", "fan", 10, "loud", at(30), at(60)));
        NodeHistory past = h.of(DEVICE, at(0), at(99), 9);
        assertThat(past.scores())
                .containsExactly(
                        new NodeHistory.ScoreSpan(at(62), 100),
                        new NodeHistory.ScoreSpan(at(9), 100),
                        new NodeHistory.ScoreSpan(at(5), 60),
                        new NodeHistory.ScoreSpan(at(1), 100));
        assertThat(past.values()).containsExactly(new NodeHistory.Seen(at(5), "cpu", "99 %"));
        assertThat(h.graphAt(at(61)).version()).isEqualTo(4);
        assertThat(h.graphAt(at(61)).nodes()).hasSize(2);
    }
}
