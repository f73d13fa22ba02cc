package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.Catalogue;
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

    /** The health of a subservice of {@link #graph()}. */
    public Health health(GraphNode node) {
        return HealthCode.decode(healthCode(node));
    }

    /** All symptoms of a subservice of {@link #graph()}, as {@link SubserviceStatus#symptoms}. */
    public List<Symptom> symptoms(GraphNode node) {
        List<Symptom> all = new ArrayList<>();
        if (node.subservice().dependencies().isEmpty()) {
            all.addAll(ownSymptoms(node));
        } else {
            new SymptomSearch(this, node).run(found -> all.add(found.symptom()));
        }
        all.addAll(own(node).ended());
        return all;
    }

    /** Since when symptoms of a subservice of {@link #graph()} are kept. */
    public Instant symptomsHistoryStart(GraphNode node) {
        return Instant.ofEpochMilli(chunk(node).historyStart[node.index() & StateChunk.MASK]);
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
            own(node).ended().forEach(action);
        });
    }

    /** The label of a subservice: its type's, with the parameters filled in; the id where no pack knows the type. */
    public String label(Subservice subservice) {
        return catalogue
                .label(subservice.id().type())
                .map(label -> label.fill(name -> named(subservice, name)))
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
                symptoms(node),
                symptomsHistoryStart(node));
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

    /** The active symptoms that a subservice of {@link #graph()} reports as its own. */
    public List<Symptom> ownSymptoms(GraphNode node) {
        return BatchChanges.reported(own(node), flags(node));
    }

    private OwnSymptoms own(GraphNode node) {
        return chunk(node).symptoms[node.index() & StateChunk.MASK];
    }

    private int flags(GraphNode node) {
        return chunk(node).flags[node.index() & StateChunk.MASK];
    }

    private StateChunk chunk(GraphNode node) {
        return chunks[node.index() >> StateChunk.SHIFT];
    }
}
