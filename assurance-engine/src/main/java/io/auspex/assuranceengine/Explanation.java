package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a subservice has the health that it has.
 *
 * @param causes the active symptoms behind it, the heaviest first, and of those the nearest
 */
public record Explanation(SubserviceId id, Health health, List<Cause> causes) {
    public Explanation {
        causes = List.copyOf(causes);
    }

    /** A subservice on the way to a cause. */
    public record Step(SubserviceId id, String label, Health health) {}

    /**
     * A symptom and how it reaches the subservice that is explained.
     *
     * @param path from that subservice to the symptom's origin, along dependencies
     * @param symptom as the subservice that is explained reports it: its weight is 0 if it is for information only
     * @param expression the condition of the symptom; null where the engine itself raised it
     * @param values the metrics in the condition, as they are now
     */
    public record Cause(
            List<Step> path, Symptom symptom, @Nullable String expression, Map<String, Value> values) {
        public Cause {
            path = List.copyOf(path);
        }
    }
}
