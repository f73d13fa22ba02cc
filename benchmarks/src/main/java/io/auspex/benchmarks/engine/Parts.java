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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An engine over parts of four metrics each, a rule for each metric, and services that rest on them. */
final class Parts {
    static final int METRICS = 4;

    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int AT_ONCE = 50_000;
    private static final String TYPE = "bench:part-type";

    final AssuranceEngine engine = new AssuranceEngine(
            EngineConfig.of("bench"), new Catalogue(types()), InstantSource.system(), System::nanoTime);
    /** What is collected: four leaves of each part. */
    final List<CollectionItem> items = new ArrayList<>();

    /** The devices whose plan has to be drawn. */
    final Queue<String> outdated = new ConcurrentLinkedQueue<>();

    final int services;
    private final Layout layout;

    /** Services with their parts; all is well at first. */
    Parts(int services, Layout layout) throws GraphFaultsException {
        this.services = services;
        this.layout = layout;
        // As in an agent: the devices are in the inventory, and someone hears that their plans are outdated.
        engine.addCollectionPlanListener(outdated::add);
        layout.devices(services).forEach(device -> engine.periodSet(device, PERIOD));
        engine.runPending();
        List<Subservice> some = new ArrayList<>(layout.shared());
        for (int s = 0; s < services; s++) {
            some.addAll(layout.service(s));
            if (some.size() >= AT_ONCE || s == services - 1) {
                engine.commit(GraphChange.of(some, List.of()));
                engine.runPending();
                some.clear();
            }
        }
    }

    /** Learns what is to be collected, and gives each metric a value. */
    Parts withValues() {
        layout.devices(services)
                .forEach(device -> items.addAll(engine.collectionPlan(device).items()));
        MetricBatch batch = new MetricBatch();
        items.forEach(item -> batch.add(item, 0));
        engine.offer(batch);
        engine.runPending();
        return this;
    }

    int parts() {
        return engine.graph().size() - services;
    }

    /** Draws the plan of each device that was touched since it was drawn; returns how many they were. */
    int draw() {
        int drawn = 0;
        for (String device = outdated.poll(); device != null; device = outdated.poll()) {
            engine.collectionPlan(device);
            drawn++;
        }
        return drawn;
    }

    /** One of what is collected now, after edits too. */
    CollectionItem one() {
        return engine.collectionPlan(layout.devices(services).getFirst())
                .items()
                .getFirst();
    }

    /** Takes a service with all that it has for itself out of the graph, and puts it back. */
    void renew(int service) throws GraphFaultsException {
        List<Subservice> own = layout.service(service);
        engine.commit(GraphChange.of(List.of(), own.stream().map(Subservice::id).toList()));
        engine.runPending();
        engine.commit(GraphChange.of(own, List.of()));
        engine.runPending();
    }

    static SubserviceId partId(String name) {
        return new SubserviceId(TYPE, name);
    }

    static Subservice part(String name, String device, List<Dependency> on) {
        return new Subservice(partId(name), Map.of("device", device, "name", name), on);
    }

    static Subservice service(int i, List<Dependency> on) {
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
