package io.auspex.management;

import io.auspex.access.Principal;
import io.auspex.datastore.Change;
import io.auspex.notifications.EventStreams;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.Empty;
import io.auspex.yang.schema.ModelContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Publishes the base notifications of a server on the stream NETCONF (RFC 6470); none where the model does not have them. */
public final class BaseNotifications {
    private static final String MODULE = "ietf-netconf-notifications";
    private static final int MOST_EDITS = 1_000;

    private final ModelContext model;
    private final EventStreams streams;
    private final InstantSource clock;

    public BaseNotifications(ModelContext model, EventStreams streams, InstantSource clock) {
        this.model = model;
        this.streams = streams;
        this.clock = clock;
    }

    /** What happened to a confirmed commit (RFC 6241 §8.4). */
    public enum ConfirmEvent {
        START,
        CANCEL,
        TIMEOUT,
        EXTEND,
        COMPLETE
    }

    /**
     * Running was changed.
     *
     * @param by null for the server itself
     */
    void configChanged(@Nullable Principal by, long session, List<Change> changes) {
        publish("netconf-config-change", change -> {
            change.container("changed-by", who -> {
                if (by == null) {
                    who.leaf("server", Empty.VALUE);
                } else {
                    party(who, by, session);
                }
            });
            change.text("datastore", "running");
            for (var edit : changes.subList(0, Math.min(changes.size(), MOST_EDITS))) {
                change.entry(
                        "edit", e -> e.leaf("target", edit.path()).text("operation", CommitReports.operation(edit)));
            }
        });
    }

    public void sessionStarted(Principal by, long session) {
        publish("netconf-session-start", start -> party(start, by, session));
    }

    /**
     * A session ended.
     *
     * @param reason as the module names it
     * @param killedBy the session that did it; 0 for none
     */
    public void sessionEnded(Principal by, long session, String reason, long killedBy) {
        publish("netconf-session-end", end -> {
            party(end, by, session);
            if (killedBy != 0) {
                end.leaf("killed-by", killedBy);
            }
            end.text("termination-reason", reason);
        });
    }

    /**
     * A confirmed commit began, went on or ended.
     *
     * @param by null for the server itself
     * @param timeout what was asked for, at begin and extension (RFC 6470 §2.2)
     */
    void confirmedCommit(@Nullable Principal by, long session, ConfirmEvent event, @Nullable Duration timeout) {
        publish("netconf-confirmed-commit", commit -> {
            if (event != ConfirmEvent.TIMEOUT && by != null) {
                party(commit, by, session);
            }
            commit.text("confirm-event", event.name().toLowerCase(Locale.ROOT));
            if (timeout != null) {
                commit.leaf("timeout", timeout.toSeconds());
            }
        });
    }

    private static void party(NodeBuilder node, Principal by, long session) {
        node.leaf("username", by.name()).leaf("session-id", session);
        try {
            node.text("source-host", by.host());
        } catch (IllegalArgumentException _) {
            // not over a network
        }
    }

    private void publish(String name, Consumer<NodeBuilder> content) {
        var schema = model.notification(MODULE, name);
        var stream = streams.find("NETCONF");
        if (schema.isPresent() && stream.isPresent()) {
            stream.get().publish(new Notification(clock.instant(), NodeBuilder.node(schema.get(), content)));
        }
    }
}
