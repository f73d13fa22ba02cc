package io.auspex.anomalydetection;

import org.jspecify.annotations.Nullable;

/**
 * What a symptom means: what happened, why, caused by what (draft-netana-nmop-network-anomaly-semantics §3).
 *
 * @param action for example Interface
 * @param reason for example Down
 * @param cause for example Link-Layer
 */
public record SymptomKind(
        @Nullable String action,
        @Nullable String reason,
        @Nullable String cause,
        @Nullable Plane plane) {
    public static final SymptomKind UNKNOWN = new SymptomKind(null, null, null, null);
}
