package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.Platform;
import io.auspex.assuranceengine.collection.DeviceSession;
import io.auspex.assuranceengine.collection.MetricBatch;
import io.auspex.assuranceengine.collection.YangModule;
import io.auspex.assuranceengine.graph.GraphUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** What the writer works on, in the order of arrival. */
sealed interface EngineEvent {
    record GraphChanged(GraphUpdate update) implements EngineEvent {}

    /** Values and the time of the engine's ticker at which they were offered. */
    record Values(MetricBatch batch, long offeredAt) implements EngineEvent {}

    /** Values of probes, and the two clocks as they came in. */
    record Reported(List<ReportedValue> values, Instant at, long receivedAt) implements EngineEvent {
        public Reported {
            values = List.copyOf(values);
        }
    }

    record SessionChanged(DeviceSession session) implements EngineEvent {}

    record ModulesAnnounced(String device, Set<YangModule> modules) implements EngineEvent {
        public ModulesAnnounced {
            modules = Set.copyOf(modules);
        }
    }

    record ClockMeasured(String device, Duration ahead) implements EngineEvent {}

    record PeriodSet(String device, Duration period) implements EngineEvent {}

    record PlatformSet(String device, Platform platform) implements EngineEvent {}

    record DeviceForgotten(String device) implements EngineEvent {}

    /** Opens once all that came before is in the snapshot. */
    record Barrier(CountDownLatch passed) implements EngineEvent {}
}
