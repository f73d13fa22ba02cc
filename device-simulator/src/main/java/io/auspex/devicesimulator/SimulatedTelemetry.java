package io.auspex.devicesimulator;

/** How a simulated device lets its state be had. */
public enum SimulatedTelemetry {
    /** It answers who asks. */
    POLLED,
    /** It has subscriptions as well (RFC 8641), with updates every so often. */
    PERIODIC,
    /** It has subscriptions, and tells what changes: counters once a second. */
    ON_CHANGE
}
