package io.auspex.anomalydetection;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of an anomaly of a relevant state: one symptom as one annotator sees it (ietf-relevant-state, list
 * anomalies). Immutable: news make a new version of the same id.
 *
 * @param id of this occurrence
 * @param version counts up from 1
 * @param confidence 0 to 100, how sure the annotator is
 * @param annotator name of the algorithm
 * @param symptomId UUIDv5 of the symptom's identity, the same in every occurrence
 * @param concern 0 to 100, how much an operator should care
 */
public record Anomaly(
        UUID id,
        long version,
        Stage stage,
        String description,
        Instant start,
        @Nullable Instant end,
        int confidence,
        String annotator,
        UUID symptomId,
        int concern,
        SymptomKind kind) {
    public Anomaly {
        percent("confidence-score", confidence);
        percent("concern-score", concern);
        if (end != null && end.isBefore(start)) {
            throw new IllegalArgumentException("anomaly " + id + " ends at " + end + ", before its start " + start);
        }
    }

    private static void percent(String name, int value) {
        if (value < 0 || value > 100) {
            throw new IllegalArgumentException(name + " " + value + " is outside of 0..100");
        }
    }

    boolean isOpen() {
        return end == null;
    }

    Anomaly ended(Instant when, int newConfidence) {
        return new Anomaly(
                id,
                version + 1,
                stage,
                description,
                start,
                when.isBefore(start) ? start : when,
                newConfidence,
                annotator,
                symptomId,
                concern,
                kind);
    }
}
