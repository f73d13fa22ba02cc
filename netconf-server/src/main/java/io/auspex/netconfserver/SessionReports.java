package io.auspex.netconfserver;

import io.auspex.access.Audit;
import io.auspex.access.AuditEvent;
import io.auspex.management.BaseNotifications;

/** Tells of sessions in the audit log and by netconf-session-start and netconf-session-end (RFC 6470 §2.2). */
public record SessionReports(BaseNotifications notifications, Audit audit) implements SessionListener {
    @Override
    public void started(NetconfSession session) {
        notifications.sessionStarted(session.principal(), session.id());
        audit.note(new AuditEvent.SessionStarted(session.principal(), session.id()));
    }

    @Override
    public void ended(NetconfSession session, SessionEnd end) {
        notifications.sessionEnded(
                session.principal(), session.id(), end.reason().toString(), end.killedBy());
        audit.note(new AuditEvent.SessionEnded(session.principal(), session.id(), end.text()));
    }
}
