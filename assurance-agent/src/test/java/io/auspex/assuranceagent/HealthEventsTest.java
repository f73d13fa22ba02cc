package io.auspex.assuranceagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineConfig;
import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.Health;
import io.auspex.assuranceengine.HealthChange;
import io.auspex.assuranceengine.HealthListener;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphUpdate;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.packs.Packs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Changes of health leave the engine's writer for a thread of their own, in order, and none is lost. */
class HealthEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final AssuranceEngine engine = new AssuranceEngine(
            EngineConfig.of("agent-1"), Packs.load(List.of()).catalogue(), InstantSource.system(), System::nanoTime);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final HealthListener hears = (changes, _, _) -> changes.forEach(c -> heard.add(c.id().id()));

    private static List<HealthChange> change(int number) {
        return List.of(new HealthChange(
                new SubserviceId("t:t", "s" + number), Health.PERFECT, new Health.Score(0), List.of(), List.of()));
    }

    @Test
    void moreBatchesThanTheQueueHoldsArriveInOrder() throws Exception {
        // Given
        var gate = new CountDownLatch(1);
        HealthListener slow = (_, _, _) -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (var events = HealthEvents.waiting(List.of(slow, hears))) {
            events.start();
            // When
            var writer = Thread.ofVirtual().start(() -> {
                for (var i = 0; i < 1_000; i++) {
                    events.healthChanged(change(i), engine.snapshot(), NOW);
                }
            });
            gate.countDown();
            // Then
            await().until(() -> heard.size() == 1_000);
            assertThat(heard).startsWith("s0", "s1", "s2").endsWith("s998", "s999");
            assertThat(writer.join(java.time.Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void aChangeOfTheGraphIsToldBeforeTheHealthThatFollows() throws Exception {
        // Given
        var told = new CopyOnWriteArrayList<String>();
        HealthListener both = new HealthListener() {
            @Override
            public void healthChanged(List<HealthChange> changes, EngineSnapshot snapshot, Instant at) {
                told.add("health of " + snapshot.graph().version());
            }

            @Override
            public void graphChanged(GraphUpdate update) {
                told.add("graph " + update.after().version());
            }
        };
        try (var events = HealthEvents.waiting(List.of(both))) {
            engine.addHealthListener(events);
            events.start();

            // When
            for (var version = 1; version <= 2; version++) {
                engine.commit(GraphChange.put(new Subservice(
                        new SubserviceId("t:t", "s" + version), Map.of("number", "" + version), List.of())));
                engine.runPending();
            }

            // Then
            await().untilAsserted(
                            () -> assertThat(told).containsExactly("graph 1", "health of 1", "graph 2", "health of 2"));
        }
    }

    @Test
    void listenerThatFailsKeepsNothingFromTheOthers() {
        // Given
        HealthListener fails = (_, _, _) -> {
            throw new IllegalStateException("for the test");
        };
        try (var events = HealthEvents.waiting(List.of(fails, hears))) {
            events.start();
            // When
            events.healthChanged(change(1), engine.snapshot(), NOW);
            events.healthChanged(change(2), engine.snapshot(), NOW);
            // Then
            await().untilAsserted(() -> assertThat(heard).containsExactly("s1", "s2"));
        }
    }

    @Test
    void aListenerThatMayMissSomethingNeverMakesTheWriterWait() {
        // Given
        var gate = new CountDownLatch(1);
        HealthListener stuck = (_, _, _) -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        List<String> missed = new CopyOnWriteArrayList<>();
        try (var events = HealthEvents.losing(stuck, changes -> changes.forEach(c -> missed.add(c.id().id())))) {
            events.start();
            // When
            for (var i = 0; i < 1_000; i++) {
                events.healthChanged(change(i), engine.snapshot(), NOW);
            }
            // Then
            assertThat(missed).hasSizeBetween(1_000 - 257, 1_000 - 256).endsWith("s999");
            gate.countDown();
        }
    }
}
