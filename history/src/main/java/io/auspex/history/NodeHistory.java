package io.auspex.history;

import java.time.Instant;
import java.util.List;

/** What the history has of one subservice, the newest first. */
public record NodeHistory(List<ScoreSpan> scores, List<PastSymptom> symptoms, List<Seen> values) {
    public NodeHistory {
        scores = List.copyOf(scores);
        symptoms = List.copyOf(symptoms);
        values = List.copyOf(values);
    }

    /** A score and when it came about. */
    public record ScoreSpan(Instant since, int score) {}

    /** A metric value and when it was looked at. */
    public record Seen(Instant at, String metric, String value) {}
}
