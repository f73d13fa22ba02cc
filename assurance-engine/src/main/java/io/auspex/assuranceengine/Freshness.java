package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.MetricSource;

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

    /** Notices that the process was stopped; to be called before each batch. */
    void noticePause() {
        if (rounds.passed(state.tenths) > PAUSE) {
            graceFrom = state.tenths;
        }
    }

    /** Marks what has become stale; to be called with each batch, and looks at each subservice about once a second. */
    void look() {
        rounds.visit(state.tenths, state.nodes.capacity(), this::look);
    }

    private void look(int node) {
        CompiledType type = state.nodes.type(node);
        if (type == null) {
            return;
        }
        for (int m = 0; m < type.metrics; m++) {
            look(node, type, m);
        }
        if (type.timedRules().length > 0) {
            state.markDirty(node, -1);
        }
    }

    /** Marks a metric if it has become stale, or was too old as it came in. */
    void look(int node, CompiledType type, int m) {
        MetricSlots slots = state.slots;
        int slot = state.nodes.base(node) + m;
        long age = state.tenths - (long) Math.max(slots.time(slot), graceFrom);
        if (age <= 0 || slots.isStale(slot)) {
            return;
        }
        int kind = slots.kind(slot);
        boolean answered = kind != MetricSlots.NEVER && kind != MetricSlots.MODEL_MISSING;
        if (answered && age > type.limitsInTenths(state.periodOf(node))[m] && !isInContact(node, type, m)) {
            slots.setStale(slot);
            state.markDirty(node, 1 << m);
        }
    }

    private boolean isInContact(int node, CompiledType type, int m) {
        Device device = state.deviceOf(node);
        return type.metric(m).source() instanceof MetricSource.Contact && device != null && device.isUp();
    }
}
