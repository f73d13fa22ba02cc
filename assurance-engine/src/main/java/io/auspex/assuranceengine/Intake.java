package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.collection.MetricBatch;
import io.auspex.assuranceengine.collection.MetricHandle;
import io.auspex.expressions.Samples;
import io.auspex.expressions.Value;
import io.auspex.expressions.ValueType;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes metric values in: finds their slot, settles which candidate a device serves, and marks what has to be evaluated. */
final class Intake {
    private static final int AT_ONCE = 256;

    private final EngineState state;
    private final MetricSlots slots;
    private final Nodes nodes;
    private final Freshness freshness;
    /** Candidates that answered without a value, one bit each, for slots that no candidate has served yet. */
    private final Map<Integer, Integer> unserved = new HashMap<>();

    private final int[] bases = new int[AT_ONCE];
    /** The reception that is worked on, as the slots and as the windows count time. */
    private int tenths;

    private long millis;
    private long taken;
    private long obsolete;

    Intake(EngineState state, Freshness freshness) {
        this.state = state;
        this.slots = state.slots;
        this.nodes = state.nodes;
        this.freshness = freshness;
    }

    long taken() {
        return taken;
    }

    long obsolete() {
        return obsolete;
    }

    /**
     * Takes values that were received when the batch says, or else as it was offered.
     *
     * @param origin of the engine's time, in nanoseconds, as {@code offeredAt} is
     */
    void take(MetricBatch batch, long offeredAt, long origin) {
        int size = batch.size();
        taken += size;
        for (int from = 0; from < size; from += AT_ONCE) {
            int count = Math.min(AT_ONCE, size - from);
            locate(batch, from, count);
            for (int i = 0; i < count; i++) {
                at(Math.floorDiv(Math.min(batch.time(from + i), offeredAt) - origin, 1_000_000));
                take(batch, from + i, bases[i]);
            }
        }
    }

    private void at(long newMillis) {
        millis = newMillis;
        tenths = (int) Math.floorDiv(newMillis, 100);
    }

    /** Finds where the metrics of each value's subservice lie: by itself, so that the memory is asked for many at once. */
    private void locate(MetricBatch batch, int from, int count) {
        for (int i = 0; i < count; i++) {
            long handle = batch.handle(from + i);
            bases[i] = nodes.base(MetricHandle.node(handle), MetricHandle.generation(handle));
        }
    }

    private void take(MetricBatch batch, int i, int base) {
        long handle = batch.handle(i);
        int node = MetricHandle.node(handle);
        int metric = MetricHandle.metric(handle);
        CompiledType type = base < 0 ? null : nodes.type(node);
        if (type == null || metric >= type.metrics) {
            obsolete++;
            return;
        }
        int candidate = MetricHandle.candidate(handle);
        int slot = base + metric;
        double number = batch.number(i);
        Object other = batch.other(i);
        if (slots.isAnsweredAfter(slot, tenths)) {
            obsolete++;
            return;
        }
        if (other == null
                && type.valueType(metric) == ValueType.NUM
                && Double.isFinite(number)
                && slots.isPresentFrom(slot, candidate)) {
            renew(node, type, metric, slot, number);
        } else {
            takeSlowly(node, type, metric, candidate, number, other);
        }
        freshness.look(node, type, metric);
    }

    /** Takes a value that a probe reports, unless it has one that was seen later. */
    void report(int node, CompiledType type, int metric, Value value, long observedAt) {
        taken++;
        at(observedAt);
        int slot = nodes.base(node) + metric;
        if (slots.isAnsweredAfter(slot, tenths)) {
            obsolete++;
            return;
        }
        accept(node, type, metric, value);
        freshness.look(node, type, metric);
    }

    /** Sets a metric that the engine itself knows, as of now. */
    void setKnown(int node, CompiledType type, int metric, Value value) {
        at(state.millis);
        accept(node, type, metric, value);
    }

    private void accept(int node, CompiledType type, int metric, Value value) {
        MetricBatch one = new MetricBatch().add(0, value);
        accept(node, type, metric, 0, one.number(0), one.other(0));
    }

    /** Forgets what the slots of a subservice hold. */
    void forget(int node, CompiledType type) {
        for (int metric = 0; metric < type.metrics; metric++) {
            int slot = nodes.base(node) + metric;
            releaseText(type, metric, slot);
            unserved.remove(slot);
        }
    }

