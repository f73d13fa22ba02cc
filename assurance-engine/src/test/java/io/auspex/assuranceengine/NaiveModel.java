package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.Impact;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The rules of health written down plainly for probes, computed from scratch each time: what the engine must agree with. */
final class NaiveModel {
    static final int LIMIT_SECONDS = 30;

    final Map<SubserviceId, Subservice> subservices = new HashMap<>();
    /** What was last reported, and at which second. */
    final Map<SubserviceId, Double> faults = new HashMap<>();

    final Map<SubserviceId, Integer> reportedAt = new HashMap<>();
    /** The weight of the fault that goes on, which silence does not end. */
    final Map<SubserviceId, Integer> ongoing = new HashMap<>();

    int second;

    void put(Subservice subservice) {
        Subservice old = subservices.get(subservice.id());
        if (old != null && !old.parameters().equals(subservice.parameters())) {
            remove(subservice.id());
        }
        subservices.put(subservice.id(), subservice);
    }

    void remove(SubserviceId id) {
        subservices.remove(id);
        faults.remove(id);
        reportedAt.remove(id);
        ongoing.remove(id);
    }

    void report(SubserviceId id, double fault) {
        faults.put(id, fault);
        reportedAt.put(id, second);
        if (fault > 0) {
            ongoing.put(id, (int) fault);
        } else {
            ongoing.remove(id);
        }
    }

    private Subservice subservice(SubserviceId id) {
        return Objects.requireNonNull(subservices.get(id));
    }

    int score(SubserviceId id) {
        if (subservice(id).underMaintenance()) {
            return 0;
        }
        List<Integer> scores = new ArrayList<>(List.of(own(id)));
        for (Dependency dependency : subservice(id).dependencies()) {
            switch (dependency.type().impact()) {
                case Impact.Full _ -> scores.add(score(dependency.on()));
                case Impact.Information _ -> {}
                case Impact.Share(int percent) -> {
                    int other = score(dependency.on());
                    scores.add(other < 0 ? -1 : 100 - (percent * (100 - other) + 99) / 100);
                }
                case Impact.Redundant(var group, int needed, int weight) -> {
                    scores.add(groupScore(id, group, needed));
                    scores.add(100 - lostRedundancy(id, group, needed, weight));
                }
            }
        }
        if (scores.contains(0)) {
            return 0;
        }
        return scores.contains(-1) ? -1 : Collections.min(scores);
    }

    private List<Integer> memberScores(SubserviceId id, String group) {
        return subservice(id).dependencies().stream()
                .filter(d -> isOf(d, group))
                .map(d -> score(d.on()))
                .toList();
    }

    private static boolean isOf(Dependency dependency, String group) {
        return dependency.type().impact() instanceof Impact.Redundant(var name, int _, int _) && name.equals(group);
    }

    /** The score of the group for every way in which the unknown members may turn out. */
    private int groupScore(SubserviceId id, String group, int needed) {
        List<Integer> members = memberScores(id, group);
        Set<Integer> possible = new HashSet<>();
        for (int ways = 0; ways < 1 << members.size(); ways++) {
            List<Integer> known = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                known.add(members.get(i) >= 0 ? members.get(i) : (ways >> i & 1) * 100);
            }
            known.sort(Comparator.reverseOrder());
            possible.add(known.get(Math.min(needed, known.size()) - 1));
        }
        return possible.size() == 1 ? possible.iterator().next() : -1;
    }

    private int lostRedundancy(SubserviceId id, String group, int needed, int weight) {
        List<Integer> members = memberScores(id, group);
        long working = members.stream().filter(s -> s != 0).count();
        return members.size() > needed && working == needed ? weight : 0;
    }

    private int own(SubserviceId id) {
        return isFresh(id) ? 100 - Math.min(100, (int) (double) faults.getOrDefault(id, 0.0)) : -1;
    }

    boolean isFresh(SubserviceId id) {
        return reportedAt.containsKey(id) && second - reportedAt.get(id) <= LIMIT_SECONDS;
    }

    /** The active symptoms: {@code name@origin} with the weight. */
    Map<String, Integer> symptoms(SubserviceId id) {
        Map<String, Integer> all = new TreeMap<>();
        gather(id, 1, false, all);
        return all;
    }

    /** Goes along every way; where several lead to a symptom, the most that it weighs counts. */
    private void gather(SubserviceId id, double share, boolean maintenanceAlone, Map<String, Integer> all) {
        if (subservice(id).underMaintenance()) {
            add(all, "under-maintenance@" + id.id(), 100, share);
            return;
        }
        boolean inhibited = isInhibited(id);
        if (!inhibited && !maintenanceAlone) {
            own(id, share, all);
        }
        for (Dependency dependency : subservice(id).dependencies()) {
            double part = switch (dependency.type().impact()) {
                case Impact.Full _ -> 1;
                case Impact.Information _ -> 0;
                case Impact.Share(int percent) -> percent / 100.0;
                case Impact.Redundant(var group, int needed, int _) ->
                    isMadeUpFor(score(dependency.on()), groupScore(id, group, needed)) ? 0 : 1;
            };
            gather(dependency.on(), share * part, maintenanceAlone || inhibited, all);
        }
    }

    private void own(SubserviceId id, double share, Map<String, Integer> all) {
        if (ongoing.containsKey(id)) {
            add(all, "fault@" + id.id(), ongoing.get(id), share);
        }
        if (!isFresh(id)) {
            add(all, (reportedAt.containsKey(id) ? "metric-stale@" : "not-yet-computed@") + id.id(), 100, share);
        }
        int lost = 0;
        for (Dependency dependency : subservice(id).dependencies()) {
            if (dependency.type().impact() instanceof Impact.Redundant(var group, int needed, int weight)) {
                lost = Math.max(lost, lostRedundancy(id, group, needed, weight));
            }
        }
        if (lost > 0) {
            add(all, "no-redundancy@" + id.id(), lost, share);
        }
    }

    private static boolean isMadeUpFor(int member, int group) {
        return group >= 0 && (member < 0 || member < group);
    }

    boolean isInhibited(SubserviceId id) {
        if (subservice(id).underMaintenance()) {
            return true;
        }
        for (Dependency dependency : subservice(id).dependencies()) {
            boolean inhibits = switch (dependency.type().impact()) {
                case Impact.Full _ -> isInhibited(dependency.on());
                case Impact.Information _ -> false;
                case Impact.Share(int percent) -> percent == 100 && isInhibited(dependency.on());
                case Impact.Redundant(var group, int needed, int _) -> {
                    List<Dependency> members = subservice(id).dependencies().stream()
                            .filter(d -> isOf(d, group))
                            .toList();
                    long working =
                            members.stream().filter(m -> !isInhibited(m.on())).count();
                    yield working < Math.min(needed, members.size());
                }
            };
            if (inhibits) {
                return true;
            }
        }
        return false;
    }

    private static void add(Map<String, Integer> all, String symptom, int weight, double share) {
        all.merge(symptom, (int) Math.ceil(weight * share - 1e-9), Math::max);
    }
}
