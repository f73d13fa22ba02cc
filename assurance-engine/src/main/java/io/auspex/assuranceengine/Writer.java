package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.Platform;
import io.auspex.assuranceengine.collection.CollectionPlan;
import io.auspex.assuranceengine.collection.SessionState;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The one that changes the engine's state: works off batches of events and publishes what came of them. Not thread-safe. */
final class Writer {
    /** An older value is as good as this old, in milliseconds. */
    private static final long LONGEST_AGE = Duration.ofDays(365).toMillis();

    private final EngineState state;
    private final Intake intake;
    private final OwnHealth ownHealth;
    private final Propagation propagation;
    private final GraphIntake graphIntake;
    private final Freshness freshness;
    private final Rounds collection = new Rounds(600);
    private final Plans plans;
    private final Descriptions descriptions;
    private final long origin;
    private AssuranceGraph graph = AssuranceGraph.empty();
    private EngineSnapshot snapshot;
    private long batches;

    Writer(EngineConfig config, Catalogue catalogue, Instant start, long origin) {
        this.origin = origin;
        this.state = new EngineState(config, catalogue, start);
        this.freshness = new Freshness(state);
        this.intake = new Intake(state, freshness);
        this.descriptions = new Descriptions(state);
        this.ownHealth = new OwnHealth(state, descriptions);
        this.propagation = new Propagation(state, ownHealth);
        this.graphIntake = new GraphIntake(state, intake, propagation);
        this.plans = new Plans(state);
        this.snapshot = new EngineSnapshot(graph, state.states.publish(), catalogue, start);
    }

    /** What came of a batch. */
    record Outcome(List<HealthChange> changes, EngineSnapshot snapshot, List<String> outdatedPlans) {}

    /** Works off the events, and what time alone brings about. */
    Outcome process(List<EngineEvent> events, Instant now, long ticker) {
        state.now = now.isBefore(state.now) ? state.now : now;
        state.millis = (ticker - origin) / 1_000_000;
        state.tenths = (int) (state.millis / 100);
        freshness.noticePause();
        for (EngineEvent event : events) {
            apply(event);
        }
        passTime();
        settle();
        List<HealthChange> changes = state.changes.take();
        if (state.states.isChanged() || snapshot.graph() != graph) {
            snapshot = snapshot.next(graph, state.states.publish(), state.now);
        }
        batches++;
        return new Outcome(changes, snapshot, plans.takeOutdated());
    }

    private void apply(EngineEvent event) {
        switch (event) {
            case EngineEvent.GraphChanged(var update) -> {
                // Values before the change belong to the graph before it.
                settle();
                graphIntake.apply(update);
                graph = update.after();
            }
            case EngineEvent.Values(var batch, var offeredAt) -> intake.take(batch, offeredAt, origin);
            case EngineEvent.Reported(var values, var at, var receivedAt) ->
                values.forEach(value -> report(value, millisOf(receivedAt) - age(value, at)));
            case EngineEvent.SessionChanged(var session) -> {
                Device device = state.device(session.device());
                boolean isUp = session.state() == SessionState.UP;
                if (!device.isUp() && isUp && device.forgetGuesses()) {
                    state.touchedDevices.add(device);
                }
                if (device.isUp() != isUp) {
                    device.clockAhead = null;
                }
                graphIntake.takeSession(device, session);
            }
            case EngineEvent.ModulesAnnounced(var name, var modules) -> {
                Device device = state.device(name);
                if (device.announce(modules)) {
                    reconsider(device);
                }
            }
            case EngineEvent.ClockMeasured(var name, var ahead) -> {
                Device device = state.device(name);
                device.clockAhead = ahead;
                graphIntake.takeWhatIsKnown(device);
            }
            case EngineEvent.PeriodSet(var name, var period) -> {
                Device device = state.device(name);
                device.period = period;
                device.configured = true;
                state.touchedDevices.add(device);
            }
            case EngineEvent.PlatformSet(var name, var platform) -> {
                Device device = state.device(name);
                device.configured = true;
                if (device.setPlatform(platform)) {
                    reconsider(device);
                }
            }
            case EngineEvent.DeviceForgotten(var name) -> forget(name);
            case EngineEvent.Barrier _ -> {}
        }
    }

