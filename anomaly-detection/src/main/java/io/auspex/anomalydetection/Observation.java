package io.auspex.anomalydetection;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How a service is at a moment.
 *
 * @param service its identity
 * @param at when
 * @param health as the assurance graph has it
 * @param causes the active symptoms that lower its score through impacting dependencies
 * @param freshInputs how many of its metrics are fresh
 * @param inputs how many metrics it has
 */
public record Observation(
        ServiceContext service, Instant at, Health health, List<Cause> causes, int freshInputs, int inputs) {
    public Observation {
        causes = List.copyOf(causes);
        if (freshInputs < 0 || freshInputs > inputs) {
            throw new IllegalArgumentException(freshInputs + " fresh of " + inputs + " inputs");
        }
    }

    /** The three answers that matter here. */
    public enum Health {
        /** 100: fully operational. */
        GOOD,
        /** 0 to 99. */
        DEGRADED,
        /** Not computed: neither healthy nor broken. */
        UNKNOWN
    }

    /**
     * An active symptom.
     *
     * @param symptomId UUIDv5 of the subservice and the symptom's kind
     * @param description for engineers
     * @param since when it started
     * @param weight 0 to 100, what it takes from the score
     */
    public record Cause(UUID symptomId, String description, Instant since, int weight, SymptomKind kind) {}

    /** The share of fresh inputs in percent, rounded down; 100 without inputs. */
    int confidence() {
        return inputs == 0 ? 100 : freshInputs * 100 / inputs;
    }
}
