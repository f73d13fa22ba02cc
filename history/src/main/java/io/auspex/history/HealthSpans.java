package io.auspex.history;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The scores and symptoms of a subservice within a time, put together from how it stood, the newest first. */
final class HealthSpans {
    private static final Comparator<PastSymptom> NEWEST_FIRST =
            Comparator.comparing(PastSymptom::start).reversed();

    private final long from;
    private final int most;
    private final List<NodeHistory.ScoreSpan> scores = new ArrayList<>();
    private final Map<String, PastSymptom> symptoms = new LinkedHashMap<>();
    /** The starts of the newest symptoms, the oldest of them first. */
    private final PriorityQueue<Instant> starts = new PriorityQueue<>();

    /** Went on at the end of the time. */
    private final List<PastSymptom> going = new ArrayList<>();

    private @Nullable Instant next;

    HealthSpans(long from, int most) {
        this.from = from;
        this.most = most;
    }

    /** Ends a going symptom: tells when it was over, where it is by now. */
    interface Ends {
        List<PastSymptom> of(List<PastSymptom> going) throws SQLException;
    }

    /**
     * Takes what held from a time on until that of the one before.
     *
     * @param content null where nothing was known
     * @return false where older ones change nothing any more
     */
    boolean add(long at, @Nullable String content) {
        if (content != null && (next == null || Database.micros(next) > from)) {
            HealthState state = HealthState.decoded(content);
            addScore(state);
            state.symptoms().forEach(this::add);
        }
        next = Database.instant(at);
        return at > from && !isFull(next);
    }

    private void addScore(HealthState state) {
        boolean isKnown = !scores.isEmpty() && scores.getLast().since().equals(state.since());
        if (state.score() != null && !isKnown && scores.size() < most) {
            scores.add(new NodeHistory.ScoreSpan(state.since(), state.score()));
        }
    }

    private void add(PastSymptom symptom) {
        if (symptoms.containsKey(symptom.symptomId())) {
            return;
        }
        symptoms.put(symptom.symptomId(), symptom.until(next));
        if (next == null) {
            going.add(symptom);
        }
        starts.add(symptom.start());
        if (starts.size() > most) {
            starts.remove();
        }
    }

    /** An older symptom began before the one that follows it was over. */
    private boolean isFull(Instant at) {
        Instant oldest = starts.peek();
        return scores.size() >= most && starts.size() >= most && oldest != null && at.isBefore(oldest);
    }

    List<NodeHistory.ScoreSpan> scores() {
        return scores;
    }

    /** The newest symptoms. */
    List<PastSymptom> symptoms(Ends ends) throws SQLException {
        ends.of(going).forEach(symptom -> symptoms.put(symptom.symptomId(), symptom));
        return symptoms.values().stream().sorted(NEWEST_FIRST).limit(most).toList();
    }
}
