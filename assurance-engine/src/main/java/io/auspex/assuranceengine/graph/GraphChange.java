package io.auspex.assuranceengine.graph;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one transaction does to the subservices.
 *
 * @param put new and changed subservices, whole, by id
 * @param removed those that go; one that is also in {@code put} stays
 */
public record GraphChange(Map<SubserviceId, Subservice> put, Set<SubserviceId> removed) {
    public GraphChange {
        put = new LinkedHashMap<>(put);
        removed = new LinkedHashSet<>(removed);
        removed.removeAll(put.keySet());
    }

    /** A change from its parts. */
    public static GraphChange of(Collection<Subservice> put, Collection<SubserviceId> removed) {
        return new GraphChange(
                put.stream()
                        .collect(Collectors.toMap(
                                Subservice::id, Function.identity(), (first, second) -> second, LinkedHashMap::new)),
                new LinkedHashSet<>(removed));
    }

    public static GraphChange put(Subservice... put) {
        return of(List.of(put), Set.of());
    }

    public static GraphChange remove(SubserviceId... removed) {
        return of(Set.of(), List.of(removed));
    }
}
