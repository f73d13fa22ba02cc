package io.auspex.assuranceengine.graph;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All subservices and their dependencies as one acyclic graph (RFC 9417 §3.1), immutable: a change gives a new version
 * that shares what did not change, at a cost that grows with the change and not with the graph.
 */
public final class AssuranceGraph {
    private static final AssuranceGraph EMPTY = new AssuranceGraph(
            0, Instant.EPOCH, PersistentMap.empty(), PersistentMap.empty(), PersistentMap.empty(), 0, null);

    private final long version;
    private final Instant lastChange;
    final PersistentMap<SubserviceId, GraphNode> nodes;
    final PersistentMap<Identity, SubserviceId> identities;
    final PersistentMap<String, PersistentMap<String, SubserviceId>> services;
    final int indexBound;
    final @Nullable FreeIndex freeIndexes;

    /** Indexes that removed subservices had. */
    record FreeIndex(int index, @Nullable FreeIndex next) {}

    AssuranceGraph(
            long version,
            Instant lastChange,
            PersistentMap<SubserviceId, GraphNode> nodes,
            PersistentMap<Identity, SubserviceId> identities,
            PersistentMap<String, PersistentMap<String, SubserviceId>> services,
            int indexBound,
            @Nullable FreeIndex freeIndexes) {
        this.version = version;
        this.lastChange = lastChange;
        this.nodes = nodes;
        this.identities = identities;
        this.services = services;
        this.indexBound = indexBound;
        this.freeIndexes = freeIndexes;
    }

    public static AssuranceGraph empty() {
        return EMPTY;
    }

    /** How many changes led to this graph. */
    public long version() {
        return version;
    }

    /** {@code assurance-graph-last-change}: never before that of any subservice (RFC 9418 §3.2). */
    public Instant lastChange() {
        return lastChange;
    }

    public int size() {
        return nodes.size();
    }

    /** Above the index of every subservice. */
    public int indexBound() {
        return indexBound;
    }

    public Optional<GraphNode> node(SubserviceId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /** Calls the action for every subservice, in no particular order. */
    public void forEach(Consumer<? super GraphNode> action) {
        nodes.forEach((id, node) -> action.accept(node));
    }

    /** What is wrong with a change; empty where {@link #with} would accept it. */
    public List<GraphFault> check(GraphChange change) {
        return new GraphEdit(this, change, lastChange).faults();
    }

    /**
     * The graph after a change.
     *
     * @param now becomes the last change of the subservices concerned, unless the clock has stepped back
     * @throws GraphFaultsException where dependencies form a cycle or lead nowhere, or two subservices are one
     */
    public GraphUpdate with(GraphChange change, Instant now) throws GraphFaultsException {
        GraphEdit edit = new GraphEdit(this, change, now.isBefore(lastChange) ? lastChange : now);
        if (!edit.faults().isEmpty()) {
            throw new GraphFaultsException(edit.faults());
        }
        return edit.update();
    }

    /** The services of which instances are assured, in alphabetical order. */
    public Set<String> services() {
        Set<String> names = new TreeSet<>();
        services.forEach((name, instances) -> names.add(name));
        return names;
    }

    /** The instances of a service by name, in alphabetical order. */
    public Map<String, SubserviceId> instances(String service) {
        Map<String, SubserviceId> ids = new TreeMap<>();
        PersistentMap<String, SubserviceId> instances = services.get(service);
        if (instances != null) {
            instances.forEach(ids::put);
        }
        return ids;
    }

    /** The subservice that stands for an instance of a service. */
    public Optional<SubserviceId> instance(String service, String instance) {
        PersistentMap<String, SubserviceId> instances = services.get(service);
        return instances == null ? Optional.empty() : Optional.ofNullable(instances.get(instance));
    }

    /** A subservice and everything that it depends on, directly or not: the graph of a service instance (RFC 9418 §3.1). */
    public List<GraphNode> descendants(SubserviceId id) {
        List<GraphNode> found = new ArrayList<>();
        Set<SubserviceId> seen = new HashSet<>(Set.of(id));
        Deque<SubserviceId> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            GraphNode node = nodes.get(open.remove());
            if (node != null) {
                found.add(node);
                for (Dependency dependency : node.subservice().dependencies()) {
                    if (seen.add(dependency.on())) {
                        open.add(dependency.on());
                    }
                }
            }
        }
        return found;
    }

    /** Those that depend on a subservice, directly or not, without itself. */
    public List<GraphNode> ancestors(SubserviceId id) {
        List<GraphNode> found = new ArrayList<>();
        Set<SubserviceId> seen = new HashSet<>(Set.of(id));
        Deque<SubserviceId> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            GraphNode node = nodes.get(open.remove());
            if (node != null) {
                node.dependents().forEach((dependent, type) -> {
                    GraphNode above = nodes.get(dependent);
                    if (above != null && seen.add(dependent)) {
                        found.add(above);
                        open.add(dependent);
                    }
                });
            }
        }
        return found;
    }
}
