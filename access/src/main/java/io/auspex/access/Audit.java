package io.auspex.access;

/** Where audit events go. */
@FunctionalInterface
public interface Audit {
    /** Notes an event; never waits and never throws. */
    void note(AuditEvent event);
}
