package io.auspex.assuranceagent;

import io.auspex.assuranceagent.tree.StateList;
import io.auspex.assuranceagent.tree.StateNode;
import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.EngineSymptom;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.schema.ListKey;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** This agent with the description of every symptom that a subservice refers to (RFC 9418 §3.2, {@code agents}). */
final class Glossary {
    /** The symptom of a subservice that the engine has not come to yet. */
    static final String PENDING = "not-yet-computed";

    private final AssuranceSchema.Agents schema;
    private final EngineSnapshot snapshot;
    private final String agentId;
    private @Nullable NavigableMap<String, String> descriptions;

    Glossary(AssuranceSchema.Agents schema, EngineSnapshot snapshot, String agentId) {
        this.schema = schema;
        this.snapshot = snapshot;
        this.agentId = agentId;
    }

    InnerNode all() {
        StateList agents = new StateList(
                schema.list,
                key -> key.value(0).equals(agentId) ? agent() : null,
                () -> List.of(agent()).iterator());
        return StateNode.of(schema.container, agents);
    }

    private InnerNode agent() {
        StateList symptoms = StateList.of(
                schema.symptoms,
                this::symptom,
                () -> descriptions().entrySet().stream(),
                entry -> symptom(entry.getKey(), entry.getValue()));
        return StateNode.entry(
                schema.list,
                ListKey.of(agentId),
                List.of(schema.list.keys().getFirst(), schema.symptoms),
                _ -> symptoms);
    }

    private @Nullable InnerNode symptom(ListKey key) {
        String id = (String) key.value(0);
        String description = descriptions().get(id);
        return description == null ? null : symptom(id, description);
    }

    private InnerNode symptom(String id, String description) {
        return StateNode.entry(
                schema.symptoms, ListKey.of(id), schema.symptoms.children(), part -> new LeafNode(part, description));
    }

    /** Symptoms are found through their subservices, so a first question goes through all of those. */
    private NavigableMap<String, String> descriptions() {
        NavigableMap<String, String> known = descriptions;
        if (known == null) {
            NavigableMap<String, String> found = new TreeMap<>();
            found.put(PENDING, EngineSymptom.NOT_YET_COMPUTED.description());
            snapshot.forEachSymptom(symptom -> found.put(symptom.id(), symptom.description()));
            descriptions = found;
            known = found;
        }
        return known;
    }
}
