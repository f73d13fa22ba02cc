package io.auspex.assuranceengine.graph;

import java.time.Instant;

/**
 * A subservice in its place in the graph.
 *
 * @param index a small number that no other subservice of the graph has; given again once the subservice is gone
 * @param rank above that of everything the subservice depends on
 * @param lastChange when configuration of this subservice last changed (RFC 9418 §3.2)
 * @param dependents those that depend on it, and how
 */
public record GraphNode(
        Subservice subservice,
        int index,
        int rank,
        Instant lastChange,
        PersistentMap<SubserviceId, DependencyType> dependents) {

    public SubserviceId id() {
        return subservice.id();
    }

    GraphNode withRank(int newRank) {
        return new GraphNode(subservice, index, newRank, lastChange, dependents);
    }

    GraphNode withDependent(SubserviceId dependent, DependencyType type) {
        return new GraphNode(subservice, index, rank, lastChange, dependents.with(dependent, type));
    }

    GraphNode withoutDependent(SubserviceId dependent) {
        return new GraphNode(subservice, index, rank, lastChange, dependents.without(dependent));
    }
}
