package io.auspex.assuranceagent.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineConfig;
import io.auspex.assuranceengine.Health;
import io.auspex.assuranceengine.HealthChange;
import io.auspex.assuranceengine.Symptom;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.history.History;
import io.auspex.history.HistoryConfig;
import io.auspex.history.HistoryRecord;
import io.auspex.history.NodeHistory;
import io.auspex.history.NodeKey;
import io.auspex.history.PastSymptom;
import io.auspex.packs.Packs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryRecorderTest {
    private static final SubserviceId DEVICE =
            new SubserviceId("ietf-service-assurance-device:device-type", "device/r1");

    @TempDir
    private Path folder;

    private final AssuranceEngine engine = new AssuranceEngine(
            EngineConfig.of("agent-1"), Packs.load(List.of()).catalogue(), InstantSource.system(), System::nanoTime);

    @Test
    void whatWasMissedIsCountedAndHowThingsStandIsToldLater() throws Exception {
        // Given
        engine.commit(GraphChange.put(new Subservice(DEVICE, Map.of("device", "r1"), List.of())));
        engine.runPending();
        try (History history = History.start(HistoryConfig.in(folder), InstantSource.system())) {
            HistoryRecorder recorder = new HistoryRecorder(engine, history);
            recorder.missed(List.of(change()));
            assertThat(history.statistics().lost()).isEqualTo(1);

            // When
            recorder.healthChanged(List.of(), engine.snapshot(), Instant.now());

            // Then
            await().untilAsserted(() -> {
                NodeHistory past =
                        history.of(new NodeKey(DEVICE.type(), DEVICE.id()), Instant.EPOCH, Instant.now(), 10);
                assertThat(past.scores())
                        .singleElement()
                        .satisfies(s -> assertThat(s.score()).isEqualTo(-1));
                assertThat(past.symptoms())
                        .isNotEmpty()
                        .allSatisfy(s -> assertThat(s.stop()).isNull());
            });
        }
    }

    private static HealthChange change() {
        return new HealthChange(
                DEVICE, Health.PERFECT, new Health.Unknown(Health.Reason.METRIC_STALE), List.of(), List.of());
    }

    @Test
    void whatCouldNotBeToldLaterEitherIsToldWhenThereIsRoom() throws Exception {
        // Given: a history that cannot be written yet, with room for two records
        engine.commit(GraphChange.put(new Subservice(DEVICE, Map.of("device", "r1"), List.of())));
        engine.runPending();
        Path missing = folder.resolve("missing");
        var config = new HistoryConfig("jdbc:sqlite:" + missing.resolve("h.db"), Duration.ofDays(1), 1_000, 2);
        try (History history = History.start(config, InstantSource.system())) {
            HistoryRecorder recorder = new HistoryRecorder(engine, history);
            history.offer(Collections.nCopies(
                    2, new HistoryRecord.MetricValue(Instant.now(), new NodeKey("t", "n"), "cpu", "1")));
            recorder.missed(List.of(change()));
            recorder.healthChanged(List.of(), engine.snapshot(), Instant.now());

            // When
            Files.createDirectory(missing);
            await().until(() -> history.statistics().waiting() == 0);
            recorder.healthChanged(List.of(), engine.snapshot(), Instant.now());

            // Then
            await().untilAsserted(() -> assertThat(scores(history)).containsExactly(-1));
        }
    }

    @Test
    void aSubserviceThatIsBackIsToldBeforeItsHealth() throws Exception {
        // Given
        Subservice device = new Subservice(DEVICE, Map.of("device", "r1"), List.of());
        try (History history = History.start(HistoryConfig.in(folder), InstantSource.system())) {
            HistoryRecorder recorder = new HistoryRecorder(engine, history);
            engine.commit(GraphChange.put(device));
            recorder.graphChanged(List.of(DEVICE));
            engine.commit(GraphChange.remove(DEVICE));
            recorder.graphChanged(List.of(DEVICE));

            // When
            engine.commit(GraphChange.put(device));
            engine.runPending();
            recorder.healthChanged(List.of(change()), engine.snapshot(), Instant.now());
            recorder.graphChanged(List.of(DEVICE));

            // Then
            await().untilAsserted(() -> {
                assertThat(scores(history)).containsExactly(-1);
                assertThat(history.graphAt(Instant.now()).version()).isEqualTo(3);
            });
        }
    }

    private static List<Integer> scores(History history) throws Exception {
        return history.of(new NodeKey(DEVICE.type(), DEVICE.id()), Instant.EPOCH, Instant.now(), 10).scores().stream()
                .map(NodeHistory.ScoreSpan::score)
                .toList();
    }

    @Test
    void anEngineThatDoesNotAnswerKeepsNoSymptomFromTheHistory() throws Exception {
        // Given
        engine.commit(GraphChange.put(new Subservice(DEVICE, Map.of("device", "r1"), List.of())));
        engine.runPending();
        Symptom symptom =
                engine.snapshot().status(DEVICE).orElseThrow().activeSymptoms().getFirst();
        try (History history = History.start(HistoryConfig.in(folder), InstantSource.system())) {
            HistoryRecorder recorder = new HistoryRecorder(engine, history);

            // When: the engine lets no one wait who was interrupted
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> recorder.healthChanged(
                            List.of(new HealthChange(
                                    DEVICE, Health.PERFECT, new Health.Score(60), List.of(symptom), List.of())),
                            engine.snapshot(),
                            Instant.now()))
                    .hasMessageContaining("interrupted while waiting for the assurance engine");
            Thread.interrupted();

            // Then
            await().untilAsserted(() -> {
                NodeHistory past =
                        history.of(new NodeKey(DEVICE.type(), DEVICE.id()), Instant.EPOCH, Instant.now(), 10);
                assertThat(past.scores())
                        .extracting(NodeHistory.ScoreSpan::score)
                        .containsExactly(-1);
                assertThat(past.symptoms()).extracting(PastSymptom::symptomId).containsExactly(symptom.id());
            });
        }
    }
}
