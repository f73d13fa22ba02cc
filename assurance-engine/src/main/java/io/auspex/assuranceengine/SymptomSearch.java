package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.Impact;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the active symptoms that a subservice reports: its own and those of what it depends on, those that weigh most first,
 * and of these the nearest (RFC 9417 §3.4). Through a subservice that is under maintenance, or that maintenance inhibits,
 * nothing comes but that (§3.6).
 */
final class SymptomSearch {
    private static final Comparator<Visit> ORDER =
            Comparator.comparingDouble((Visit v) -> -v.share).thenComparingInt(v -> v.order);

    private final EngineSnapshot snapshot;
    private final GraphNode root;
    private final PriorityQueue<Visit> open = new PriorityQueue<>(ORDER);
    private final Set<SubserviceId> seen = new HashSet<>();
    private final Set<SubserviceId> seenForMaintenance = new HashSet<>();
    private int visits;

    SymptomSearch(EngineSnapshot snapshot, GraphNode root) {
        this.snapshot = snapshot;
        this.root = root;
    }

    /**
     * A subservice on the way down.
     *
     * @param share of the symptoms' weights that reaches the root
     * @param maintenanceAlone only maintenance is reported from here
     */
    private record Visit(
            GraphNode node,
            double share,
            boolean maintenanceAlone,
            int order,
            @Nullable Visit from) {}

    /** A symptom as the root reports it, and the subservices from the root to the one where it was found. */
    record Found(Symptom symptom, List<GraphNode> path) {}

    /** Passes each symptom on once, with the most that it weighs along any way. */
    void run(Consumer<Found> action) {
        visit(root, 1, false, null);
        Set<SubserviceId> flagged = new HashSet<>();
        for (Visit visit = open.poll(); visit != null; visit = open.poll()) {
            if (wasSeen(visit.node, visit.maintenanceAlone)) {
                continue;
            }
            (visit.maintenanceAlone ? seenForMaintenance : seen).add(visit.node.id());
            boolean isFlagged = snapshot.isFlagged(visit.node);
            if (isFlagged ? flagged.add(visit.node.id()) : !visit.maintenanceAlone) {
                report(visit, action);
            }
            if (!isFlagged) {
                descend(visit);
            }
        }
    }

    private void report(Visit visit, Consumer<Found> action) {
        List<Symptom> own = snapshot.ownSymptoms(visit.node);
        if (own.isEmpty()) {
            return;
        }
        List<GraphNode> path = new ArrayList<>();
        for (Visit v = visit; v != null; v = v.from) {
            path.addFirst(v.node);
        }
        for (Symptom symptom : own) {
            action.accept(new Found(symptom.weighing(HealthCode.part(symptom.weight(), visit.share)), path));
        }
    }

    private void descend(Visit visit) {
        boolean maintenanceAlone = visit.maintenanceAlone || snapshot.isInhibited(visit.node);
        Map<String, Byte> groups = null;
        for (Dependency dependency : visit.node.subservice().dependencies()) {
            GraphNode on = snapshot.graph().node(dependency.on()).orElseThrow();
            double share = switch (dependency.type().impact()) {
                case Impact.Full _ -> 1;
                case Impact.Information _ -> 0;
                case Impact.Share(int percent) -> percent / 100.0;
                case Impact.Redundant(var group, int _, int _) -> {
                    groups = groups == null ? groups(visit.node) : groups;
                    yield Redundancy.makesUpFor(snapshot.healthCode(on), groups.getOrDefault(group, (byte) 0)) ? 0 : 1;
                }
            };
            visit(on, visit.share * share, maintenanceAlone, visit);
        }
    }

    /** The health of each redundancy group by name. */
    private Map<String, Byte> groups(GraphNode node) {
        Map<String, Byte> groups = new HashMap<>();
        Combination combination = Combination.of(
                node.subservice().dependencies(),
                id -> snapshot.graph().node(id).orElseThrow().index());
        if (combination != null) {
            for (Combination.Group group : combination.groups()) {
                byte[] members = new byte[group.members().length];
                for (int i = 0; i < members.length; i++) {
                    members[i] = snapshot.healthCode(group.members()[i]);
                }
                groups.put(group.name(), Redundancy.best(members, group.needed()));
            }
        }
        return groups;
    }

    private void visit(GraphNode node, double share, boolean maintenanceAlone, @Nullable Visit from) {
        if (!wasSeen(node, maintenanceAlone)) {
            open.add(new Visit(node, share, maintenanceAlone, visits++, from));
        }
    }

    /** What was seen whole need not be seen for maintenance alone. */
    private boolean wasSeen(GraphNode node, boolean maintenanceAlone) {
        return seen.contains(node.id()) || maintenanceAlone && seenForMaintenance.contains(node.id());
    }
}
