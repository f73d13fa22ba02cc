package io.auspex.assuranceagent;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.ServiceImpact;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Answers the action {@code impact} of auspex-assurance: the instances of services that suffer from a subservice, ranked. */
final class ServiceImpacts {
    private final AssuranceSchema schema;
    private final AssuranceEngine engine;
    private final Supplier<? extends InnerNode> running;
    private final SchemaNode output;

    /** @param running where the number of customers stands */
    ServiceImpacts(AssuranceSchema schema, AssuranceEngine engine, Supplier<? extends InnerNode> running) {
        this.schema = schema;
        this.engine = engine;
        this.running = running;
        this.output = schema.output("impact");
    }

    private record Ranked(ServiceImpact impact, long customers) {}

    /** @throws YangException where the target is no subservice that is assured */
    InnerNode answer(DataPath target) throws YangException {
        SubserviceId id = schema.assured(target, engine.graph());
        InnerNode configuration = running.get();
        List<Ranked> ranked = engine.snapshot().impact(id).stream()
                .map(i -> new Ranked(i, customers(configuration, i.service().id())))
                .sorted(Comparator.comparingInt((Ranked r) -> -r.impact.weight())
                        .thenComparingInt(r -> -r.impact.atStake())
                        .thenComparingLong(r -> -r.customers)
                        .thenComparing(r -> r.impact.service().id()))
                .toList();
        return NodeBuilder.node(output, o -> ranked.forEach(r -> o.entry("service", e -> service(e, r))));
    }

    private static void service(NodeBuilder entry, Ranked ranked) {
        ServiceImpact impact = ranked.impact;
        var parameters = impact.service().parameters();
        entry.leaf("service", parameters.getOrDefault("service", ""))
                .leaf("instance", parameters.getOrDefault("instance-name", ""))
                .leaf("id", impact.service().id().id())
                .leaf("score", (long) impact.health().wireValue())
                .leaf("weight", (long) impact.weight())
                .leaf("at-stake", (long) impact.atStake());
        if (ranked.customers > 0) {
            entry.leaf("customers", ranked.customers);
        }
    }

    private long customers(InnerNode configuration, SubserviceId id) {
        return configuration.child(schema.subservices.container) instanceof InnerNode container
                        && container.child(schema.subservices.list) instanceof ListNode list
                        && list.entry(schema.key(id)) instanceof InnerNode entry
                ? entry.value("customers").map(c -> (Long) c).orElse(0L)
                : 0;
    }
}
