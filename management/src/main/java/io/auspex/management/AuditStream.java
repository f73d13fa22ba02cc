package io.auspex.management;

import io.auspex.access.Audit;
import io.auspex.access.AuditEvent;
import io.auspex.access.PeerAddress;
import io.auspex.access.Principal;
import io.auspex.access.ShownText;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.ModelContext;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.function.Consumer;

/**
 * Publishes what an audit log records as the notifications of auspex-audit, and passes it on. Of logins that fail, which anybody
 * can make, no more is published than {@link StrangerQuota} allows.
 */
public final class AuditStream implements Audit {
    public static final String NAME = "audit";

    private final ModelContext model;
    private final EventStream stream;
    private final InstantSource clock;
    private final Audit log;
    private final StrangerQuota strangers;

    public AuditStream(ModelContext model, EventStream stream, InstantSource clock, Audit log) {
        this.model = model;
        this.stream = stream;
        this.clock = clock;
        this.log = log;
        strangers = new StrangerQuota(clock);
    }

    @Override
    public void note(AuditEvent event) {
        log.note(event);
        switch (event) {
            case AuditEvent.LoggedIn(var user, var source, var method) ->
                publish("logged-in", n -> author(n, user, source).text("method", method));
            case AuditEvent.LoginFailed(var user, var source, var why) ->
                strangers
                        .admit(PeerAddress.host(source))
                        .ifPresent(untold -> publish("login-failed", n -> {
                            author(n, user, source).leaf("reason", ShownText.of(why));
                            if (untold > 0) {
                                n.leaf("untold", Math.min(untold, 0xffff_ffffL));
                            }
                        }));
            case AuditEvent.SessionStarted(var by, var session) ->
                publish("session-started", n -> author(n, by).leaf("session-id", session));
            case AuditEvent.SessionEnded(var by, var session, var why) ->
                publish(
                        "session-ended",
                        n -> author(n, by).leaf("session-id", session).leaf("reason", ShownText.of(why)));
            case AuditEvent.Edited(var by, var datastore, var changes, var count) ->
                publish("configuration-edited", n -> {
                    author(n, by).leaf("datastore", datastore);
                    var shown = new LinkedHashSet<String>();
                    changes.stream().map(ShownText::of).forEach(shown::add);
                    shown.forEach(change -> n.value("change", change));
                    n.leaf("changes", (long) count);
                });
            case AuditEvent.Invoked(var by, var operation) ->
                publish("operation-invoked", n -> author(n, by).leaf("operation", ShownText.of(operation)));
            case AuditEvent.Denied(var by, var access, var target) ->
                publish(
                        "access-denied",
                        n -> author(n, by).text("access", access.toString()).leaf("target", ShownText.of(target)));
        }
    }

    private static NodeBuilder author(NodeBuilder node, Principal by) {
        return author(node, by.name(), by.source());
    }

    private static NodeBuilder author(NodeBuilder node, String user, String source) {
        return node.leaf("user", ShownText.of(user)).leaf("source", ShownText.of(source));
    }

    private void publish(String name, Consumer<NodeBuilder> content) {
        var schema = model.notification("auspex-audit", name).orElseThrow();
        stream.publish(new Notification(clock.instant(), NodeBuilder.node(schema, content)));
    }
}
