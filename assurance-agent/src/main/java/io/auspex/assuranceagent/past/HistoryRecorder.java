package io.auspex.assuranceagent.past;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.HealthChange;
import io.auspex.assuranceengine.HealthListener;
import io.auspex.assuranceengine.MetricReading;
import io.auspex.assuranceengine.Symptom;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import io.auspex.history.History;
import io.auspex.history.HistoryRecord;
import io.auspex.history.NodeKey;
import io.auspex.history.NodeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the history each change of graph, score and symptoms, and the metric values behind a change of symptoms. When records
 * were lost, the whole graph is told again, so that the history is right from then on.
 */
public final class HistoryRecorder implements HealthListener {
    /** The engine's writer waits while values are read, so after a storm not all are. */
    private static final int MOST_READINGS = 1_000;

    private final AssuranceEngine engine;
    private final History history;
    private final AtomicBoolean wholeGraphIsDue = new AtomicBoolean(true);

    public HistoryRecorder(AssuranceEngine engine, History history) {
        this.engine = engine;
        this.history = history;
    }

    /** Some subservices were added, changed or removed. */
    public void graphChanged(Collection<SubserviceId> concerned) {
        AssuranceGraph graph = engine.graph();
        boolean whole = wholeGraphIsDue.getAndSet(false);
        List<NodeState> present = new ArrayList<>();
        Set<NodeKey> removed = new HashSet<>();
        if (whole) {
            graph.forEach(node -> present.add(state(node.subservice())));
        } else {
            for (SubserviceId id : concerned) {
                graph.node(id)
                        .ifPresentOrElse(node -> present.add(state(node.subservice())), () -> removed.add(key(id)));
            }
        }
        offer(List.of(new HistoryRecord.Graph(graph.lastChange(), whole, present, removed)));
    }

    @Override
    public void healthChanged(List<HealthChange> changes, EngineSnapshot snapshot, Instant at) {
        List<HistoryRecord> records = new ArrayList<>();
        List<SubserviceId> changed = new ArrayList<>();
        for (HealthChange change : changes) {
            NodeKey key = key(change.id());
            for (Symptom symptom : change.stopped()) {
                records.add(
                        new HistoryRecord.SymptomStopped(Objects.requireNonNullElse(symptom.stop(), at), symptom.id()));
            }
            if (snapshot.graph().node(change.id()).isEmpty()) {
                continue;
            }
            for (Symptom symptom : change.started()) {
                records.add(new HistoryRecord.SymptomStarted(
                        symptom.start(), key, symptom.id(), symptom.name(), symptom.weight(), symptom.description()));
            }
            if (changed.size() < MOST_READINGS
                    && !(change.started().isEmpty() && change.stopped().isEmpty())) {
                changed.add(change.id());
            }
            if (change.scoreChanged()) {
                records.add(new HistoryRecord.Score(at, key, change.after().wireValue()));
            }
        }
        if (!changed.isEmpty()) {
            engine.readings(changed).forEach((id, readings) -> values(key(id), readings, at, records));
        }
        offer(records);
        if (wholeGraphIsDue.get()) {
            graphChanged(List.of());
        }
    }

    private static void values(NodeKey key, List<MetricReading> readings, Instant at, List<HistoryRecord> records) {
        for (MetricReading reading : readings) {
            if (!(reading.value() instanceof Value.Absent)) {
                records.add(new HistoryRecord.MetricValue(
                        at, key, reading.definition().name(), reading.value().toString()));
            }
        }
    }

    private void offer(List<HistoryRecord> records) {
        if (!history.offer(records)) {
            wholeGraphIsDue.set(true);
        }
    }

    private NodeState state(Subservice subservice) {
        return new NodeState(
                key(subservice.id()),
                engine.snapshot().label(subservice),
                subservice.maintenanceContact(),
                subservice.parameters(),
                subservice.dependencies().stream()
                        .map(d -> new NodeState.Link(key(d.on()), d.type().identity()))
                        .toList());
    }

    private static NodeKey key(SubserviceId id) {
        return new NodeKey(id.type(), id.id());
    }
}
