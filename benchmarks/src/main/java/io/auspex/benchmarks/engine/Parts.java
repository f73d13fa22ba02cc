package io.auspex.benchmarks.engine;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineConfig;
import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.PathException;
import io.auspex.assuranceengine.catalogue.PathTemplate;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.assuranceengine.catalogue.SymptomRule;
import io.auspex.assuranceengine.collection.CollectionItem;
import io.auspex.assuranceengine.collection.MetricBatch;
import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphFaultsException;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.CheckedExpression;
import io.auspex.expressions.ExpressionException;
import io.auspex.expressions.ValueType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An engine over parts of four metrics each, a rule for each metric, and services of ten parts. */
final class Parts {
    static final int METRICS = 4;
    static final int PARTS_OF_SERVICE = 10;

    private static final int PARTS_OF_DEVICE = 100;
    private static final int AT_ONCE = 50_000;
    private static final String TYPE = "bench:part-type";

    final AssuranceEngine engine = new AssuranceEngine(
            EngineConfig.of("bench"), new Catalogue(types()), InstantSource.system(), System::nanoTime);
    /** What is collected: four leaves of each part. */
    final List<CollectionItem> items = new ArrayList<>();

    final int services;

    /** Services with their parts; all is well at first. */
    Parts(int services) throws GraphFaultsException {
        this.services = services;
        List<Subservice> some = new ArrayList<>();
        for (int s = 0; s < services; s++) {
            for (int p = 0; p < PARTS_OF_SERVICE; p++) {
                some.add(part(s * PARTS_OF_SERVICE + p));
            }
            some.add(service(s));
            if (some.size() >= AT_ONCE || s == services - 1) {
                engine.commit(GraphChange.of(some, List.of()));
                engine.runPending();
                some.clear();
            }
        }
    }

    /** Learns what is to be collected, and gives each metric a value. */
    Parts withValues() {
        for (int device = 0; device <= services * PARTS_OF_SERVICE / PARTS_OF_DEVICE; device++) {
            items.addAll(engine.collectionPlan("r" + device).items());
        }
        MetricBatch batch = new MetricBatch();
        items.forEach(item -> batch.add(item, 0));
        engine.offer(batch);
        engine.runPending();
        return this;
    }

    int parts() {
        return services * PARTS_OF_SERVICE;
    }

    private static SubserviceId partId(int i) {
        return new SubserviceId(TYPE, "part" + i);
    }

    private static Subservice part(int i) {
        return new Subservice(partId(i), Map.of("device", "r" + i / PARTS_OF_DEVICE, "name", "part" + i), List.of());
    }

    static Subservice service(int i) {
        List<Dependency> on = new ArrayList<>();
        for (int d = 0; d < PARTS_OF_SERVICE; d++) {
            on.add(Dependency.impacting(partId(i * PARTS_OF_SERVICE + d)));
        }
        return new Subservice(
                new SubserviceId(Subservice.SERVICE_INSTANCE_TYPE, "s" + i),
                Map.of("service", "bench", "instance-name", "s" + i),
                on);
    }

    private static List<SubserviceType> types() {
        List<MetricDefinition> metrics = new ArrayList<>();
        for (int m = 0; m < METRICS; m++) {
            metrics.add(
                    MetricDefinition.required("m" + m, ValueType.NUM, new MetricSource.Device(List.of(leaf("m" + m)))));
        }
        Map<String, ValueType> types = SubserviceType.metricTypes(metrics);
        List<SymptomRule> rules = new ArrayList<>();
        for (int m = 0; m < METRICS; m++) {
            rules.add(rule(m, types));
        }
        return List.of(
                new SubserviceType(TYPE, List.of("device", "name"), "device", "{name}", metrics, rules),
                new SubserviceType(
                        Subservice.SERVICE_INSTANCE_TYPE,
                        List.of("service", "instance-name"),
                        null,
                        "{instance-name}",
                        List.of(),
                        List.of()));
    }

    private static SymptomRule rule(int m, Map<String, ValueType> types) {
        try {
            return new SymptomRule(
                    "high-" + m,
                    CheckedExpression.of("m" + m + " > 90", types, ValueType.BOOL),
                    null,
                    CheckedExpression.of("30", types, ValueType.NUM),
                    "too high",
                    null);
        } catch (ExpressionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MetricImplementation leaf(String name) {
        try {
            return new MetricImplementation(
                    "bench",
                    null,
                    Map.of("b", "urn:bench"),
                    PathTemplate.of("/b:parts/b:part[b:name='{name}']/b:" + name),
                    Map.of(),
                    Set.of(),
                    1);
        } catch (PathException e) {
            throw new IllegalStateException(e);
        }
    }
}