    /** The device announced other modules: candidates that answered without a value may answer now. */
    void reconsider(int node, CompiledType type, Device device) {
        for (int metric = 0; metric < type.metrics; metric++) {
            int slot = nodes.base(node) + metric;
            if (type.metric(metric).source() instanceof MetricSource.Device source) {
                unserved.remove(slot);
                int kind = slots.kind(slot);
                boolean served = device.choice(type, metric, source).order.length > 0;
                if (!served && kind != MetricSlots.MODEL_MISSING) {
                    releaseText(type, metric, slot);
                    slots.set(slot, MetricSlots.MODEL_MISSING, Double.NaN, state.tenths, 0, null);
                    state.markDirty(node, 1 << metric);
                } else if (served && (kind == MetricSlots.MODEL_MISSING || kind == MetricSlots.UNSUPPORTED)) {
                    slots.set(slot, MetricSlots.NEVER, Double.NaN, state.tenths, 0, null);
                    state.markDirty(node, 1 << metric);
                }
            }
        }
    }

    private void renew(int node, CompiledType type, int metric, int slot, double number) {
        double old = slots.lastValue(slot);
        slots.renew(slot, number, tenths);
        if (type.isWindowed(metric)) {
            remember(node, type, metric, number);
        }
        if (!type.isIndifferent(metric, old, number)) {
            state.markDirty(node, 1 << metric);
        }
    }

    private void takeSlowly(
            int node, CompiledType type, int metric, int candidate, double number, @Nullable Object other) {
        Device device = state.deviceOf(node);
        if (!(type.metric(metric).source() instanceof MetricSource.Device source) || device == null) {
            obsolete++;
            return;
        }
        Device.Choice choice = device.choice(type, metric, source);
        int place = choice.place(candidate);
        boolean worse = choice.chosen != Device.Choice.NONE && place > choice.place(choice.chosen);
        if (place == choice.order.length || worse) {
            obsolete++;
        } else if (choice.chosen == candidate) {
            accept(node, type, metric, candidate, number, other);
        } else if (!(other instanceof Value.Absent)) {
            choice.chosen = candidate;
            state.touchedDevices.add(device);
            accept(node, type, metric, candidate, number, other);
        } else if (choice.chosen == Device.Choice.NONE) {
            noteUnserved(node, metric, choice, candidate);
        } else {
            obsolete++;
        }
    }

    private void noteUnserved(int node, int metric, Device.Choice choice, int candidate) {
        int slot = nodes.base(node) + metric;
        int answered = unserved.merge(slot, 1 << candidate, (a, b) -> a | b);
        if (Integer.bitCount(answered) == choice.order.length) {
            unserved.remove(slot);
            int before = slots.kind(slot);
            slots.set(slot, MetricSlots.UNSUPPORTED, Double.NaN, tenths, 0, null);
            if (before != MetricSlots.UNSUPPORTED) {
                state.markDirty(node, 1 << metric);
            }
        }
    }

    private void accept(int node, CompiledType type, int metric, int candidate, double number, @Nullable Object other) {
        int slot = nodes.base(node) + metric;
        unserved.remove(slot);
        String reason = switch (other) {
            case Value.Absent(var why) -> why;
            case MetricBatch.Invalid(var why) -> why;
            case null -> wrongType(type.valueType(metric), ValueType.NUM, number);
            case String _ -> wrongType(type.valueType(metric), ValueType.TEXT, 0);
            default -> wrongType(type.valueType(metric), ValueType.BOOL, 0);
        };
        int kind = reason == null
                ? MetricSlots.PRESENT
                : other instanceof Value.Absent ? MetricSlots.MISSING : MetricSlots.INVALID;
        double value = kind != MetricSlots.PRESENT
                ? Double.NaN
                : other instanceof String text ? state.texts.acquire(text) : number;
        boolean same = kind == slots.kind(slot)
                && !slots.isStale(slot)
                && Double.compare(value, slots.value(slot)) == 0
                && Objects.equals(reason, slots.reason(slot));
        // The new text is acquired before the old one is released, so that different texts never have one code.
        releaseText(type, metric, slot);
        slots.set(slot, kind, value, tenths, candidate, reason);
        if (type.isWindowed(metric)) {
            remember(node, type, metric, value);
        }
        if (!same || type.isWindowed(metric)) {
            state.markDirty(node, 1 << metric);
        }
    }

    private static @Nullable String wrongType(ValueType wanted, ValueType got, double number) {
        if (wanted != got) {
            return "expected a " + wanted + ", got a " + got;
        }
        return got == ValueType.NUM && !Double.isFinite(number) ? "expected a finite number, got " + number : null;
    }

    private void releaseText(CompiledType type, int metric, int slot) {
        double code = slots.lastValue(slot);
        if (type.valueType(metric) == ValueType.TEXT && !Double.isNaN(code)) {
            state.texts.release((int) code);
        }
    }

    private void remember(int node, CompiledType type, int metric, double value) {
        @Nullable Samples[] pasts = state.pasts.computeIfAbsent(node, n -> type.newPasts());
        Samples past = pasts[metric];
        if (past != null) {
            past.add(millis, value);
        }
    }
}
