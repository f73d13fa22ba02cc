package io.auspex.assuranceengine;

import static io.auspex.assuranceengine.EngineFixture.START;
import static io.auspex.assuranceengine.EngineFixture.aProbe;
import static io.auspex.assuranceengine.EngineFixture.aService;
import static io.auspex.assuranceengine.EngineFixture.probeId;
import static io.auspex.assuranceengine.EngineFixture.serviceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphUpdate;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.expressions.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AssuranceEngineTest {

    @Test
    void theWriterPublishesWhatOtherThreadsPutIn() throws InterruptedException {
        // Given
        EngineFixture engine = new EngineFixture();
        engine.commit(
                aProbe("p"),
                aProbe("q"),
                aService("a", Dependency.impacting(probeId("p")), Dependency.impacting(probeId("q"))));
        engine.engine.start();

        // When
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("p", "q")) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int fault = 100; fault >= 0; fault--) {
                    while (!engine.engine.report(
                            List.of(new ReportedValue(probeId(name), "fault", new Value.Num(fault))))) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(engine.score(serviceId("a"))).isEqualTo(100));
        engine.engine.close();
    }

    @Test
    void aListenerThatFailsDoesNotStopTheEngineNorTheOtherListeners() {
        // Given
        EngineFixture engine = new EngineFixture();
        List<HealthChange> heard = new CopyOnWriteArrayList<>();
        engine.engine.addHealthListener((changes, snapshot, at) -> {
            throw new IllegalStateException("a listener of the test fails");
        });
        engine.engine.addHealthListener((changes, snapshot, at) -> heard.addAll(changes));

        // When
        engine.commit(aProbe("p")).report(probeId("p"), 10);

        // Then
        assertThat(heard).hasSize(2);
        assertThat(engine.score(probeId("p"))).isEqualTo(90);
    }

    @Test
    void aGraphThatChangedIsToldThoughItsBatchFails() throws Exception {
        // Given
        AtomicBoolean isBroken = new AtomicBoolean();
        AssuranceEngine engine =
                new AssuranceEngine(EngineConfig.of("agent-1"), new Catalogue(List.of()), () -> START, () -> {
                    if (isBroken.get()) {
                        throw new IllegalStateException("a ticker of the test fails");
                    }
                    return 0;
                });
        List<GraphUpdate> heard = new ArrayList<>();
        engine.addHealthListener(new HealthListener() {
            @Override
            public void healthChanged(List<HealthChange> changes, EngineSnapshot snapshot, Instant at) {}

            @Override
            public void graphChanged(GraphUpdate update) {
                heard.add(update);
            }
        });
        engine.commit(GraphChange.put(aProbe("p")));
        isBroken.set(true);

        // When
        assertThatThrownBy(engine::runPending).isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(heard).hasSize(1);
    }

    @Test
    void valuesThatFindTheQueueFullAreLostAndCounted() {
        // Given
        EngineFixture engine =
                new EngineFixture(new EngineConfig("agent-1", Duration.ofSeconds(10), Duration.ofDays(1), 4, 2));
        engine.commit(aProbe("p"));
        ReportedValue value = new ReportedValue(probeId("p"), "fault", new Value.Num(10));

        // When
        List<Boolean> taken = List.of(
                engine.engine.report(List.of(value)),
                engine.engine.report(List.of(value)),
                engine.engine.report(List.of(value, value, value)));

        // Then
        assertThat(taken).containsExactly(true, true, false);
        engine.engine.runPending();
        assertThat(engine.engine.statistics().valuesLost()).isEqualTo(3);
        assertThat(engine.engine.statistics().valuesTaken()).isEqualTo(2);
    }

    @Test
    void aReaderKeepsTheStateThatItTook() {
        // Given
        EngineFixture engine = new EngineFixture();
        engine.commit(aProbe("p")).report(probeId("p"), 10);
        EngineSnapshot taken = engine.engine.snapshot();

        // When
        engine.report(probeId("p"), 50).remove(probeId("p"));

        // Then
        assertThat(taken.health(probeId("p"))).contains(new Health.Score(90));
        assertThat(engine.engine.snapshot().health(probeId("p"))).isEmpty();
    }

    @Test
    void aSubserviceOfAnotherObjectIsOneChange() {
        // Given
        EngineFixture engine = new EngineFixture();
        engine.commit(aProbe("p")).report(probeId("p"), 40);
        engine.changes.clear();

        // When
        engine.commit(new Subservice(probeId("p"), Map.of("name", "another"), List.of()));

        // Then
        assertThat(engine.changes).singleElement().satisfies(change -> {
            assertThat(change.before()).isEqualTo(new Health.Score(60));
            assertThat(change.after()).isInstanceOf(Health.Unknown.class);
            assertThat(change.stopped()).hasSize(1);
            assertThat(change.started()).hasSize(1);
        });
    }

    @Test
    void aChangeSaysWhatStartedAndStopped() {
        // Given
        EngineFixture engine = new EngineFixture();
        engine.commit(aProbe("p"), aService("a", Dependency.impacting(probeId("p"))))
                .report(probeId("p"), 0);
        engine.changes.clear();

        // When
        engine.report(probeId("p"), 40).pass(Duration.ofSeconds(2)).report(probeId("p"), 0);

        // Then
        assertThat(engine.changes.stream().map(HealthChange::id))
                .containsExactly(probeId("p"), serviceId("a"), probeId("p"), serviceId("a"));
        assertThat(engine.changes.getFirst().started()).hasSize(1);
        assertThat(engine.changes.get(1).started()).isEmpty();
        assertThat(engine.changes.get(1).after()).isEqualTo(new Health.Score(60));
        assertThat(engine.changes.get(2).stopped())
                .singleElement()
                .satisfies(s -> assertThat(s.stop()).isEqualTo(EngineFixture.START.plusSeconds(2)));
    }
}
