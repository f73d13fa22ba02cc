package io.auspex.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a subservice stands.
 *
 * @param score −1 where it could not be computed; null where the history does not know it
 * @param since when that score came about
 * @param symptoms those of its own that go on
 */
record HealthState(@Nullable Integer score, Instant since, List<PastSymptom> symptoms) {
    private static final int FIELDS = 5;
    private static final String UNKNOWN = "-";

    HealthState {
        symptoms = List.copyOf(symptoms);
    }

    String encoded() {
        StringBuilder text = new StringBuilder();
        EncodedFields.append(text, score == null ? UNKNOWN : Integer.toString(score));
        time(text, since);
        for (PastSymptom symptom : symptoms) {
            EncodedFields.append(text, symptom.symptomId());
            EncodedFields.append(text, symptom.name());
            EncodedFields.append(text, Integer.toString(symptom.weight()));
            EncodedFields.append(text, symptom.description());
            time(text, symptom.start());
        }
        return text.toString();
    }

    /** What cannot be read, as it was damaged, says nothing. */
    static HealthState decoded(String text) {
        try {
            return decodedWhole(text);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException | DateTimeException _) {
            return new HealthState(null, Instant.EPOCH, List.of());
        }
    }

    private static HealthState decodedWhole(String text) {
        String[] fields = EncodedFields.split(text);
        List<PastSymptom> symptoms = new ArrayList<>();
        for (int i = 2; i + FIELDS <= fields.length; i += FIELDS) {
            symptoms.add(new PastSymptom(
                    EncodedFields.plain(fields[i]),
                    EncodedFields.plain(fields[i + 1]),
                    Integer.parseInt(fields[i + 2]),
                    EncodedFields.plain(fields[i + 3]),
                    time(fields[i + 4]),
                    null));
        }
        Integer score = fields[0].equals(UNKNOWN) ? null : Integer.valueOf(fields[0]);
        return new HealthState(score, time(fields[1]), symptoms);
    }

    private static void time(StringBuilder text, Instant time) {
        EncodedFields.append(text, Long.toString(Database.micros(time)));
    }

    private static Instant time(String field) {
        return Database.instant(Long.parseLong(field));
    }
}
