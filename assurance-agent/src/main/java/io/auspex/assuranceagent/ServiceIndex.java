package io.auspex.assuranceagent;

import io.auspex.assuranceagent.tree.StateList;
import io.auspex.assuranceagent.tree.StateNode;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which subservices each service instance rests on, itself included (RFC 9418 §3.2, {@code assured-services}). */
final class ServiceIndex {
    private final AssuranceSchema all;
    private final AssuranceSchema.AssuredServices schema;
    private final AssuranceGraph graph;

    ServiceIndex(AssuranceSchema schema, AssuranceGraph graph) {
        this.all = schema;
        this.schema = schema.assuredServices;
        this.graph = graph;
    }

    /** @return null where no service instance is assured */
    @Nullable
    InnerNode all() {
        if (graph.services().isEmpty()) {
            return null;
        }
        StateList services = StateList.of(
                schema.list,
                key -> graph.instances((String) key.value(0)).isEmpty() ? null : service((String) key.value(0)),
                () -> graph.services().stream(),
                this::service);
        return StateNode.of(schema.container, services);
    }

    private InnerNode service(String service) {
        StateList instances = StateList.of(
                schema.instances,
                key -> graph.instance(service, (String) key.value(0))
                        .map(id -> instance((String) key.value(0), id))
                        .orElse(null),
                () -> graph.instances(service).entrySet().stream(),
                entry -> instance(entry.getKey(), entry.getValue()));
        return keyed(schema.list, service, instances);
    }

    private InnerNode instance(String name, SubserviceId id) {
        StateList subservices = StateList.of(
                schema.subservices,
                key -> graph.descendants(id).stream()
                        .map(GraphNode::id)
                        .filter(AssuranceSchema.id(key)::equals)
                        .findFirst()
                        .map(this::reference)
                        .orElse(null),
                () -> graph.descendants(id).stream().map(GraphNode::id).sorted(),
                this::reference);
        return keyed(schema.instances, name, subservices);
    }

    private static InnerNode keyed(SchemaNode list, String key, DataNode content) {
        return StateNode.entry(list, ListKey.of(key), List.of(list.keys().getFirst(), content.schema()), _ -> content);
    }

    private InnerNode reference(SubserviceId id) {
        return StateNode.entry(schema.subservices, all.key(id), schema.subservices.keys(), _ -> null);
    }
}
