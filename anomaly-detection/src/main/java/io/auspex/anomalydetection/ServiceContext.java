package io.auspex.anomalydetection;

import java.util.List;
import java.util.UUID;

/**
 * The service that an anomaly concerns (ietf-relevant-state, container service).
 *
 * @param id UUIDv5 of the service instance's identity
 * @param vpnId the service
 * @param vpnName the instance
 * @param terminations as far as they are known
 */
public record ServiceContext(UUID id, String vpnId, String vpnName, List<Termination> terminations) {
    public ServiceContext {
        terminations = List.copyOf(terminations);
    }
}
