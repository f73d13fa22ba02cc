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
import io.auspex.history.NodeHistory;
import io.auspex.history.NodeKey;
import io.auspex.history.PastSymptom;
import io.auspex.packs.Packs;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
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
            recorder.missed(List.of(new HealthChange(
                    DEVICE, Health.PERFECT, new Health.Unknown(Health.Reason.METRIC_STALE), List.of(), List.of())));
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
