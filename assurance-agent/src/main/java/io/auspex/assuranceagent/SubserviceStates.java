package io.auspex.assuranceagent;

import static io.auspex.assuranceagent.tree.SchemaNodes.child;

import io.auspex.assuranceagent.tree.StateBeside;
import io.auspex.assuranceagent.tree.StateNode;
import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.Symptom;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DateAndTime;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of the subservices of running (RFC 9418 §3.3). A subservice that was committed a moment ago and is not in the
 * snapshot yet has the score −1 and the symptom {@link Glossary#PENDING}.
 */
final class SubserviceStates {
    private final AssuranceSchema.Subservices schema;
    private final EngineSnapshot snapshot;
    private final AssuranceGraph graph;
    private final String agentId;

    SubserviceStates(AssuranceSchema schema, EngineSnapshot snapshot, AssuranceGraph graph, String agentId) {
        this.schema = schema.subservices;
        this.snapshot = snapshot;
        this.graph = graph;
        this.agentId = agentId;
    }

    /** @return null where running has no subservices */
    @Nullable
    InnerNode all(InnerNode running) {
        if (!(running.child(schema.container) instanceof InnerNode container)
                || !(container.child(schema.list) instanceof ListNode configured)) {
            return null;
        }
        return StateNode.of(schema.container, new StateBeside(configured, this::entry));
    }

    private InnerNode entry(ListKey key) {
        return StateNode.entry(schema.list, key, schema.state, new Entry(key)::part);
    }

    /** One subservice. */
    private final class Entry {
        /** As the engine has computed it; null where it has not yet. */
        private final @Nullable GraphNode computed;

        /** As it is configured; null where it is not in the graph. */
        private final @Nullable GraphNode node;

        Entry(ListKey key) {
            SubserviceId id = AssuranceSchema.id(key);
            computed = snapshot.graph().node(id).orElse(null);
            node = snapshot.graph() == graph ? computed : graph.node(id).orElse(computed);
        }

        @Nullable
        DataNode part(SchemaNode part) {
            return node == null ? null : part(part, node);
        }

        private @Nullable DataNode part(SchemaNode part, GraphNode at) {
            if (part == schema.lastChange) {
                return new LeafNode(part, DateAndTime.of(at.lastChange()));
            }
            if (part == schema.underMaintenance) {
                String contact = at.subservice().maintenanceContact();
                return contact == null ? null : StateNode.of(part, new LeafNode(child(part, "contact"), contact));
            }
            if (part == schema.label) {
                return new LeafNode(part, snapshot.label(at.subservice()));
            }
            if (part == schema.healthScore) {
                return new LeafNode(part, (long)
                        (computed == null ? -1 : snapshot.health(computed).wireValue()));
            }
            if (part == schema.historyStart) {
                Instant start = computed == null ? at.lastChange() : snapshot.symptomsHistoryStart(computed);
                return new LeafNode(part, DateAndTime.of(start));
            }
            if (part == schema.symptoms) {
                return symptoms(
                        computed == null ? List.of(pending(at)) : entries(distinct(snapshot.symptoms(computed))));
            }
            return null;
        }
    }

    private @Nullable InnerNode symptoms(List<InnerNode> entries) {
        return entries.isEmpty() ? null : StateNode.of(schema.symptoms, TreeList.of(schema.symptom, entries));
    }

    /** A symptom of a dependency may reach its dependant again, ended, in no second entry: agent and id are unique. */
    private static Collection<Symptom> distinct(List<Symptom> symptoms) {
        if (symptoms.size() < 2) {
            return symptoms;
        }
        Map<List<String>, Symptom> first = LinkedHashMap.newLinkedHashMap(symptoms.size());
        symptoms.forEach(symptom -> first.putIfAbsent(List.of(symptom.agentId(), symptom.id()), symptom));
        return first.values();
    }

    private List<InnerNode> entries(Collection<Symptom> symptoms) {
        List<InnerNode> entries = new ArrayList<>(symptoms.size());
        for (Symptom symptom : symptoms) {
            entries.add(entry(symptom.start(), symptom.agentId(), symptom.id(), symptom.weight(), symptom.stop()));
        }
        return entries;
    }

    private InnerNode pending(GraphNode node) {
        return entry(node.lastChange(), agentId, Glossary.PENDING, 100, null);
    }

    private InnerNode entry(Instant start, String agent, String symptom, int weight, @Nullable Instant stop) {
        List<DataNode> leaves = new ArrayList<>(5);
        leaves.add(new LeafNode(schema.symptomStart, DateAndTime.of(start)));
        leaves.add(new LeafNode(schema.symptomAgent, agent));
        leaves.add(new LeafNode(schema.symptomId, symptom));
        leaves.add(new LeafNode(schema.symptomWeight, (long) weight));
        if (stop != null) {
            leaves.add(new LeafNode(schema.symptomStop, DateAndTime.of(stop)));
        }
        return TreeNode.ofDistinct(schema.symptom, leaves);
    }
}
