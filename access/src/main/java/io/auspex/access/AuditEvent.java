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
     * @param changes operation and path of the first edits, without values
     * @param count how many edits there were
     */
    record Edited(Principal by, String datastore, List<String> changes, int count) implements AuditEvent {
        public Edited {
            changes = List.copyOf(changes);
        }

        /** With all changes named. */
        public Edited(Principal by, String datastore, List<String> changes) {
            this(by, datastore, changes, changes.size());
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
