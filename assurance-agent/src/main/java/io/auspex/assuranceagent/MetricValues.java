package io.auspex.assuranceagent;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.MetricReading;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.time.Duration;

/** Answers the action {@code metrics} of auspex-metrics: the values behind the health of a subservice. */
final class MetricValues {
    private final AssuranceSchema schema;
    private final AssuranceEngine engine;
    private final SchemaNode output;

    MetricValues(AssuranceSchema schema, AssuranceEngine engine) {
        this.schema = schema;
        this.engine = engine;
        this.output = schema.output("metrics");
    }

    /** @throws YangException where the target is no subservice that is assured */
    InnerNode answer(DataPath target) throws YangException {
        SubserviceId id = schema.assured(target, engine.graph());
        return NodeBuilder.node(output, o -> engine.readings(id).forEach(r -> o.entry("metric", e -> reading(e, r))));
    }

    private static void reading(NodeBuilder entry, MetricReading reading) {
        entry.leaf("name", reading.definition().name());
        switch (reading.value()) {
            case Value.Absent(var why) -> entry.leaf("missing", why);
            case Value.Text(var text) -> entry.leaf("value", text);
            case Value.Num _, Value.Bool _ ->
                entry.leaf("value", reading.value().toString());
        }
        String unit = reading.definition().unit();
        if (unit != null) {
            entry.leaf("unit", unit);
        }
        Duration age = reading.age();
        if (age != null) {
            entry.leaf("age", age.toSeconds());
        }
        entry.leaf("stale", reading.stale());
        if (reading.implementation() != null) {
            entry.leaf("module", reading.implementation().name());
        }
    }
}
