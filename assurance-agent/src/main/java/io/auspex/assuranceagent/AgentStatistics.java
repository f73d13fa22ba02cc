package io.auspex.assuranceagent;

import io.auspex.assuranceengine.EngineStatistics;
import java.util.Map;

/**
 * How the agent is doing at one moment.
 *
 * @param subservices in the assurance graph
 * @param devices how many there are in each state of auspex-devices' {@code session-state}, those without any included
 */
public record AgentStatistics(EngineStatistics engine, int subservices, Map<String, Integer> devices) {
    public AgentStatistics {
        devices = Map.copyOf(devices);
    }
}
