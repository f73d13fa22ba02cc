package io.auspex.assuranceengine.catalogue;

import io.auspex.expressions.CheckedExpression;
import org.jspecify.annotations.Nullable;

/**
 * When a subservice has a symptom, and what it means.
 *
 * @param name unique within the subservice type, such as {@code interface-down}
 * @param when the condition that starts the symptom
 * @param clear what must hold, besides {@code when} being false, to end it; null where nothing else must
 * @param weight what the symptom takes off the score, cut to 0..100
 * @param description for engineers; {@code {name}} stands for a parameter or a metric's value
 * @param semantics the symptom in the vocabulary of network anomalies; null where that has no word for it
 */
public record SymptomRule(
        String name,
        CheckedExpression when,
        @Nullable CheckedExpression clear,
        CheckedExpression weight,
        String description,
        @Nullable SymptomSemantics semantics) {}
