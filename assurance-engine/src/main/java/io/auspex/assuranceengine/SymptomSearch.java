package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gathers the active symptoms that a subservice reports: its own and those of what it depends on, nearest first. Across an
 * informational dependency they weigh 0; nothing comes through a subservice under maintenance but that (RFC 9417 §3.4, §3.6).
 */
final class SymptomSearch {
    private final EngineSnapshot snapshot;
    private final GraphNode root;
    private final Map<SubserviceId, SubserviceId> towardsRoot = new HashMap<>();
    private final Set<SubserviceId> seen = new HashSet<>();

    SymptomSearch(EngineSnapshot snapshot, GraphNode root) {
        this.snapshot = snapshot;
        this.root = root;
    }

    /** A symptom as the root reports it, and where it was found. */
    record Found(Symptom symptom, GraphNode origin) {}

    private record Edge(GraphNode from, GraphNode to) {}

    /** Passes each symptom on once: with its weight where impacting dependencies alone lead to it. */
    void run(Consumer<Found> action) {
        List<Edge> informational = new ArrayList<>();
        seen.add(root.id());
        walk(new ArrayDeque<>(List.of(root)), true, informational, action);
        Deque<GraphNode> open = new ArrayDeque<>();
        for (Edge edge : informational) {
            reach(edge, open);
        }
        walk(open, false, informational, action);
    }

    private void walk(Deque<GraphNode> open, boolean impacting, List<Edge> informational, Consumer<Found> action) {
        while (!open.isEmpty()) {
            GraphNode node = open.remove();
            for (Symptom symptom : snapshot.ownSymptoms(node)) {
                action.accept(new Found(impacting ? symptom : symptom.weighing(0), node));
            }
            if (snapshot.isFlagged(node)) {
                continue;
            }
            for (Dependency dependency : node.subservice().dependencies()) {
                Edge edge =
                        new Edge(node, snapshot.graph().node(dependency.on()).orElseThrow());
                if (impacting && !dependency.type().isImpacting()) {
                    informational.add(edge);
                } else {
                    reach(edge, open);
                }
            }
        }
    }

    private void reach(Edge edge, Deque<GraphNode> open) {
        if (seen.add(edge.to.id())) {
            towardsRoot.put(edge.to.id(), edge.from.id());
            open.add(edge.to);
        }
    }

    /** The subservices from the root to one that was reached, along dependencies. */
    List<GraphNode> path(GraphNode node) {
        List<GraphNode> path = new ArrayList<>();
        SubserviceId id = node.id();
        while (id != null) {
            snapshot.graph().node(id).ifPresent(path::addFirst);
            id = towardsRoot.get(id);
        }
        return path;
    }
}
