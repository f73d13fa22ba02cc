package io.auspex.assuranceagent;

import static io.auspex.assuranceagent.tree.SchemaNodes.child;

import io.auspex.assuranceagent.tree.StateList;
import io.auspex.assuranceagent.tree.StateNode;
import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.Health;
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
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
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
        StateList list = new StateList(
                schema.list,
                key -> configured.entry(key) == null ? null : entry(key),
                () -> StreamSupport.stream(configured.spliterator(), false)
                        .map(e -> entry(java.util.Objects.requireNonNull(e.key())))
                        .iterator());
        return StateNode.of(schema.container, list);
    }

    private InnerNode entry(ListKey key) {
        return new StateNode(schema.list, schema.state, new Entry(key)::part);
    }

    /** One subservice. */
    private final class Entry {
        private final ListKey key;
        private final Optional<GraphNode> node;
        private final boolean computed;

        Entry(ListKey key) {
            this.key = key;
            SubserviceId id = AssuranceSchema.id(key);
            Optional<GraphNode> known = snapshot.graph().node(id);
            this.computed = known.isPresent();
            this.node = snapshot.graph() == graph ? known : graph.node(id).or(() -> known);
        }

        @Nullable
        DataNode part(SchemaNode part) {
            if (part.isKey()) {
                return new LeafNode(part, key.value(part == schema.type ? 0 : 1));
            }
            return node.isEmpty() ? null : part(part, node.get());
        }

        private @Nullable DataNode part(SchemaNode part, GraphNode at) {
            if (part == schema.lastChange) {
                return new LeafNode(part, at.lastChange().toString());
            }
            if (part == schema.underMaintenance) {
                String contact = at.subservice().maintenanceContact();
                return contact == null ? null : StateNode.of(part, new LeafNode(child(part, "contact"), contact));
            }
            if (part == schema.label) {
                return new LeafNode(part, snapshot.label(at.subservice()));
            }
            if (part == schema.healthScore) {
                int score = snapshot.health(at.id()).map(Health::wireValue).orElse(-1);
                return new LeafNode(part, (long) score);
            }
            if (part == schema.historyStart) {
                Instant start =
                        computed ? snapshot.symptomsHistoryStart(at.id()).orElseThrow() : at.lastChange();
                return new LeafNode(part, start.toString());
            }
            if (part == schema.symptoms) {
                return computed
                        ? symptoms(snapshot.symptoms(at.id()))
                        : StateNode.of(part, TreeList.of(schema.symptom, List.of(pending(at))));
            }
            return null;
        }
    }

    private @Nullable InnerNode symptoms(List<Symptom> symptoms) {
        List<InnerNode> entries = new ArrayList<>(symptoms.size());
        Set<String> seen = new HashSet<>();
        for (Symptom symptom : symptoms) {
            // A symptom of a dependency may reach its dependant again, ended, in no second entry: the pair is unique.
            if (seen.add(symptom.agentId() + " " + symptom.id())) {
                entries.add(entry(symptom.start(), symptom.agentId(), symptom.id(), symptom.weight(), symptom.stop()));
            }
        }
        return entries.isEmpty() ? null : StateNode.of(schema.symptoms, TreeList.of(schema.symptom, entries));
    }

    private InnerNode pending(GraphNode node) {
        return entry(node.lastChange(), agentId, Glossary.PENDING, 100, null);
    }

    private InnerNode entry(Instant start, String agent, String symptom, int weight, @Nullable Instant stop) {
        List<DataNode> leaves = new ArrayList<>(5);
        leaves.add(new LeafNode(schema.symptomStart, start.toString()));
        leaves.add(new LeafNode(schema.symptomAgent, agent));
        leaves.add(new LeafNode(schema.symptomId, symptom));
        leaves.add(new LeafNode(schema.symptomWeight, (long) weight));
        if (stop != null) {
            leaves.add(new LeafNode(schema.symptomStop, stop.toString()));
        }
        return TreeNode.of(schema.symptom, leaves);
    }
}
