package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.util.HashMap;
import java.util.HashSet;
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
        int worst = own(id);
        for (Dependency dependency : subservice(id).dependencies()) {
            if (dependency.type().isImpacting()) {
                int other = score(dependency.on());
                worst = worst == 0 || other == 0 ? 0 : Math.min(worst, other);
            }
        }
        return worst;
    }

    private int own(SubserviceId id) {
        return isFresh(id) ? 100 - Math.min(100, (int) (double) faults.getOrDefault(id, 0.0)) : -1;
    }

    private boolean isFresh(SubserviceId id) {
        return reportedAt.containsKey(id) && second - reportedAt.get(id) <= LIMIT_SECONDS;
    }

    /** The active symptoms: {@code name@origin} with the weight. */
    Map<String, Integer> symptoms(SubserviceId id) {
        Map<String, Integer> all = new TreeMap<>();
        gather(id, true, all, new HashSet<>());
        return all;
    }

    private void gather(SubserviceId id, boolean impacting, Map<String, Integer> all, Set<String> seen) {
        if (!seen.add(impacting + id.id())) {
            return;
        }
        if (subservice(id).underMaintenance()) {
            add(all, "under-maintenance@" + id.id(), impacting ? 100 : 0);
            return;
        }
        if (!isInhibited(id)) {
            if (ongoing.containsKey(id)) {
                add(all, "fault@" + id.id(), impacting ? ongoing.get(id) : 0);
            }
            if (!isFresh(id)) {
                add(
                        all,
                        (reportedAt.containsKey(id) ? "metric-stale@" : "not-yet-computed@") + id.id(),
                        impacting ? 100 : 0);
            }
        }
        for (Dependency dependency : subservice(id).dependencies()) {
            gather(dependency.on(), impacting && dependency.type().isImpacting(), all, seen);
        }
    }

    private boolean isInhibited(SubserviceId id) {
        return subservice(id).underMaintenance()
                || subservice(id).dependencies().stream().anyMatch(d -> d.type().isImpacting() && isInhibited(d.on()));
    }

    private static void add(Map<String, Integer> all, String symptom, int weight) {
        all.merge(symptom, weight, Math::max);
    }
}
