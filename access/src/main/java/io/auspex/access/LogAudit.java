package io.auspex.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes audit events to the logger {@code io.auspex.audit}. */
public final class LogAudit implements Audit {
    private static final Logger LOG = LoggerFactory.getLogger("io.auspex.audit");
    private static final int CHANGES_SHOWN = 4_096;

    @Override
    public void note(AuditEvent event) {
        switch (event) {
            case AuditEvent.LoggedIn(var user, var source, var method) ->
                line("user", user)
                        .addKeyValue("source", ShownText.of(source))
                        .addKeyValue("method", method)
                        .log("logged in");
            case AuditEvent.LoginFailed(var user, var source, var why) ->
                line("user", user)
                        .addKeyValue("source", ShownText.of(source))
                        .addKeyValue("why", why)
                        .log("login failed");
            case AuditEvent.SessionStarted(var by, var session) ->
                line(by).addKeyValue("session", session).log("session started");
            case AuditEvent.SessionEnded(var by, var session, var why) ->
                line(by).addKeyValue("session", session)
                        .addKeyValue("why", ShownText.of(why))
                        .log("session ended");
            case AuditEvent.Edited(var by, var datastore, var changes, var count) ->
                line(by).addKeyValue("datastore", datastore)
                        .addKeyValue("changes", ShownText.of(String.join(", ", changes), CHANGES_SHOWN))
                        .addKeyValue("count", count)
                        .log("configuration edited");
            case AuditEvent.Invoked(var by, var operation) ->
                line(by).addKeyValue("operation", ShownText.of(operation)).log("operation invoked");
            case AuditEvent.Denied(var by, var access, var target) ->
                line(by).addKeyValue("access", access)
                        .addKeyValue("target", ShownText.of(target))
                        .log("access denied");
        }
    }

    private static LoggingEventBuilder line(Principal by) {
        return line("user", by.name()).addKeyValue("source", ShownText.of(by.source()));
    }

    private static LoggingEventBuilder line(String key, String value) {
        return LOG.atInfo().addKeyValue(key, ShownText.of(value));
    }
}
