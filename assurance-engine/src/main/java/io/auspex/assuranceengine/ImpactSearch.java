package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.Impact;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Goes from a subservice up to the instances of services that depend on it, with the share that reaches each. */
final class ImpactSearch {
    private final EngineSnapshot snapshot;

    ImpactSearch(EngineSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    private record Visit(GraphNode node, double share) {}

    /** What share of a subservice reaches one that depends on it. */
    private interface Share {
        double of(GraphNode below, GraphNode above, Impact impact);
    }

    /** The instances that depend on it, in no particular order. */
    List<ServiceImpact> run(GraphNode start) {
        int heaviest = snapshot.status(start).activeSymptoms().stream()
                .mapToInt(Symptom::weight)
                .max()
                .orElse(0);
        Map<SubserviceId, Double> now = shares(start, this::now);
        Map<SubserviceId, Double> broken = shares(start, this::ifBroken);
        List<ServiceImpact> impacts = new ArrayList<>();
        now.forEach((id, share) -> {
            if (id.type().equals(Subservice.SERVICE_INSTANCE_TYPE)) {
                GraphNode service = snapshot.graph().node(id).orElseThrow();
                impacts.add(new ServiceImpact(
                        service.subservice(),
                        snapshot.health(service),
                        HealthCode.part(heaviest, share),
                        HealthCode.part(100, broken.getOrDefault(id, 0.0))));
            }
        });
        return impacts;
    }

    /** The most that reaches each subservice above along any way. */
    private Map<SubserviceId, Double> shares(GraphNode start, Share share) {
        Map<SubserviceId, Double> found = new HashMap<>();
        PriorityQueue<Visit> open = new PriorityQueue<>(Comparator.comparingDouble(v -> -v.share));
        open.add(new Visit(start, 1));
        for (Visit visit = open.poll(); visit != null; visit = open.poll()) {
            Visit below = visit;
            if (found.putIfAbsent(below.node.id(), below.share) == null) {
                below.node.dependents().forEach((id, type) -> {
                    if (!found.containsKey(id)) {
                        GraphNode above = snapshot.graph().node(id).orElseThrow();
                        open.add(new Visit(above, below.share * share.of(below.node, above, type.impact())));
                    }
                });
            }
        }
        return found;
    }

    private double now(GraphNode below, GraphNode above, Impact impact) {
        return switch (impact) {
            case Impact.Redundant(var group, int needed, int _) ->
                Redundancy.makesUpFor(snapshot.healthCode(below), Redundancy.best(members(above, group, null), needed))
                        ? 0
                        : 1;
            case Impact.Full _, Impact.Information _, Impact.Share _ -> fixed(impact);
        };
    }

    private double ifBroken(GraphNode below, GraphNode above, Impact impact) {
        return switch (impact) {
            case Impact.Redundant(var group, int needed, int weight) -> {
                byte[] members = members(above, group, below);
                int loss = 100 - Math.max(0, Redundancy.best(members, needed));
                yield Math.max(loss, Redundancy.isLost(members, needed) ? weight : 0) / 100.0;
            }
            case Impact.Full _, Impact.Information _, Impact.Share _ -> fixed(impact);
        };
    }

    private static double fixed(Impact impact) {
        return switch (impact) {
            case Impact.Full _, Impact.Redundant _ -> 1;
            case Impact.Information _ -> 0;
            case Impact.Share(int percent) -> percent / 100.0;
        };
    }

    /** The health of the members of a group, where {@code broken} has 0. */
    private byte[] members(GraphNode above, String group, @Nullable GraphNode broken) {
        List<Dependency> members = above.subservice().dependencies().stream()
                .filter(d ->
                        d.type().impact() instanceof Impact.Redundant(var name, int _, int _) && name.equals(group))
                .toList();
        byte[] healths = new byte[members.size()];
        for (int i = 0; i < healths.length; i++) {
            GraphNode member = snapshot.graph().node(members.get(i).on()).orElseThrow();
            healths[i] = broken != null && member.id().equals(broken.id()) ? 0 : snapshot.healthCode(member);
        }
        return healths;
    }
}
