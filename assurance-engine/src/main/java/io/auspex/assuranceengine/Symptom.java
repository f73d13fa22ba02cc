package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.SymptomSemantics;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of a symptom (RFC 9418 §3.3): from its start until there is evidence that it is over.
 *
 * @param id unique within the agent, new for each occurrence
 * @param name the rule or {@link EngineSymptom} that it comes from, such as {@code interface-down}
 * @param origin the subservice where it was seen
 * @param weight 0..100, what it takes off the score of the origin
 * @param stop null while it goes on
 * @param description what was seen, for engineers
 * @param semantics null where the vocabulary of network anomalies has no word for it
 */
public record Symptom(
        String agentId,
        String id,
        String name,
        SubserviceId origin,
        int weight,
        Instant start,
        @Nullable Instant stop,
        String description,
        @Nullable SymptomSemantics semantics) {
    public Symptom {
        if (weight < 0 || weight > 100) {
            throw new IllegalArgumentException("symptom " + id + ": weight " + weight + " is outside 0..100");
        }
        if (stop != null && stop.isBefore(start)) {
            throw new IllegalArgumentException(
                    "symptom " + id + ": stops at " + stop + ", before it starts at " + start);
        }
    }

    public boolean isActive() {
        return stop == null;
    }

    Symptom stoppedAt(Instant when) {
        return new Symptom(
                agentId, id, name, origin, weight, start, when.isBefore(start) ? start : when, description, semantics);
    }

    Symptom weighing(int newWeight) {
        return newWeight == weight
                ? this
                : new Symptom(agentId, id, name, origin, newWeight, start, stop, description, semantics);
    }
}
