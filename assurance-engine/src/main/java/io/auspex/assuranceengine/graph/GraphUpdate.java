package io.auspex.assuranceengine.graph;

import java.util.Set;

/**
 * A graph, the one that it replaces, and where they differ.
 *
 * @param changed subservices that were added, removed, or configured anew
 * @param reranked further subservices whose rank alone changed
 */
public record GraphUpdate(
        AssuranceGraph before, AssuranceGraph after, Set<SubserviceId> changed, Set<SubserviceId> reranked) {
    public GraphUpdate {
        changed = Set.copyOf(changed);
        reranked = Set.copyOf(reranked);
    }
}
