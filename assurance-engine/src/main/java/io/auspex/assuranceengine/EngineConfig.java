package io.auspex.assuranceengine;

import java.time.Duration;

/**
 * The engine's settings.
 *
 * @param agentId who reports the symptoms, unique among all agents
 * @param defaultPeriod how often values are collected from a device that has no period of its own
 * @param historyAge how long ended symptoms are kept
 * @param historyLength how many ended symptoms of a subservice are kept
 * @param queueLength events waiting for the writer before values are lost
 */
public record EngineConfig(
        String agentId, Duration defaultPeriod, Duration historyAge, int historyLength, int queueLength) {

    public EngineConfig {
        if (agentId.isBlank() || queueLength < 1 || historyLength < 0 || !defaultPeriod.isPositive()) {
            throw new IllegalArgumentException(
                    "expected an agent-id, a positive period and queue length, and no negative history length");
        }
    }

    /** Ten seconds between values, a day of history and 32 ended symptoms a subservice. */
    public static EngineConfig of(String agentId) {
        return new EngineConfig(agentId, Duration.ofSeconds(10), Duration.ofDays(1), 32, 4_096);
    }
}
