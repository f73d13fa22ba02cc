package io.auspex.assuranceengine.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What a symptom means, in the words of draft-netana-nmop-network-anomaly-semantics §3.
 *
 * @param cause null where the vocabulary has none for action and reason
 * @param plane {@code forwarding}, {@code control} or {@code management}
 */
public record SymptomSemantics(
        String action, String reason, @Nullable String cause, String plane) {}
