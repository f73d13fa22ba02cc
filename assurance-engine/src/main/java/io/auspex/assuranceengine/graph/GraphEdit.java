package io.auspex.assuranceengine.graph;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change being tried on a graph. Old edges of the changed subservices are taken out, the subservices are put, then their
 * edges are added one subservice at a time, those first that others of the change depend on. A subservice whose rank does
 * not stay below a dependant's raises that; if the raise comes back to where it started, there is a cycle.
 */
final class GraphEdit {
    private final AssuranceGraph before;
    private final Instant now;
    private final Map<SubserviceId, Subservice> put = new LinkedHashMap<>();
    private final Set<SubserviceId> removed = new HashSet<>();
    private final Set<SubserviceId> reranked = new HashSet<>();
    private final List<GraphFault> faults = new ArrayList<>();
    private PersistentMap<SubserviceId, GraphNode> nodes;
    private PersistentMap<Identity, SubserviceId> identities;
    private PersistentMap<String, PersistentMap<String, SubserviceId>> services;
    private int indexBound;
    private AssuranceGraph.@Nullable FreeIndex freeIndexes;

    GraphEdit(AssuranceGraph before, GraphChange change, Instant now) {
        this.before = before;
        this.now = now;
        this.nodes = before.nodes;
        this.identities = before.identities;
        this.services = before.services;
        this.indexBound = before.indexBound;
        this.freeIndexes = before.freeIndexes;
        change.put().forEach((id, subservice) -> {
            GraphNode old = nodes.get(id);
            if (old == null || !old.subservice().equals(subservice)) {
                put.put(id, subservice);
            }
        });
        change.removed().stream().filter(nodes::containsKey).forEach(removed::add);
        removeOld();
        putNew();
        checkDependencies();
        if (faults.isEmpty()) {
            addEdges();
        }
    }

    List<GraphFault> faults() {
        return faults;
    }

    GraphUpdate update() {
        if (put.isEmpty() && removed.isEmpty()) {
            return new GraphUpdate(before, before, Set.of(), Set.of());
        }
        AssuranceGraph after =
                new AssuranceGraph(before.version() + 1, now, nodes, identities, services, indexBound, freeIndexes);
        Set<SubserviceId> changed = new HashSet<>(put.keySet());
        changed.addAll(removed);
        reranked.removeAll(changed);
        return new GraphUpdate(before, after, changed, reranked);
    }

