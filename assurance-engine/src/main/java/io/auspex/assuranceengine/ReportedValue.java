package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that a probe reports from outside for a metric whose source is {@code reported}.
 *
 * @param observedAt when the probe saw it: its age counts from then, and of two values the later seen one counts; null means now
 */
public record ReportedValue(
        SubserviceId subservice,
        String metric,
        Value value,
        @Nullable Instant observedAt) {

    /** A value as of now. */
    public ReportedValue(SubserviceId subservice, String metric, Value value) {
        this(subservice, metric, value, null);
    }
}
