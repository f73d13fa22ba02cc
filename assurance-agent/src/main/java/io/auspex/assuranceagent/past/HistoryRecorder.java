package io.auspex.assuranceagent.past;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.HealthChange;
import io.auspex.assuranceengine.HealthListener;
import io.auspex.assuranceengine.MetricReading;
import io.auspex.assuranceengine.Symptom;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import io.auspex.history.History;
import io.auspex.history.HistoryRecord;
import io.auspex.history.NodeKey;
import io.auspex.history.NodeState;
import io.auspex.history.PastSymptom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the history each change of graph, score and symptoms, and the metric values behind a change of symptoms. When records
 * were lost, the whole graph is told again, and the state of the subservices concerned, so that the history is right from then
 * on.
 */
public final class HistoryRecorder implements HealthListener {
    /** The engine's writer waits while values are read, so after a storm not all are. */
    private static final int MOST_READINGS = 1_000;

    private final AssuranceEngine engine;
    private final History history;
    private final AtomicBoolean wholeGraphIsDue = new AtomicBoolean(true);
    /** Subservices of which the history does not know how they stand. */
    private final Set<SubserviceId> missed = ConcurrentHashMap.newKeySet();
    /** Graphs are told in the order in which they came about. */
    private final ReentrantLock telling = new ReentrantLock();

    private volatile AssuranceGraph told = AssuranceGraph.empty();

    public HistoryRecorder(AssuranceEngine engine, History history) {
        this.engine = engine;
        this.history = history;
    }

    /** Some subservices were added, changed or removed. */
    public void graphChanged(Collection<SubserviceId> concerned) {
        telling.lock();
        try {
            tellGraph(engine.graph(), concerned);
        } finally {
            telling.unlock();
        }
    }

    private void tellGraph(AssuranceGraph graph, Collection<SubserviceId> concerned) {
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
        told = graph;
    }

    @Override
    public void healthChanged(List<HealthChange> changes, EngineSnapshot snapshot, Instant at) {
        tellFirst(changes);
        List<HistoryRecord> records = new ArrayList<>();
        List<SubserviceId> changed = new ArrayList<>();
        for (HealthChange change : changes) {
            boolean symptomsChanged =
                    !(change.started().isEmpty() && change.stopped().isEmpty());
            if (change.scoreChanged() || symptomsChanged) {
                snapshot.graph().node(change.id()).ifPresent(node -> records.add(health(node, snapshot, at)));
            }
            if (symptomsChanged && changed.size() < MOST_READINGS) {
                changed.add(change.id());
            }
        }
        List<SubserviceId> caughtUp = catchUp(snapshot, at, records);
        if (!offer(records)) {
            changes.forEach(change -> missed.add(change.id()));
            missed.addAll(caughtUp);
        }
        if (!changed.isEmpty()) {
            offer(values(changed, at));
        }
    }

    /** The history takes no health of a subservice that it knows to be gone: that it is back has to be told before. */
    private void tellFirst(List<HealthChange> changes) {
        List<SubserviceId> untold = changes.stream()
                .map(HealthChange::id)
                .filter(id -> told.node(id).isEmpty())
                .toList();
        if (wholeGraphIsDue.get() || !untold.isEmpty()) {
            graphChanged(untold);
        }
    }

    private static HistoryRecord health(GraphNode node, EngineSnapshot snapshot, Instant at) {
        List<PastSymptom> symptoms = new ArrayList<>();
        for (Symptom symptom : snapshot.ownSymptoms(node)) {
            symptoms.add(new PastSymptom(
                    symptom.id(), symptom.name(), symptom.weight(), symptom.description(), symptom.start(), null));
        }
        return new HistoryRecord.Health(
                at, key(node.subservice().id()), snapshot.health(node).wireValue(), symptoms);
    }

    /** Some changes will not be told: how things stand is told of those subservices when there is time again. */
    public void missed(List<HealthChange> changes) {
        history.lose(changes.size());
        changes.forEach(change -> missed.add(change.id()));
    }

    private List<SubserviceId> catchUp(EngineSnapshot snapshot, Instant at, List<HistoryRecord> records) {
        List<SubserviceId> caughtUp = new ArrayList<>();
        if (missed.isEmpty() || history.statistics().waiting() > MOST_READINGS) {
            return caughtUp;
        }
        Iterator<SubserviceId> ids = missed.iterator();
        for (int i = 0; i < MOST_READINGS && ids.hasNext(); i++) {
            SubserviceId id = ids.next();
            ids.remove();
            caughtUp.add(id);
            snapshot.graph().node(id).ifPresent(node -> records.add(health(node, snapshot, at)));
        }
        return caughtUp;
    }

    /** The values behind some subservices; asked for last, as the engine may be too busy to answer. */
    private List<HistoryRecord> values(List<SubserviceId> ids, Instant at) {
        List<HistoryRecord> values = new ArrayList<>();
        engine.readings(ids).forEach((id, readings) -> values(key(id), readings, at, values));
        return values;
    }

    private static void values(NodeKey key, List<MetricReading> readings, Instant at, List<HistoryRecord> records) {
        for (MetricReading reading : readings) {
            if (!(reading.value() instanceof Value.Absent)) {
                records.add(new HistoryRecord.MetricValue(
                        at, key, reading.definition().name(), reading.value().toString()));
            }
        }
    }

    private boolean offer(List<HistoryRecord> records) {
        boolean taken = history.offer(records);
        if (!taken) {
            wholeGraphIsDue.set(true);
        }
        return taken;
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
