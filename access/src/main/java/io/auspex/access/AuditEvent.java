package io.auspex.access;

import java.util.List;

/** Something that an auditor wants to know; no event holds a secret. */
public sealed interface AuditEvent {
    /** A user proved who it is; a password remembered as right makes no event. */
    record LoggedIn(String user, String source, String method) implements AuditEvent {}

    /** Someone failed to prove who they are. */
    record LoginFailed(String user, String source, String why) implements AuditEvent {}

    /** A session began. */
    record SessionStarted(Principal by, long session) implements AuditEvent {}

    /** A session ended. */
    record SessionEnded(Principal by, long session, String why) implements AuditEvent {}

    /**
     * A configuration was changed.
     *
     * @param changes operation and path of each edit, without values
     */
    record Edited(Principal by, String datastore, List<String> changes) implements AuditEvent {
        public Edited {
            changes = List.copyOf(changes);
        }
    }

    /** An rpc or action was done. */
    record Invoked(Principal by, String operation) implements AuditEvent {}

    /**
     * Access control refused something.
     *
     * @param access create, update, delete, exec or read
     * @param target the node or operation
     */
    record Denied(Principal by, Access access, String target) implements AuditEvent {}
}
