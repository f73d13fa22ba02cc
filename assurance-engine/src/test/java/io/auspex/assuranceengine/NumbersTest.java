package io.auspex.assuranceengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.PathTemplate;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.assuranceengine.catalogue.SymptomRule;
import io.auspex.assuranceengine.collection.CollectionItem;
import io.auspex.assuranceengine.collection.MetricBatch;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.CheckedExpression;
import io.auspex.expressions.Environment;
import io.auspex.expressions.Evaluator;
import io.auspex.expressions.Value;
import io.auspex.expressions.ValueType;
import io.auspex.expressions.WindowFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Numbers from devices, which wake only the rules that they may change: the symptoms are those of evaluating all of them. */
class NumbersTest {
    private static final SubserviceId PART = new SubserviceId("example:part-type", "part");
    private static final List<String> METRICS = List.of("a", "b", "c");
    private static final Map<String, String> RULES = new TreeMap<>(Map.of(
            "a-is-high", "a > 7",
            "a-is-odd", "a in [3, 5] || a == 1",
            "a-beside-b", "b < 4 && 5 >= a",
            "b-is-not-2", "!(b == 2)",
            "c-is-more", "c > a",
            "c-is-5", "c == 5"));
    private static final Map<String, ValueType> TYPES =
            Map.of("a", ValueType.NUM, "b", ValueType.NUM, "c", ValueType.NUM);

    private static SubserviceType type() throws Exception {
        List<MetricDefinition> metrics = new ArrayList<>();
        for (String name : METRICS) {
            var leaf = new MetricImplementation(
                    "example", null, Map.of("e", "urn:example"), PathTemplate.of("/e:" + name), Map.of(), Set.of(), 1);
            metrics.add(MetricDefinition.required(name, ValueType.NUM, new MetricSource.Device(List.of(leaf))));
        }
        List<SymptomRule> rules = new ArrayList<>();
        for (var rule : RULES.entrySet()) {
            // The weight of one rule hangs on a metric.
            rules.add(new SymptomRule(
                    rule.getKey(),
                    CheckedExpression.of(rule.getValue(), TYPES, ValueType.BOOL),
                    null,
                    CheckedExpression.of(rule.getKey().equals("b-is-not-2") ? "b" : "10", TYPES, ValueType.NUM),
                    rule.getKey(),
                    null));
        }
        return new SubserviceType(PART.type(), List.of("device"), "device", "{device}", metrics, rules);
    }

    private static Map<String, Integer> expected(SubserviceType type, Map<String, Double> values) {
        var evaluator = new Evaluator(new Environment() {
            @Override
            public Value metric(String name) {
                return new Value.Num(values.getOrDefault(name, Double.NaN));
            }

            @Override
            public Value window(WindowFunction function, String metric, Duration span) {
                throw new AssertionError("no rule looks back");
            }
        });
        Map<String, Integer> symptoms = new TreeMap<>();
        for (SymptomRule rule : type.rules()) {
            if (evaluator.evaluate(rule.when().root()).equals(new Value.Bool(true))) {
                var weight = (Value.Num) evaluator.evaluate(rule.weight().root());
                symptoms.put(rule.name(), (int) Math.rint(weight.number()));
            }
        }
        return symptoms;
    }

    @Test
    void symptomsAndWeightsAreThoseOfEvaluatingEveryRuleAnew() throws Exception {
        // Given
        SubserviceType type = type();
        var engine = new AssuranceEngine(
                EngineConfig.of("agent-1"), new Catalogue(List.of(type)), () -> Instant.EPOCH, () -> 0);
        engine.commit(GraphChange.put(new Subservice(PART, Map.of("device", "r1"), List.of())));
        engine.runPending();
        Map<String, CollectionItem> items = new TreeMap<>();
        for (CollectionItem item : engine.collectionPlan("r1").items()) {
            items.put(item.path().toString().substring(item.path().toString().length() - 1), item);
        }
        Map<String, Double> values = new TreeMap<>();
        METRICS.forEach(name -> values.put(name, 0.0));
        Random random = new Random(7);

        for (int step = 0; step < 3_000; step++) {
            // When
            MetricBatch batch = new MetricBatch();
            for (String name : METRICS) {
                if (step == 0 || random.nextBoolean()) {
                    double value = random.nextInt(20) / 2.0;
                    values.put(name, value);
                    batch.add(Objects.requireNonNull(items.get(name)), value);
                }
            }
            engine.offer(batch);
            engine.runPending();

            // Then
            Map<String, Integer> found = new TreeMap<>();
            engine.snapshot().status(PART).orElseThrow().activeSymptoms().forEach(s -> found.put(s.name(), s.weight()));
            assertThat(found).as("step %d, %s", step, values).isEqualTo(expected(type, values));
        }
    }
}
