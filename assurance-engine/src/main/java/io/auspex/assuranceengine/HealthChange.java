package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.SubserviceId;
import java.util.List;

/**
 * What one batch of events changed of a subservice's state.
 *
 * @param before the health before the batch
 * @param after the health now, which may be the same
 * @param started own symptoms that started or are no longer inhibited by maintenance
 * @param stopped own symptoms that ended, with their stop, or are inhibited now, without
 */
public record HealthChange(SubserviceId id, Health before, Health after, List<Symptom> started, List<Symptom> stopped) {
    public HealthChange {
        started = List.copyOf(started);
        stopped = List.copyOf(stopped);
    }

    public boolean scoreChanged() {
        return before.wireValue() != after.wireValue();
    }
}
