package io.auspex.assuranceengine.catalogue;

import java.util.List;

/** Where the values of a metric come from. */
public sealed interface MetricSource {

    /** Leaves of the device, the first candidate being preferred. */
    record Device(List<MetricImplementation> candidates) implements MetricSource {
        /** Most candidates that a metric may have. */
        public static final int MOST = 15;

        public Device {
            candidates = List.copyOf(candidates);
            if (candidates.isEmpty() || candidates.size() > MOST) {
                throw new IllegalArgumentException(
                        "expected 1 to " + MOST + " implementations, got " + candidates.size());
            }
        }
    }

    /** The state of the session with the device, as text: see {@link io.auspex.assuranceengine.collection.SessionState}. */
    record Session() implements MetricSource {}

    /** {@code true}, as of the last moment at which the session was up: it grows stale while there is none. */
    record Contact() implements MetricSource {}

    /** How far the device's clock is ahead of ours, in seconds, negative when it is behind; absent until that is measured. */
    record ClockSkew() implements MetricSource {}

    /** Values that probes report from outside. */
    record Reported() implements MetricSource {}
}
