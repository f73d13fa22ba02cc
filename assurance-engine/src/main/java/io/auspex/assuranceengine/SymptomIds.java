package io.auspex.assuranceengine;

import java.time.Instant;

/**
 * Gives each occurrence of a symptom an id that this agent never gave before (RFC 9418 §3.3): its name, the start of the
 * engine in milliseconds and a count, both to base 36.
 */
final class SymptomIds {
    private final String start;
    private long count;

    SymptomIds(Instant start) {
        this.start = Long.toString(start.toEpochMilli(), 36);
    }

    String next(String name) {
        return name + "-" + start + "-" + Long.toString(++count, 36);
    }
}