    private GraphNode node(SubserviceId id) {
        GraphNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException(id + " was checked to exist");
        }
        return node;
    }

    private void removeOld() {
        for (SubserviceId id : removed) {
            forget(node(id).subservice());
        }
        for (SubserviceId id : put.keySet()) {
            GraphNode old = nodes.get(id);
            if (old != null) {
                forget(old.subservice());
            }
        }
    }

    private void forget(Subservice old) {
        for (Dependency dependency : old.dependencies()) {
            GraphNode on = node(dependency.on());
            nodes = nodes.with(on.id(), on.withoutDependent(old.id()));
        }
        identities = identities.without(Identity.of(old));
        String service = serviceOf(old);
        PersistentMap<String, SubserviceId> instances = service == null ? null : services.get(service);
        if (service != null && instances != null) {
            PersistentMap<String, SubserviceId> fewer = instances.without(instanceOf(old));
            services = fewer.isEmpty() ? services.without(service) : services.with(service, fewer);
        }
    }

    private void putNew() {
        for (Subservice subservice : put.values()) {
            SubserviceId id = subservice.id();
            GraphNode old = nodes.get(id);
            nodes = nodes.with(
                    id,
                    old == null
                            ? new GraphNode(subservice, takeIndex(), 0, now, PersistentMap.empty())
                            : new GraphNode(subservice, old.index(), old.rank(), now, old.dependents()));
            Identity identity = Identity.of(subservice);
            SubserviceId first = identities.get(identity);
            if (first != null) {
                faults.add(new GraphFault.Duplicate(id, first, subservice.parameters()));
            } else {
                identities = identities.with(identity, id);
            }
            String service = serviceOf(subservice);
            if (service != null) {
                PersistentMap<String, SubserviceId> instances = services.get(service);
                services = services.with(
                        service,
                        (instances == null ? PersistentMap.<String, SubserviceId>empty() : instances)
                                .with(instanceOf(subservice), id));
            }
        }
    }

    private int takeIndex() {
        AssuranceGraph.FreeIndex free = freeIndexes;
        if (free == null) {
            return indexBound++;
        }
        freeIndexes = free.next();
        return free.index();
    }

    private void checkDependencies() {
        for (Subservice subservice : put.values()) {
            for (Dependency dependency : subservice.dependencies()) {
                if (!nodes.containsKey(dependency.on()) || removed.contains(dependency.on())) {
                    faults.add(new GraphFault.UnknownDependency(subservice.id(), dependency.on()));
                }
            }
        }
        for (SubserviceId id : removed) {
            GraphNode gone = node(id);
            // Its edges to changed and removed subservices were taken out, so whoever is left still depends on it.
            gone.dependents().forEach((dependent, type) -> faults.add(new GraphFault.UnknownDependency(dependent, id)));
            nodes = nodes.without(id);
            freeIndexes = new AssuranceGraph.FreeIndex(gone.index(), freeIndexes);
        }
    }

    private void addEdges() {
        for (SubserviceId id : dependenciesFirst()) {
            GraphNode node = node(id);
            int rank = 0;
            for (Dependency dependency : node.subservice().dependencies()) {
                GraphNode on = node(dependency.on());
                rank = Math.max(rank, on.rank() + 1);
                nodes = nodes.with(on.id(), on.withDependent(id, dependency.type()));
            }
            int old = node.rank();
            // Read again: a subservice may be its own dependency.
            nodes = nodes.with(id, node(id).withRank(rank));
            if (rank > old && !raiseDependents(id, old)) {
                return;
            }
        }
    }

    /** The changed subservices so that each comes after those of them that it depends on; a cycle among them is a fault. */
    private List<SubserviceId> dependenciesFirst() {
        List<SubserviceId> order = new ArrayList<>(put.size());
        Map<SubserviceId, Integer> progress = new HashMap<>();
        Deque<SubserviceId> path = new ArrayDeque<>();
        for (SubserviceId start : put.keySet()) {
            if (!progress.containsKey(start)) {
                path.push(start);
                progress.put(start, 0);
            }
            while (!path.isEmpty()) {
                SubserviceId id = path.element();
                List<Dependency> dependencies = node(id).subservice().dependencies();
                int next = progress.getOrDefault(id, 0);
                if (next == dependencies.size()) {
                    progress.put(id, Integer.MAX_VALUE);
                    order.add(path.pop());
                    continue;
                }
                progress.put(id, next + 1);
                SubserviceId on = dependencies.get(next).on();
                Integer state = progress.get(on);
                if (put.containsKey(on) && state == null) {
                    path.push(on);
                    progress.put(on, 0);
                } else if (state != null && state != Integer.MAX_VALUE) {
                    faults.add(new GraphFault.Cycle(cycle(path, on)));
                    return List.of();
                }
            }
        }
        return order;
    }

    private static List<SubserviceId> cycle(Deque<SubserviceId> path, SubserviceId start) {
        List<SubserviceId> cycle = new ArrayList<>(List.of(start));
        for (SubserviceId id : path) {
            cycle.add(id);
            if (id.equals(start)) {
                break;
            }
        }
        Collections.reverse(cycle);
        return cycle;
    }

    /** Raises what depends on a subservice above it, in the order of the old ranks, which is still topological. */
    private boolean raiseDependents(SubserviceId raised, int oldRank) {
        record Raise(SubserviceId id, int oldRank) {}
        PriorityQueue<Raise> open = new PriorityQueue<>(Comparator.comparingInt(Raise::oldRank));
        Map<SubserviceId, SubserviceId> raisedBy = new HashMap<>();
        open.add(new Raise(raised, oldRank));
        while (!open.isEmpty()) {
            GraphNode below = node(open.remove().id());
            List<SubserviceId> dependents = new ArrayList<>();
            below.dependents().forEach((id, type) -> dependents.add(id));
            for (SubserviceId id : dependents) {
                GraphNode above = node(id);
                if (above.rank() <= below.rank()) {
                    if (id.equals(raised)) {
                        faults.add(new GraphFault.Cycle(cycle(raised, below.id(), raisedBy)));
                        return false;
                    }
                    if (raisedBy.put(id, below.id()) == null) {
                        open.add(new Raise(id, above.rank()));
                        reranked.add(id);
                    }
                    nodes = nodes.with(id, above.withRank(below.rank() + 1));
                }
            }
        }
        return true;
    }

    private static List<SubserviceId> cycle(
            SubserviceId start, SubserviceId last, Map<SubserviceId, SubserviceId> raisedBy) {
        List<SubserviceId> path = new ArrayList<>(List.of(start));
        SubserviceId id = last;
        while (id != null && !id.equals(start)) {
            path.add(id);
            id = raisedBy.get(id);
        }
        path.add(start);
        return path;
    }

    private static @Nullable String serviceOf(Subservice subservice) {
        return subservice.id().type().equals(Subservice.SERVICE_INSTANCE_TYPE)
                ? subservice.parameters().get("service")
                : null;
    }

    private static String instanceOf(Subservice subservice) {
        return subservice
                .parameters()
                .getOrDefault("instance-name", subservice.id().id());
    }
}
