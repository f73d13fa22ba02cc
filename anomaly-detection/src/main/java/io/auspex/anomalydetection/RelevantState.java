package io.auspex.anomalydetection;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A relevant state of the network: the anomalies that together concern one service for a time (ietf-relevant-state,
 * RFC 9940 "relevant state").
 *
 * @param id new for each occurrence
 * @param end null while it goes on
 * @param anomalies at least one, the newest version of each
 */
public record RelevantState(
        UUID id,
        String description,
        Instant start,
        @Nullable Instant end,
        ServiceContext service,
        List<Anomaly> anomalies) {
    public RelevantState {
        anomalies = List.copyOf(anomalies);
        if (anomalies.isEmpty()) {
            throw new IllegalArgumentException("relevant state " + id + " without anomaly");
        }
    }
}
