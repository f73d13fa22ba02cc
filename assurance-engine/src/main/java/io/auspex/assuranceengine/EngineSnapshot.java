package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.PathTemplate;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The graph and its health after some batch: immutable, for any number of readers. */
public final class EngineSnapshot {
    private final AssuranceGraph graph;
    private final StateChunk[] chunks;
    private final Catalogue catalogue;
    private final Instant at;

    EngineSnapshot(AssuranceGraph graph, StateChunk[] chunks, Catalogue catalogue, Instant at) {
        this.graph = graph;
        this.chunks = chunks;
        this.catalogue = catalogue;
        this.at = at;
    }

    EngineSnapshot next(AssuranceGraph newGraph, StateChunk[] newChunks, Instant now) {
        return new EngineSnapshot(newGraph, newChunks, catalogue, now);
    }

    public AssuranceGraph graph() {
        return graph;
    }

    /** When the batch was worked off. */
    public Instant at() {
        return at;
    }

    public Optional<Health> health(SubserviceId id) {
        return graph.node(id).map(this::health);
    }

    /** The subservice with its state, or empty where there is none of this key. */
    public Optional<SubserviceStatus> status(SubserviceId id) {
        return graph.node(id).map(this::status);
    }

    /** All symptoms of a subservice, as {@link SubserviceStatus#symptoms}; empty where there is none of this key. */
    public List<Symptom> symptoms(SubserviceId id) {
        return graph.node(id).map(this::allSymptoms).orElse(List.of());
    }

    /** Since when symptoms of a subservice are kept; empty where there is none of this key. */
    public Optional<Instant> symptomsHistoryStart(SubserviceId id) {
        return graph.node(id).map(this::historyStart);
    }

    /** Which instances of services suffer when the subservice does; empty where there is no such subservice. */
    public List<ServiceImpact> impact(SubserviceId id) {
        return graph.node(id).map(new ImpactSearch(this)::run).orElse(List.of());
    }

    /** Calls the action for every subservice with its state, one at a time, in no particular order. */
    public void forEach(Consumer<? super SubserviceStatus> action) {
        graph.forEach(node -> action.accept(status(node)));
    }

    /** Calls the action for every symptom that a subservice reports as its own, active or ended: the agent's glossary (RFC 9418 §3.2). */
    public void forEachSymptom(Consumer<? super Symptom> action) {
        graph.forEach(node -> {
            ownSymptoms(node).forEach(action);
            symptoms(node).ended().forEach(action);
        });
    }

    /** The label of a subservice: its type's, with the parameters filled in; the id where no pack knows the type. */
    public String label(Subservice subservice) {
        return catalogue
                .type(subservice.id().type())
                .map(type -> PathTemplate.fill(type.label(), name -> named(subservice, name)))
                .orElseGet(() -> subservice.id().id());
    }

    private static @Nullable String named(Subservice subservice, String name) {
        String value = subservice.parameters().get(name);
        return value == null && name.equals("id") ? subservice.id().id() : value;
    }

    SubserviceStatus status(GraphNode node) {
        return new SubserviceStatus(
                node.subservice(),
                label(node.subservice()),
                node.lastChange(),
                health(node),
                allSymptoms(node),
                historyStart(node));
    }

    private List<Symptom> allSymptoms(GraphNode node) {
        List<Symptom> all = new ArrayList<>();
        new SymptomSearch(this, node).run(found -> all.add(found.symptom()));
        all.addAll(symptoms(node).ended());
        return all;
    }

    private Instant historyStart(GraphNode node) {
        return Instant.ofEpochMilli(chunk(node).historyStart[node.index() & StateChunk.MASK]);
    }

    Health health(GraphNode node) {
        return HealthCode.decode(healthCode(node));
    }

    byte healthCode(GraphNode node) {
        return healthCode(node.index());
    }

    byte healthCode(int index) {
        return chunks[index >> StateChunk.SHIFT].health[index & StateChunk.MASK];
    }

    /** Whether maintenance of this subservice, or of one that impacts it in full, is all that it reports. */
    boolean isInhibited(GraphNode node) {
        return flags(node) != 0;
    }

    boolean isFlagged(GraphNode node) {
        return (flags(node) & StateChunk.FLAGGED) != 0;
    }

    /** The active symptoms that the subservice reports as its own. */
    List<Symptom> ownSymptoms(GraphNode node) {
        return BatchChanges.reported(symptoms(node), flags(node));
    }

    private OwnSymptoms symptoms(GraphNode node) {
        return chunk(node).symptoms[node.index() & StateChunk.MASK];
    }

    private int flags(GraphNode node) {
        return chunk(node).flags[node.index() & StateChunk.MASK];
    }

    private StateChunk chunk(GraphNode node) {
        return chunks[node.index() >> StateChunk.SHIFT];
    }
}
