package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.Subservice;

/**
 * How an instance of a service suffers from one subservice (service impact analysis, RFC 9417 §1).
 *
 * @param weight the most that a symptom which the subservice reports weighs for the instance now
 * @param atStake what the instance would lose if the subservice broke
 */
public record ServiceImpact(Subservice service, Health health, int weight, int atStake) {}
