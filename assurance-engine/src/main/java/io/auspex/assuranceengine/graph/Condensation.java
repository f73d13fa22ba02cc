package io.auspex.assuranceengine.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A graph without circular dependencies, made of one that has some (RFC 9417 §3.1.1): the edges within each strongly connected
 * component go, a synthetic subservice that depends on each of its members is added, and what depended on a member from
 * outside depends on that.
 */
public final class Condensation {
    private final Map<SubserviceId, List<Dependency>> edges;
    private final Map<SubserviceId, Integer> order = new HashMap<>();
    private final Map<SubserviceId, Integer> low = new HashMap<>();
    private final Deque<SubserviceId> open = new ArrayDeque<>();
    private final Map<SubserviceId, SubserviceId> component = new HashMap<>();

    private Condensation(Map<SubserviceId, List<Dependency>> edges) {
        this.edges = edges;
    }

    /** A subservice on the path of the search and the next of its dependencies. */
    private static final class Frame {
        final SubserviceId id;
        int next;

        Frame(SubserviceId id) {
            this.id = id;
        }
    }

    /**
     * Removes circular dependencies.
     *
     * @param edges the dependencies of each subservice; a subservice that is only depended on need not be there
     * @param synthetic names the subservice that stands for a component, given its members in order
     * @return the dependencies of each subservice, synthetic ones included, in which no way leads back to its start
     */
    public static Map<SubserviceId, List<Dependency>> of(
            Map<SubserviceId, List<Dependency>> edges, Function<Collection<SubserviceId>, SubserviceId> synthetic) {
        Condensation search = new Condensation(edges);
        for (SubserviceId id : edges.keySet()) {
            if (!search.order.containsKey(id)) {
                search.visit(id);
            }
        }
        return search.condensed(synthetic);
    }

    /** Tarjan's search for strongly connected components, with a stack of its own: graphs may be deep. */
    private void visit(SubserviceId start) {
        Deque<Frame> path = new ArrayDeque<>();
        enter(start, path);
        while (!path.isEmpty()) {
            Frame frame = path.element();
            List<Dependency> dependencies = edges.getOrDefault(frame.id, List.of());
            if (frame.next < dependencies.size()) {
                SubserviceId on = dependencies.get(frame.next++).on();
                if (!order.containsKey(on)) {
                    enter(on, path);
                } else if (!component.containsKey(on)) {
                    low.merge(frame.id, order.getOrDefault(on, 0), Math::min);
                }
            } else {
                path.pop();
                if (!path.isEmpty()) {
                    low.merge(path.element().id, low.getOrDefault(frame.id, 0), Math::min);
                }
                if (low.getOrDefault(frame.id, 0).equals(order.get(frame.id))) {
                    close(frame.id);
                }
            }
        }
    }

    private void enter(SubserviceId id, Deque<Frame> path) {
        order.put(id, order.size());
        low.put(id, order.size() - 1);
        open.push(id);
        path.push(new Frame(id));
    }

    private void close(SubserviceId first) {
        SubserviceId member;
        do {
            member = open.pop();
            component.put(member, first);
        } while (!member.equals(first));
    }

    private Map<SubserviceId, List<Dependency>> condensed(Function<Collection<SubserviceId>, SubserviceId> synthetic) {
        Map<SubserviceId, TreeSet<SubserviceId>> members = new LinkedHashMap<>();
        component.forEach((id, first) ->
                members.computeIfAbsent(first, f -> new TreeSet<>()).add(id));
        Map<SubserviceId, SubserviceId> standsFor = new HashMap<>();
        Map<SubserviceId, List<Dependency>> result = new LinkedHashMap<>();
        members.forEach((first, ids) -> {
            if (ids.size() > 1) {
                SubserviceId node = synthetic.apply(ids);
                ids.forEach(id -> standsFor.put(id, node));
                result.put(node, ids.stream().map(Dependency::impacting).toList());
            }
        });
        edges.forEach((id, dependencies) -> {
            LinkedHashSet<SubserviceId> seen = new LinkedHashSet<>();
            List<Dependency> kept = new ArrayList<>();
            for (Dependency dependency : dependencies) {
                boolean within = same(id, dependency.on());
                SubserviceId on = within ? dependency.on() : standsFor.getOrDefault(dependency.on(), dependency.on());
                if (!within && seen.add(on)) {
                    kept.add(new Dependency(on, dependency.type()));
                }
            }
            result.put(id, kept);
        });
        return result;
    }

    private boolean same(SubserviceId a, SubserviceId b) {
        SubserviceId first = component.get(a);
        return first != null && first.equals(component.get(b));
    }
}
