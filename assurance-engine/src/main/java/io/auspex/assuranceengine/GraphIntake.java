package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.collection.DeviceSession;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.GraphUpdate;
import io.auspex.assuranceengine.graph.Impact;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Brings the writer's arrays in line with a changed assurance graph, touching only what changed. */
final class GraphIntake {
    private static final Value NOT_MEASURED = new Value.Absent("not measured in this session");

    private final EngineState state;
    private final Intake intake;
    private final Propagation propagation;

    GraphIntake(EngineState state, Intake intake, Propagation propagation) {
        this.state = state;
        this.intake = intake;
        this.propagation = propagation;
    }

    void apply(GraphUpdate update) {
        AssuranceGraph before = update.before();
        AssuranceGraph after = update.after();
        state.nodes.ensure(after.indexBound());
        state.states.ensure(after.indexBound());
        BitSet changed = new BitSet();
        for (SubserviceId id : update.changed()) {
            before.node(id).ifPresent(old -> changed.set(old.index()));
        }
        state.nodes.clearDependencies(changed);
        for (SubserviceId id : update.changed()) {
            GraphNode old = before.node(id).orElse(null);
            GraphNode now = after.node(id).orElse(null);
            if (old != null && (now == null || !sameObject(old.subservice(), now.subservice()))) {
                release(old.index());
            }
        }
        for (SubserviceId id : update.reranked()) {
            after.node(id).ifPresent(now -> state.nodes.set(now.index(), now));
        }
        for (SubserviceId id : update.changed()) {
            after.node(id).ifPresent(this::place);
        }
        for (SubserviceId id : update.changed()) {
            after.node(id).ifPresent(now -> connect(now, after));
        }
    }

    private static boolean sameObject(Subservice a, Subservice b) {
        return a.parameters().equals(b.parameters());
    }

    private void place(GraphNode now) {
        int index = now.index();
        boolean isNew = !state.nodes.exists(index);
        state.nodes.set(index, now);
        if (isNew) {
            install(index, now.subservice());
            // Another object under the same key: what depends on it has seen the health of the one before.
            propagation.enqueueDependents(index);
        }
        // Even without new values maintenance may have come or gone; the edges are new in any case.
        state.markDirty(index, isNew ? -1 : 0);
        propagation.enqueue(index);
    }

    private void connect(GraphNode now, AssuranceGraph after) {
        ToIntFunction<SubserviceId> index =
                id -> after.node(id).map(GraphNode::index).orElseThrow();
        List<Dependency> dependencies = now.subservice().dependencies();
        int[] inFull = dependencies.stream()
                .filter(d -> d.type().impact() instanceof Impact.Full)
                .map(Dependency::on)
                .mapToInt(index)
                .toArray();
        state.nodes.setDependencies(now.index(), inFull, Combination.of(dependencies, index));
    }

    private void install(int index, Subservice subservice) {
        CompiledType type = state.types.get(subservice.id().type());
        state.states.setHealth(index, HealthCode.NOT_YET_COMPUTED);
        state.states.setFlags(index, 0);
        state.states.setSymptoms(index, OwnSymptoms.NONE);
        state.states.setHistoryStart(index, state.now.toEpochMilli());
        state.changes.touchNew(index);
        if (type == null) {
            state.nodes.install(index, null, 0, Nodes.NO_DEVICE);
            return;
        }
        int base = state.slots.allocate(type.metrics);
        String parameter = type.definition.deviceParameter();
        String name = parameter == null ? null : subservice.parameters().get(parameter);
        if (name == null) {
            state.nodes.install(index, type, base, Nodes.NO_DEVICE);
        } else {
            Device device = state.device(name);
            state.nodes.install(index, type, base, device.index);
            device.nodes.add(index);
            state.touchedDevices.add(device);
            intake.reconsider(index, type, device);
            setKnown(index, type, device);
        }
    }

    /** The session with a device is another one now. */
    void takeSession(Device device, DeviceSession session) {
        boolean wasUp = device.isUp();
        device.session = session;
        for (int i = 0; i < device.nodes.size(); i++) {
            int node = device.nodes.get(i);
            CompiledType type = state.nodes.type(node);
            if (type != null) {
                if (wasUp) {
                    renewContact(node, type);
                }
                setKnown(node, type, device);
            }
        }
    }

    /** Something else is known of the device than before. */
    void takeWhatIsKnown(Device device) {
        for (int i = 0; i < device.nodes.size(); i++) {
            int node = device.nodes.get(i);
            CompiledType type = state.nodes.type(node);
            if (type != null) {
                setKnown(node, type, device);
            }
        }
    }

    /** As long as the session was up there was contact, so it grows old from now on. */
    private void renewContact(int node, CompiledType type) {
        for (int m = 0; m < type.metrics; m++) {
            int slot = state.nodes.base(node) + m;
            if (type.metric(m).source() instanceof MetricSource.Contact && state.slots.isPresentFrom(slot, 0)) {
                state.slots.renew(slot, 1, state.tenths);
            }
        }
    }

    /** Gives the metrics that the engine itself knows of the device their value. */
    private void setKnown(int index, CompiledType type, Device device) {
        for (int m = 0; m < type.metrics; m++) {
            Value known = switch (type.metric(m).source()) {
                case MetricSource.Session _ ->
                    device.session == null
                            ? null
                            : new Value.Text(device.session.state().text());
                case MetricSource.Contact _ -> device.isUp() ? new Value.Bool(true) : null;
                case MetricSource.ClockSkew _ -> clockSkew(state.nodes.base(index) + m, device);
                case MetricSource.Device _, MetricSource.Reported _ -> null;
            };
            if (known != null) {
                intake.setKnown(index, type, m, known);
            }
        }
    }

    /** What was measured counts for the session in which it was. */
    private @Nullable Value clockSkew(int slot, Device device) {
        Duration ahead = device.clockAhead;
        if (ahead != null) {
            return new Value.Num(ahead.toMillis() / 1000.0);
        }
        return state.slots.kind(slot) == MetricSlots.NEVER ? null : NOT_MEASURED;
    }

    private void release(int index) {
        Nodes nodes = state.nodes;
        state.changes.touchRemoved(index);
        CompiledType type = nodes.type(index);
        if (type != null) {
            intake.forget(index, type);
            state.slots.free(nodes.base(index), type.metrics);
        }
        state.pasts.remove(index);
        Device device = state.deviceOf(index);
        if (device != null) {
            device.nodes.remove(index);
            state.touchedDevices.add(device);
        }
        nodes.remove(index);
        state.states.setSymptoms(index, OwnSymptoms.NONE);
        state.states.setHealth(index, HealthCode.NOT_YET_COMPUTED);
        state.states.setFlags(index, 0);
    }
}
