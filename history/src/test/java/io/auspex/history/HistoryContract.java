package io.auspex.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
                new HistoryRecord.Score(at(1), DEVICE, 100),
                new HistoryRecord.Score(at(1), SERVICE, 100),
                new HistoryRecord.SymptomStarted(at(5), DEVICE, "cpu-1", "cpu-high", 40, "CPU of r1 at 99 %"),
                new HistoryRecord.MetricValue(at(5), DEVICE, "cpu", "99"),
                new HistoryRecord.Score(at(5), DEVICE, 60),
                new HistoryRecord.Score(at(5), SERVICE, 60),
                new HistoryRecord.Graph(at(7), false, List.of(device("noc")), Set.of()),
                new HistoryRecord.SymptomStopped(at(8), "cpu-1"),
                new HistoryRecord.Score(at(9), DEVICE, 100),
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
        });
        GraphAt last = h.graphAt(at(20));
        assertThat(last.version()).isEqualTo(3);
        assertThat(last.since()).isEqualTo(at(10));
        assertThat(last.nodes()).containsExactly(device("noc"));
        assertThat(last.scores()).isEqualTo(Map.of(DEVICE, 100));
        assertThat(last.symptoms()).isEmpty();
    }

    @Test
    void s17_theDifferenceOfTwoVersions() throws Exception {
        // Given
        History h = start(config());
        write(
                new HistoryRecord.Graph(at(0), true, List.of(device(null)), Set.of()),
                new HistoryRecord.Graph(at(5), false, List.of(device("noc"), service()), Set.of()));

        // Then
        assertThat(h.differences(at(1), at(6)))
                .containsExactlyInAnyOrder(
                        new GraphDifference(DEVICE, device(null), device("noc")),
                        new GraphDifference(SERVICE, null, service()));
        assertThat(h.differences(at(6), at(1))).hasSize(2);
        assertThat(h.differences(at(6), at(9))).isEmpty();
    }

    @Test
    void theScoresSymptomsAndValuesOfASubserviceNewestFirst() throws Exception {
        // Given
        History h = start(config());
        write(
                new HistoryRecord.Score(at(1), DEVICE, 100),
                new HistoryRecord.MetricValue(at(5), DEVICE, "cpu", "99"),
                new HistoryRecord.Score(at(5), DEVICE, 60),
                new HistoryRecord.SymptomStarted(at(5), DEVICE, "cpu-1", "cpu-high", 40, "hot"),
                new HistoryRecord.SymptomStopped(at(8), "cpu-1"),
                new HistoryRecord.Score(at(9), DEVICE, 100));

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
                new HistoryRecord.Score(at(1), DEVICE, 100),
                new HistoryRecord.SymptomStarted(at(5), DEVICE, "cpu-1", "cpu-high", 40, "hot"));

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
                new HistoryRecord.Score(at(0), DEVICE, 1),
                new HistoryRecord.Score(at(10), DEVICE, 2),
                new HistoryRecord.Score(at(20), DEVICE, 3),
                new HistoryRecord.Score(at(30), DEVICE, 4));

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
}
