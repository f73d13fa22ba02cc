package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.GraphUpdate;
import java.time.Instant;
import java.util.List;

/** Told after each batch of events what changed, from the engine's writer: must return at once. */
@FunctionalInterface
public interface HealthListener {

    /**
     * Something changed.
     *
     * @param changes one per subservice concerned, dependencies before dependants
     * @param snapshot the state after the batch
     */
    void healthChanged(List<HealthChange> changes, EngineSnapshot snapshot, Instant at);

    /** The graph changed; told before what that does to health. */
    default void graphChanged(GraphUpdate update) {}
}
