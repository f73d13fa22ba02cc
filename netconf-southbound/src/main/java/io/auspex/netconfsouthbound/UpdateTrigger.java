package io.auspex.netconfsouthbound;

/** When a device sends updates of a subscription (RFC 8641 §3.1). */
public enum UpdateTrigger {
    /** When something changes. */
    ON_CHANGE,
    /** Every so often. */
    PERIODIC
}
