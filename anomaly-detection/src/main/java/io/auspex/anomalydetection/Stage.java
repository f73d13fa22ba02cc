package io.auspex.anomalydetection;

import java.util.Locale;
import java.util.Set;

/**
 * The stages of a network anomaly's life cycle (draft-netana-nmop-network-anomaly-lifecycle, leaf {@code state} of
 * ietf-relevant-state).
 *
 * <pre>
 * initial → forecasted | potential | confirmed      detection
 * forecasted | potential → confirmed | discarded    validation
 * confirmed → analyzed → adjusted                   refinement
 * adjusted → forecasted | potential                 the next round of detection
 * </pre>
 */
public enum Stage {
    PROBLEM_FORECASTED,
    PROBLEM_POTENTIAL,
    PROBLEM_CONFIRMED,
    DISCARDED,
    ANALYZED,
    ADJUSTED;

    /** The stages that may follow this one; empty for a final one. */
    public Set<Stage> next() {
        return switch (this) {
            case PROBLEM_FORECASTED, PROBLEM_POTENTIAL -> Set.of(PROBLEM_CONFIRMED, DISCARDED);
            case PROBLEM_CONFIRMED -> Set.of(ANALYZED);
            case ANALYZED -> Set.of(ADJUSTED);
            case ADJUSTED -> Set.of(PROBLEM_FORECASTED, PROBLEM_POTENTIAL);
            case DISCARDED -> Set.of();
        };
    }

    /** The stages that a new anomaly may begin in. */
    public static Set<Stage> initial() {
        return Set.of(PROBLEM_FORECASTED, PROBLEM_POTENTIAL, PROBLEM_CONFIRMED);
    }

    /** The name of its identity in ietf-relevant-state. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
