package io.auspex.assuranceagent;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.ReportedValue;
import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers the rpc {@code report} of auspex-metrics: values of probes that speak no NETCONF. */
final class MetricReports {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_ERRORS = 20;

    private final AssuranceEngine engine;
    private final SchemaNode output;
    /** The types that have a reported metric, by the metric's name. */
    private final Map<String, List<Reportable>> reportable = new HashMap<>();

    private record Reportable(SubserviceType type, MetricDefinition metric) {}

    MetricReports(ModelContext model, Catalogue catalogue, AssuranceEngine engine) {
        this.engine = engine;
        this.output = model.rpc("auspex-metrics", "report")
                .flatMap(rpc -> rpc.child("output"))
                .orElseThrow(() -> new IllegalArgumentException("the model has no rpc report"));
        for (SubserviceType type : catalogue.types()) {
            for (MetricDefinition metric : type.metrics()) {
                if (metric.source() instanceof MetricSource.Reported) {
                    reportable
                            .computeIfAbsent(metric.name(), _ -> new ArrayList<>())
                            .add(new Reportable(type, metric));
                }
            }
        }
    }

    /**
     * Takes what it can; when it returns, health has followed.
     *
     * @return what was left out; null where nothing was
     * @throws YangException where nothing could be taken
     */
    @Nullable
    InnerNode take(InnerNode input) throws YangException {
        AssuranceGraph graph = engine.graph();
        List<ReportedValue> taken = new ArrayList<>();
        Map<Integer, String> leftOut = new TreeMap<>();
        int position = 0;
        for (InnerNode entry :
                input.list("value").<Iterable<InnerNode>>map(l -> l).orElse(List.of())) {
            position++;
            try {
                taken.addAll(read(graph, entry));
            } catch (YangException e) {
                leftOut.put(position, String.valueOf(e.getMessage()));
            }
        }
        if (taken.isEmpty() && !leftOut.isEmpty()) {
            throw new YangException(leftOut.entrySet().stream()
                    .limit(MOST_ERRORS)
                    .map(e -> YangError.of(Failure.INVALID_VALUE, "value " + e.getKey() + ": " + e.getValue()))
                    .toList());
        }
        if (!taken.isEmpty() && !(engine.report(taken) && engine.settle(PATIENCE))) {
            throw new YangException(
                    Failure.RESOURCE_DENIED,
                    "the agent is too busy to take " + taken.size() + " values; try again later");
        }
        return leftOut.isEmpty()
                ? null
                : NodeBuilder.node(
                        output,
                        o -> leftOut.forEach((at, reason) -> o.entry(
                                "left-out", e -> e.leaf("position", (long) at).leaf("reason", reason))));
    }

    private List<ReportedValue> read(AssuranceGraph graph, InnerNode entry) throws YangException {
        String metric = text(entry, "metric");
        String instance = text(entry, "instance");
        List<Reportable> types = reportable.get(metric);
        if (types == null) {
            throw refused("no type of subservice has a reported metric '" + metric + "'");
        }
        Instant observedAt = observedAt(entry);
        String device = text(entry, "device");
        List<ReportedValue> values = new ArrayList<>();
        boolean narrowed = false;
        for (Reportable r : types) {
            SubserviceId id = new SubserviceId(r.type.identity(), instance);
            GraphNode node = graph.node(id).orElse(null);
            if (node == null) {
                continue;
            }
            boolean isOfDevice =
                    !device.isEmpty() && node.subservice().parameters().containsValue(device);
            if (isOfDevice && !narrowed) {
                narrowed = true;
                values.clear();
            }
            if (isOfDevice || !narrowed) {
                values.add(new ReportedValue(id, metric, r.metric.reported(text(entry, "value")), observedAt));
            }
        }
        if (values.isEmpty()) {
            throw refused("no subservice '" + instance + "' has a reported metric '" + metric + "'");
        }
        return values;
    }

    private static @Nullable Instant observedAt(InnerNode entry) throws YangException {
        String text = text(entry, "observed-at");
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw refused("observed-at is '" + text + "', expected a date and time that exists");
        }
    }

    private static String text(InnerNode entry, String leaf) {
        return entry.value(leaf).map(Object::toString).orElse("");
    }

    private static YangException refused(String why) {
        return new YangException(Failure.INVALID_VALUE, why);
    }
}
