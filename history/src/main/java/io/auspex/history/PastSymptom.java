package io.auspex.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A symptom as the history has it.
 *
 * @param stop null while it goes on
 */
public record PastSymptom(
        String symptomId,
        String name,
        int weight,
        String description,
        Instant start,
        @Nullable Instant stop) {
    PastSymptom until(@Nullable Instant end) {
        return new PastSymptom(symptomId, name, weight, description, start, end);
    }
}
