package io.auspex.assuranceengine;

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
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Targets P8 and P9: 100,000 subservices of 4 metrics under 10,000 services; updates per second on one thread, bytes of state. */
public final class EngineBenchmark {
    private static final int SUBSERVICES = 100_000;
    private static final int SERVICES = 10_000;
    private static final int METRICS = 4;
    private static final int DEVICES = 1_000;
    private static final int BATCH = 1_024;
    private static final int UPDATES = 1_024_000;
    private static final int RUNS = 5;
    private static final String TYPE = "bench:part-type";

    private final AssuranceEngine engine = new AssuranceEngine(
            EngineConfig.of("bench"), new Catalogue(types()), InstantSource.system(), System::nanoTime);
    private final List<CollectionItem> items = new ArrayList<>();

    private EngineBenchmark() {}

    public static void main(String[] args) throws GraphFaultsException {
        EngineBenchmark benchmark = new EngineBenchmark();
        benchmark.load();
        if (args.length > 0) {
            benchmark.edits();
            return;
        }
        benchmark.state();
        benchmark.updates("values change, no symptom does", 0);
        benchmark.updates("1 % of the updates start or end a symptom", 0.01);
        benchmark.updates("half of the updates start or end a symptom", 0.5);
        benchmark.floor();
        benchmark.edits();
    }

    private void load() throws GraphFaultsException {
        long start = cpu();
        List<Subservice> parts = new ArrayList<>();
        for (int i = 0; i < SUBSERVICES; i++) {
            parts.add(new Subservice(part(i), Map.of("device", "r" + i % DEVICES, "name", "part" + i), List.of()));
        }
        engine.commit(GraphChange.of(parts, List.of()));
        List<Subservice> services = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            services.add(service(i));
        }
        engine.commit(GraphChange.of(services, List.of()));
        engine.runPending();
        print("load of the graph", (cpu() - start) / 1e6, "ms");
        for (int device = 0; device < DEVICES; device++) {
            items.addAll(engine.collectionPlan("r" + device).items());
        }
        MetricBatch batch = new MetricBatch();
        items.forEach(item -> batch.add(item, 0));
        engine.offer(batch);
        engine.runPending();
    }

    private static Subservice service(int i) {
        Dependency[] on = new Dependency[SUBSERVICES / SERVICES];
        for (int d = 0; d < on.length; d++) {
            on[d] = Dependency.impacting(part(i * on.length + d));
        }
        return new Subservice(
                new SubserviceId(Subservice.SERVICE_INSTANCE_TYPE, "s" + i),
                Map.of("service", "bench", "instance-name", "s" + i),
                List.of(on));
    }

    private void state() {
        print(
                "state per subservice of 4 metrics (services and identity apart)",
                engine.stateBytes() / (SUBSERVICES + SERVICES),
                "B");
    }

    private void updates(String what, double share) {
        List<MetricBatch> batches = batches(share);
        double[] perSecond = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long start = cpu();
            for (MetricBatch batch : batches) {
                engine.offer(batch);
                engine.runPending();
            }
            perSecond[run] = UPDATES / ((cpu() - start) / 1e9);
        }
        Arrays.sort(perSecond);
        print("updates, " + what, perSecond[RUNS / 2] / 1e6, "M/s (best %.1f)".formatted(perSecond[RUNS - 1] / 1e6));
    }

    private List<MetricBatch> batches(double share) {
        Random random = new Random(1);
        boolean[] high = new boolean[items.size()];
        List<MetricBatch> batches = new ArrayList<>();
        for (int done = 0; done < UPDATES; done += BATCH) {
            MetricBatch batch = new MetricBatch();
            for (int i = 0; i < BATCH; i++) {
                int item = random.nextInt(items.size());
                high[item] ^= random.nextDouble() < share;
                batch.add(items.get(item), (high[item] ? 95 : 5) + random.nextDouble());
            }
            batches.add(batch);
        }
        return batches;
    }

    /** The limit: the same random writes to a plain array, and a comparison. */
    private void floor() {
        double[] values = new double[SUBSERVICES * METRICS];
        int[] slots = new Random(1).ints(UPDATES, 0, values.length).toArray();
        double best = 0;
        int above = 0;
        for (int run = 0; run < RUNS; run++) {
            long start = cpu();
            for (int slot : slots) {
                values[slot] += 1;
                above += values[slot] > 90 ? 1 : 0;
            }
            best = Math.max(best, UPDATES / ((cpu() - start) / 1e9));
        }
        print("plain array writes in the same run (" + above + ")", best / 1e6, "M/s");
    }

    private void edits() throws GraphFaultsException {
        int edits = 5_000;
        long start = cpu();
        for (int i = 0; i < edits; i++) {
            Subservice service = service(i % SERVICES);
            engine.commit(GraphChange.remove(service.id()));
            engine.commit(GraphChange.put(service));
            engine.runPending();
        }
        print("remove and add one service of 10 dependencies", (cpu() - start) / 1e3 / edits, "us");
    }

    /** CPU time of this thread: the machine may be busy with other things. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(String name, double value, String unit) {
        System.out.printf("%-70s %10.1f %s%n", name, value, unit);
    }

    private static SubserviceId part(int i) {
        return new SubserviceId(TYPE, "part" + i);
    }

    private static List<SubserviceType> types() {
        List<MetricDefinition> metrics = new ArrayList<>();
        for (int m = 0; m < METRICS; m++) {
            metrics.add(
                    MetricDefinition.required("m" + m, ValueType.NUM, new MetricSource.Device(List.of(leaf("m" + m)))));
        }
        List<SymptomRule> rules = new ArrayList<>();
        Map<String, ValueType> types = SubserviceType.metricTypes(metrics);
        for (int m = 0; m < METRICS; m++) {
            try {
                rules.add(new SymptomRule(
                        "high-" + m,
                        CheckedExpression.of("m" + m + " > 90", types, ValueType.BOOL),
                        null,
                        CheckedExpression.of("30", types, ValueType.NUM),
                        "too high",
                        null));
            } catch (ExpressionException e) {
                throw new IllegalStateException(e);
            }
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