    /** How long ago a probe saw a value, in milliseconds; a clock that runs ahead of ours saw it just now. */
    private static long age(ReportedValue value, Instant at) {
        Instant observedAt = value.observedAt();
        return observedAt == null || observedAt.isAfter(at)
                ? 0
                : Math.min(LONGEST_AGE, Duration.between(observedAt, at).toMillis());
    }

    private void report(ReportedValue value, long millis) {
        GraphNode node = graph.node(value.subservice()).orElse(null);
        CompiledType type = node == null ? null : state.nodes.type(node.index());
        for (int m = 0; node != null && type != null && m < type.metrics; m++) {
            MetricDefinition metric = type.metric(m);
            if (metric.name().equals(value.metric()) && metric.source() instanceof MetricSource.Reported) {
                intake.report(node.index(), type, m, value.value(), millis);
            }
        }
    }

    private void reconsider(Device device) {
        for (int i = 0; i < device.nodes.size(); i++) {
            int node = device.nodes.get(i);
            CompiledType type = state.nodes.type(node);
            if (type != null) {
                intake.reconsider(node, type, device);
            }
        }
        state.touchedDevices.add(device);
    }

    private void forget(String name) {
        Device device = state.knownDevice(name);
        if (device != null) {
            device.session = null;
            device.clockAhead = null;
            device.period = state.config.defaultPeriod();
            device.configured = false;
            device.planOutdated = false;
            // Both have to be forgotten.
            if (device.announce(Set.of()) | device.setPlatform(Platform.ANY)) {
                reconsider(device);
            }
            state.touchedDevices.add(device);
        }
    }

    private void passTime() {
        freshness.look();
        collection.visit(state.tenths, graph.indexBound(), this::collect);
    }

    /** Drops the ended symptoms of a subservice that are too old to keep. */
    private void collect(int node) {
        OwnSymptoms symptoms = state.states.symptoms(node);
        OwnSymptoms kept = symptoms == OwnSymptoms.NONE ? symptoms : ownHealth.collected(node, symptoms);
        if (kept != symptoms) {
            state.states.setSymptoms(node, kept);
        }
    }

    private void settle() {
        Nodes nodes = state.nodes;
        for (int i = 0; i < state.dirtyNodes.size(); i++) {
            int node = state.dirtyNodes.get(i);
            if (!nodes.exists(node)) {
                nodes.takeDirty(node);
            } else if (ownHealth.evaluate(node)) {
                propagation.enqueue(node);
            }
        }
        state.dirtyNodes.clear();
        propagation.run();
    }

    private long millisOf(long nanos) {
        return (nanos - origin) / 1_000_000;
    }

    long stateBytes() {
        return state.slots.bytes() + state.nodes.bytes() + state.states.bytes();
    }

    EngineSnapshot snapshot() {
        return snapshot;
    }

    EngineStatistics statistics(long lost, int queued) {
        return new EngineStatistics(intake.taken(), lost, intake.obsolete(), batches, queued);
    }

    List<ChosenImplementation> chosen(String name) {
        Device device = state.knownDevice(name);
        return device == null ? List.of() : plans.chosen(device);
    }

    CollectionPlan plan(String name) {
        Device device = state.knownDevice(name);
        return device == null ? new CollectionPlan(name, List.of()) : plans.draw(device);
    }

    List<MetricReading> readings(SubserviceId id) {
        GraphNode node = graph.node(id).orElse(null);
        CompiledType type = node == null ? null : state.nodes.type(node.index());
        List<MetricReading> readings = new ArrayList<>();
        for (int m = 0; node != null && type != null && m < type.metrics; m++) {
            readings.add(reading(node.index(), type, m));
        }
        return readings;
    }

    private MetricReading reading(int node, CompiledType type, int m) {
        MetricDefinition metric = type.metric(m);
        Device device = state.deviceOf(node);
        int slot = state.nodes.base(node) + m;
        boolean never = state.slots.kind(slot) == MetricSlots.NEVER;
        int chosen = device != null && metric.source() instanceof MetricSource.Device source
                ? device.choice(type, m, source).chosen
                : Device.Choice.NONE;
        return new MetricReading(
                metric,
                descriptions.value(node, type, m),
                never ? null : Duration.ofMillis(100L * Math.max(0, state.tenths - state.slots.time(slot))),
                state.slots.isStale(slot),
                chosen != Device.Choice.NONE && metric.source() instanceof MetricSource.Device source
                        ? source.candidates().get(chosen)
                        : null);
    }
}
