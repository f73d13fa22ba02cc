package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.SubserviceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a batch changes: the first time it touches a subservice, its state before is kept, and compared in the end. */
final class BatchChanges {
    private final EngineState state;
    private Map<Integer, Before> touched = new HashMap<>();
    private final List<HealthChange> removed = new ArrayList<>();

    private record Before(byte health, OwnSymptoms symptoms, int flags) {}

    BatchChanges(EngineState state) {
        this.state = state;
    }

    /** To be called before the state of a subservice changes. */
    void touch(int node) {
        if (!touched.containsKey(node)) {
            touched.put(
                    node, new Before(state.states.health(node), state.states.symptoms(node), state.states.flags(node)));
        }
    }

    /** The subservice is new: there is nothing to compare with. */
    void touchNew(int node) {
        touched.put(node, new Before(HealthCode.NOT_YET_COMPUTED, OwnSymptoms.NONE, 0));
    }

    /** The subservice is about to be removed: its symptoms end with it. */
    void touchRemoved(int node) {
        touch(node);
        Before before = touched.remove(node);
        SubserviceId id = state.nodes.at(node).id();
        if (before != null) {
            List<Symptom> stopped = reported(before.symptoms, before.flags).stream()
                    .map(s -> s.stoppedAt(state.now))
                    .toList();
            Health health = HealthCode.decode(before.health);
            removed.add(new HealthChange(
                    id, health, new Health.Unknown(Health.Reason.NOT_YET_COMPUTED), List.of(), stopped));
        }
    }

    /** The changes of the batch, dependencies before dependants; the next batch starts empty. */
    List<HealthChange> take() {
        if (touched.isEmpty() && removed.isEmpty()) {
            return List.of();
        }
        Map<SubserviceId, HealthChange> gone = new LinkedHashMap<>();
        removed.forEach(change -> gone.merge(change.id(), change, BatchChanges::joined));
        List<HealthChange> changes = new ArrayList<>();
        long[] byRank = new long[touched.size()];
        int count = 0;
        for (int node : touched.keySet()) {
            byRank[count++] = (long) state.nodes.rank(node) << 32 | node;
        }
        Arrays.sort(byRank);
        for (long entry : byRank) {
            int node = (int) entry;
            Before before = touched.get(node);
            HealthChange change = before == null ? null : compared(node, before);
            HealthChange earlier = change == null ? null : gone.remove(change.id());
            if (change != null && earlier != null) {
                changes.add(joined(earlier, change));
            } else if (change != null && isNews(change)) {
                changes.add(change);
            }
        }
        changes.addAll(0, gone.values());
        // A map that was large once would be gone through whole ever after.
        touched = new HashMap<>();
        removed.clear();
        return changes;
    }

    /** What became of a subservice that was removed and is there again: of another object, or configured anew. */
    private static HealthChange joined(HealthChange earlier, HealthChange later) {
        List<Symptom> stopped = new ArrayList<>(earlier.stopped());
        stopped.addAll(later.stopped());
        return new HealthChange(later.id(), earlier.before(), later.after(), later.started(), stopped);
    }

    private static boolean isNews(HealthChange change) {
        return !change.before().equals(change.after())
                || !change.started().isEmpty()
                || !change.stopped().isEmpty();
    }

    private HealthChange compared(int node, Before before) {
        OwnSymptoms symptoms = state.states.symptoms(node);
        int flags = state.states.flags(node);
        List<Symptom> was = reported(before.symptoms, before.flags);
        List<Symptom> is = reported(symptoms, flags);
        List<Symptom> stopped = new ArrayList<>();
        for (Symptom symptom : missing(was, is)) {
            stopped.add(asItIsNow(symptom, symptoms));
        }
        return new HealthChange(
                state.nodes.at(node).id(),
                HealthCode.decode(before.health),
                HealthCode.decode(state.states.health(node)),
                missing(is, was),
                stopped);
    }

    /** Those of {@code all} that {@code others} has not. */
    private static List<Symptom> missing(List<Symptom> all, List<Symptom> others) {
        List<Symptom> missing = new ArrayList<>();
        for (Symptom symptom : all) {
            if (find(others, symptom.id()) == null) {
                missing.add(symptom);
            }
        }
        return missing;
    }

    /** A symptom that is no longer reported: ended, or inhibited and going on. */
    private Symptom asItIsNow(Symptom symptom, OwnSymptoms symptoms) {
        Symptom ended = find(symptoms.ended().reversed(), symptom.id());
        if (ended != null) {
            return ended;
        }
        Symptom active = find(symptoms.symptoms(), symptom.id());
        return active == null ? symptom.stoppedAt(state.now) : active;
    }

    private static @Nullable Symptom find(List<Symptom> symptoms, String id) {
        for (Symptom symptom : symptoms) {
            if (symptom.id().equals(id)) {
                return symptom;
            }
        }
        return null;
    }

    /** The symptoms that a subservice reports as its own: under maintenance that alone, and inhibited ones none (RFC 9417 §3.6). */
    static List<Symptom> reported(OwnSymptoms symptoms, int flags) {
        if ((flags & StateChunk.FLAGGED) != 0) {
            Symptom maintenance = symptoms.find(OwnSymptoms.ruleOf(EngineSymptom.UNDER_MAINTENANCE));
            return maintenance == null ? List.of() : List.of(maintenance);
        }
        return (flags & StateChunk.INHIBITED) != 0 ? List.of() : symptoms.symptoms();
    }
}
