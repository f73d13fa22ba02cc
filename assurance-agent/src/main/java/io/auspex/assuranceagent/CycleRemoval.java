package io.auspex.assuranceagent;

import io.auspex.assuranceengine.graph.Condensation;
import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.DependencyType;
import io.auspex.assuranceengine.graph.Impact;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers the rpc {@code remove-cycles} of auspex-assurance (RFC 9417 §3.1.1). */
final class CycleRemoval {
    private static final String SYNTHETIC = "auspex-assurance:synthetic-type";
    /** Members that the name of a synthetic subservice shows. */
    private static final int SHOWN = 4;

    private final AssuranceSchema schema;
    private final SchemaNode output;

    CycleRemoval(AssuranceSchema schema) {
        this.schema = schema;
        this.output = schema.rpcOutput("remove-cycles");
    }

    InnerNode answer(InnerNode input) {
        Map<SubserviceId, List<Dependency>> edges = new LinkedHashMap<>();
        for (InnerNode subservice : entries(input, "subservice")) {
            List<Dependency> dependencies = new ArrayList<>();
            for (InnerNode dependency : entries(subservice, "dependency")) {
                String type = dependency
                        .value("dependency-type")
                        .map(Object::toString)
                        .orElse(DependencyType.IMPACTING.identity());
                dependencies.add(
                        new Dependency(SubserviceReader.id(dependency), new DependencyType(type, new Impact.Full())));
            }
            edges.put(SubserviceReader.id(subservice), dependencies);
        }
        Map<SubserviceId, List<Dependency>> acyclic = Condensation.of(edges, CycleRemoval::synthetic);
        return NodeBuilder.node(
                output,
                o -> acyclic.forEach((id, dependencies) -> o.entry("subservice", s -> {
                    key(s, id);
                    dependencies.forEach(d -> s.entry(
                            "dependency",
                            e -> key(e, d.on())
                                    .leaf(
                                            "dependency-type",
                                            schema.identity(d.type().identity()))));
                })));
    }

    private NodeBuilder key(NodeBuilder node, SubserviceId id) {
        return node.leaf("type", schema.identity(id.type())).leaf("id", id.id());
    }

    private static SubserviceId synthetic(Collection<SubserviceId> members) {
        String more = members.size() > SHOWN ? ",+" + (members.size() - SHOWN) : "";
        return new SubserviceId(
                SYNTHETIC,
                members.stream()
                        .limit(SHOWN)
                        .map(SubserviceId::id)
                        .collect(Collectors.joining(",", "synthetic/", more)));
    }

    private static Iterable<InnerNode> entries(InnerNode node, String list) {
        return node.list(list).<Iterable<InnerNode>>map(l -> l).orElse(List.of());
    }
}
