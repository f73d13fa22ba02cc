package io.auspex.management;

import io.auspex.access.Principal;
import io.auspex.datastore.Change;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.datastore.PendingCommits;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells of every commit to running, and who made it, by netconf-config-change (RFC 6470 §2.2). */
public final class CommitReports implements CommitListener {
    private static final Asker NOBODY = new Asker(null, 0);

    private final BaseNotifications notifications;

    /** Those who asked: who is told of a commit is not on its caller's thread. */
    private final PendingCommits<Asker> askers = new PendingCommits<>();

    private record Asker(@Nullable Principal principal, long session) {}

    public CommitReports(BaseNotifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public void validate(ChangeSet changes) {
        var principal = Principal.CURRENT.isBound() ? Principal.CURRENT.get() : null;
        askers.put(changes.version(), new Asker(principal, DatastoreControl.session()));
    }

    @Override
    public void committed(ChangeSet set) {
        var asker = Objects.requireNonNullElse(askers.take(set.version()), NOBODY);
        notifications.configChanged(asker.principal(), asker.session(), set.changes());
    }

    /** The edit operation that makes a change. */
    static String operation(Change change) {
        return change.before() == null ? "create" : change.after() == null ? "delete" : "replace";
    }
}
