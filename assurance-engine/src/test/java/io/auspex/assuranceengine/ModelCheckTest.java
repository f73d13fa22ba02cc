package io.auspex.assuranceengine;

import static io.auspex.assuranceengine.EngineFixture.probeId;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.DependencyType;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphFaultsException;
import io.auspex.assuranceengine.graph.Impact;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random graphs and schedules of edits, values, maintenance and silence: the engine agrees with a recomputation from scratch. */
class ModelCheckTest {
    /** As many on every build; {@code -Dmodel-check.graphs=10000} for the counted run. */
    private static final int GRAPHS = Integer.getInteger("model-check.graphs", 300);

    private static final int STEPS = 40;
    private static final int NODES = 9;

    @Test
    void theEngineAgreesWithARecomputationFromScratchAtEveryStep() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            // Given
            Random random = new Random(seed);
            EngineFixture engine = new EngineFixture();
            NaiveModel model = new NaiveModel();
            Map<SubserviceId, Integer> scores = new HashMap<>();

            for (int step = 0; step < STEPS; step++) {
                // When
                engine.changes.clear();
                act(random, engine, model);

                // Then
                String where = "seed " + seed + ", step " + step;
                compare(where, engine, model);
                checkInvariants(where, engine, model);
                compareChanges(where, engine, model, scores);
            }
        }
    }

    private static void act(Random random, EngineFixture engine, NaiveModel model) {
        switch (random.nextInt(8)) {
            case 0, 1 -> edit(random, engine, model);
            case 2 -> pass(1 + random.nextInt(20), engine, model);
            default -> report(random, engine, model);
        }
    }

    private static void edit(Random random, EngineFixture engine, NaiveModel model) {
        List<Subservice> put = new ArrayList<>();
        List<SubserviceId> removed = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            int n = random.nextInt(NODES);
            if (random.nextInt(6) == 0) {
                removed.add(probeId("n" + n));
            } else {
                put.add(node(random, n));
            }
        }
        GraphChange change = GraphChange.of(put, removed);
        try {
            engine.engine.commit(change);
        } catch (GraphFaultsException e) {
            return;
        }
        engine.engine.runPending();
        change.removed().forEach(model::remove);
        change.put().values().forEach(model::put);
    }

    /** Mostly depends on lower numbers, so that cycles are tried but rare. */
    private static Subservice node(Random random, int n) {
        Map<SubserviceId, Dependency> on = new HashMap<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            SubserviceId id = probeId("n" + random.nextInt(random.nextInt(10) == 0 ? NODES : Math.max(1, n)));
            on.put(id, new Dependency(id, type(random)));
        }
        on.remove(probeId("n" + n));
        // Now and then it stands for another object than before.
        String object = "n" + n + (random.nextInt(6) == 0 ? "'" : "");
        Subservice probe = new Subservice(probeId("n" + n), Map.of("name", object), List.copyOf(on.values()));
        return random.nextInt(8) == 0 ? EngineFixture.flagged(probe) : probe;
    }

    private static DependencyType type(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> DependencyType.INFORMATIONAL;
            case 1 -> new DependencyType("example:share", new Impact.Share(1 + random.nextInt(100)));
            // Members of a group agree on what they ask for.
            case 2, 3 -> {
                int group = random.nextInt(2);
                yield new DependencyType("example:redundant", new Impact.Redundant("g" + group, 1 + group, 30 * group));
            }
            default -> DependencyType.IMPACTING;
        };
    }

    private static void pass(int seconds, EngineFixture engine, NaiveModel model) {
        engine.pass(Duration.ofSeconds(seconds));
        model.second += seconds;
    }

    private static void report(Random random, EngineFixture engine, NaiveModel model) {
        List<ReportedValue> values = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            SubserviceId id = probeId("n" + random.nextInt(NODES));
            int fault = random.nextInt(3) == 0 ? 0 : new int[] {0, 10, 25, 60, 100}[random.nextInt(5)];
            values.add(new ReportedValue(id, "fault", new Value.Num(fault)));
        }
        // Within one batch the last value of a metric counts.
        Map<SubserviceId, Double> last = new HashMap<>();
        values.forEach(v -> last.put(v.subservice(), ((Value.Num) v.value()).number()));
        last.forEach((id, fault) -> {
            if (model.subservices.containsKey(id)) {
                model.report(id, fault);
            }
        });
        engine.engine.report(values);
        engine.engine.runPending();
    }

    private static void compare(String where, EngineFixture engine, NaiveModel model) {
        EngineSnapshot snapshot = engine.engine.snapshot();
        assertThat(snapshot.graph().size()).as(where).isEqualTo(model.subservices.size());
        for (SubserviceId id : model.subservices.keySet()) {
            SubserviceStatus status = snapshot.status(id).orElseThrow();
            assertThat(status.health().wireValue())
                    .as(where + ", score of " + id)
                    .isEqualTo(model.score(id));
            Map<String, Integer> symptoms = new TreeMap<>();
            status.activeSymptoms()
                    .forEach(s -> symptoms.put(s.name() + "@" + s.origin().id(), s.weight()));
            assertThat(symptoms).as(where + ", symptoms of " + id).isEqualTo(model.symptoms(id));
            assertThat(status.symptoms().stream().map(Symptom::id))
                    .as(where + ", symptom-ids of " + id)
                    .doesNotHaveDuplicates();
        }
    }

    /** S-61, S-71, and that missing data is neither healthy nor broken. */
    private static void checkInvariants(String where, EngineFixture engine, NaiveModel model) {
        for (SubserviceId id : model.subservices.keySet()) {
            SubserviceStatus status = engine.status(id);
            int score = status.health().wireValue();
            boolean explained = status.activeSymptoms().stream().anyMatch(s -> s.weight() > 0);
            assertThat(score == 100 || explained).as(where + ", S-61 of " + id).isTrue();
            if (model.isInhibited(id)) {
                assertThat(score).as(where + ", S-71 of " + id).isZero();
                assertThat(status.activeSymptoms())
                        .as(where + ", S-71 of " + id)
                        .isNotEmpty()
                        .allMatch(s -> s.name().equals("under-maintenance"));
            } else if (!model.isFresh(id)) {
                assertThat(score).as(where + ", never 100 on stale: " + id).isNotEqualTo(100);
            }
            boolean nothingIsKnown = model.subservices.get(id).dependencies().isEmpty() && !model.isFresh(id);
            if (nothingIsKnown && !model.isInhibited(id)) {
                assertThat(score).as(where + ", never 0 on missing: " + id).isEqualTo(-1);
            }
        }
    }

    /** Whoever follows the changes alone knows the same scores. */
    private static void compareChanges(
            String where, EngineFixture engine, NaiveModel model, Map<SubserviceId, Integer> scores) {
        for (HealthChange change : engine.changes) {
            scores.put(change.id(), change.after().wireValue());
        }
        for (SubserviceId id : model.subservices.keySet()) {
            assertThat(scores.get(id)).as(where + ", followed score of " + id).isEqualTo(model.score(id));
        }
    }
}
