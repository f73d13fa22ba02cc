package io.auspex.assuranceengine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The symptoms that were seen at one subservice itself. */
record OwnSymptoms(List<Active> active, List<Symptom> ended) {
    static final OwnSymptoms NONE = new OwnSymptoms(List.of(), List.of());

    OwnSymptoms {
        active = List.copyOf(active);
        ended = List.copyOf(ended);
    }

    /** A symptom that goes on, and the rule (from 0) or engine symptom (below 0) that it comes from. */
    record Active(int rule, Symptom symptom) {}

    /** The number under which a symptom of the engine itself is kept. */
    static int ruleOf(EngineSymptom symptom) {
        return -1 - symptom.ordinal();
    }

    @Nullable
    Symptom find(int rule) {
        for (Active a : active) {
            if (a.rule == rule) {
                return a.symptom;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return active.isEmpty() && ended.isEmpty();
    }

    List<Symptom> symptoms() {
        return switch (active.size()) {
            case 0 -> List.of();
            case 1 -> List.of(active.getFirst().symptom);
            default -> active.stream().map(Active::symptom).toList();
        };
    }

    OwnSymptoms starting(int rule, Symptom symptom) {
        List<Active> more = new ArrayList<>(active);
        more.add(new Active(rule, symptom));
        return new OwnSymptoms(more, ended);
    }

    OwnSymptoms replacing(int rule, Symptom symptom) {
        List<Active> others = without(rule);
        others.add(new Active(rule, symptom));
        return new OwnSymptoms(others, ended);
    }

    /** Without the active symptom of the rule; {@code kept} joins the ended ones unless it is null. */
    OwnSymptoms stopping(int rule, @Nullable Symptom kept) {
        if (kept == null) {
            return new OwnSymptoms(without(rule), ended);
        }
        List<Symptom> more = new ArrayList<>(ended.size() + 1);
        more.addAll(ended);
        more.add(kept);
        return new OwnSymptoms(without(rule), more);
    }

    private List<Active> without(int rule) {
        List<Active> others = new ArrayList<>(active.size());
        for (Active a : active) {
            if (a.rule != rule) {
                others.add(a);
            }
        }
        return others;
    }

    /** Without the ended symptoms that are too many or ended before the instant; they lie in the order of their stop. */
    OwnSymptoms collected(int most, Instant oldest) {
        int gone = Math.max(0, ended.size() - most);
        while (gone < ended.size() && isBefore(ended.get(gone).stop(), oldest)) {
            gone++;
        }
        return gone == 0 ? this : new OwnSymptoms(active, ended.subList(gone, ended.size()));
    }

    private static boolean isBefore(@Nullable Instant stop, Instant oldest) {
        return stop != null && stop.isBefore(oldest);
    }
}
