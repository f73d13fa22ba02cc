package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.MetricSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds the metrics whose newest value is too old to tell. When the process itself was stopped for a while, every value gets
 * its full time again from then on: that nothing came in says nothing about the devices.
 */
final class Freshness {
    /** A longer time between two batches means that the process was stopped, in tenths of a second. */
    private static final int PAUSE = 30;

    private final EngineState state;
    private final Rounds rounds = new Rounds(10);
    private int graceFrom = Integer.MIN_VALUE;

    Freshness(EngineState state) {
        this.state = state;
    }

    /** Marks what has become stale; to be called with each batch, and looks at each subservice about once a second. */
    void look() {
        if (rounds.passed(state.tenths) > PAUSE) {
            graceFrom = state.tenths;
        }
        rounds.visit(state.tenths, state.nodes.capacity(), this::look);
    }

    private void look(int node) {
        CompiledType type = state.nodes.type(node);
        if (type != null) {
            look(node, type);
        }
    }

    private void look(int node, CompiledType type) {
        MetricSlots slots = state.slots;
        Device device = state.deviceOf(node);
        int[] limits = type.limitsInTenths(state.periodOf(node));
        int base = state.nodes.base(node);
        for (int m = 0; m < type.metrics; m++) {
            int slot = base + m;
            int kind = slots.kind(slot);
            boolean answered = kind != MetricSlots.NEVER && kind != MetricSlots.MODEL_MISSING;
            if (answered && !slots.isStale(slot)) {
                long age = state.tenths - (long) Math.max(slots.time(slot), graceFrom);
                if (age > limits[m] && !isInContact(type, m, device)) {
                    slots.setStale(slot);
                    state.markDirty(node, 1 << m);
                }
            }
        }
        if (type.timedRules().length > 0) {
            state.markDirty(node, -1);
        }
    }

    private static boolean isInContact(CompiledType type, int m, @Nullable Device device) {
        return type.metric(m).source() instanceof MetricSource.Contact && device != null && device.isUp();
    }
}
