package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.assuranceengine.catalogue.SymptomRule;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Follows a subservice's health down to the symptoms behind it (root cause, RFC 9417 §1). */
final class Explainer {
    private final EngineSnapshot snapshot;
    private final Catalogue catalogue;
    private final Function<SubserviceId, List<MetricReading>> readings;

    Explainer(EngineSnapshot snapshot, Catalogue catalogue, Function<SubserviceId, List<MetricReading>> readings) {
        this.snapshot = snapshot;
        this.catalogue = catalogue;
        this.readings = readings;
    }

    Optional<Explanation> explain(SubserviceId id) {
        return snapshot.graph().node(id).map(node -> {
            List<Explanation.Cause> causes = new ArrayList<>();
            new SymptomSearch(snapshot, node).run(found -> causes.add(cause(found)));
            causes.sort(Comparator.comparingInt(
                            (Explanation.Cause c) -> -c.symptom().weight())
                    .thenComparingInt(c -> c.path().size())
                    .thenComparing(c -> c.symptom().start())
                    .thenComparing(c -> c.symptom().id()));
            return new Explanation(id, snapshot.health(node), causes);
        });
    }

    private Explanation.Cause cause(SymptomSearch.Found found) {
        Symptom symptom = found.symptom();
        Optional<SymptomRule> rule = catalogue
                .type(symptom.origin().type())
                .map(SubserviceType::rules)
                .flatMap(rules -> rules.stream()
                        .filter(r -> r.name().equals(symptom.name()))
                        .findFirst());
        Map<String, Value> values = new LinkedHashMap<>();
        rule.ifPresent(r -> {
            for (MetricReading reading : readings.apply(symptom.origin())) {
                if (r.when().metrics().contains(reading.definition().name())) {
                    values.put(reading.definition().name(), reading.value());
                }
            }
        });
        return new Explanation.Cause(
                found.path().stream()
                        .map(n -> new Explanation.Step(n.id(), snapshot.label(n.subservice()), snapshot.health(n)))
                        .toList(),
                symptom,
                rule.map(r -> r.when().source()).orElse(null),
                values);
    }
}
