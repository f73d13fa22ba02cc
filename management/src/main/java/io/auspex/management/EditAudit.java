package io.auspex.management;

import io.auspex.access.Audit;
import io.auspex.access.AuditEvent;
import io.auspex.access.Principal;
import io.auspex.datastore.Change;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.datastore.PendingCommits;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Notes every commit to running in the audit log, with its author and what it changed, whichever protocol it came by. A commit
 * is noted once it is durable; its author is who was bound when it was validated.
 */
public final class EditAudit implements CommitListener, AutoCloseable {
    private static final int SHOWN = 20;
    private static final int WAITING = 4_096;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Principal SERVER = new Principal("", Set.of(), "server");

    private final Audit audit;
    private final PendingCommits<Principal> authors = new PendingCommits<>();

    /** Writing a line may take longer than a commit; a commit does it itself only when too many lines wait. */
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofVirtual().name("audit").factory(),
            new ThreadPoolExecutor.CallerRunsPolicy());

    public EditAudit(Audit audit) {
        this.audit = audit;
    }

    @Override
    public void validate(ChangeSet changes) {
        authors.put(changes.version(), Principal.CURRENT.isBound() ? Principal.CURRENT.get() : SERVER);
    }

    @Override
    public void committed(ChangeSet changes) {
        var by = Objects.requireNonNullElse(authors.take(changes.version()), SERVER);
        var edits = changes.changes();
        writer.execute(() -> audit.note(new AuditEvent.Edited(by, "running", told(edits), edits.size())));
    }

    private static List<String> told(List<Change> changes) {
        return changes.stream().limit(SHOWN).map(c -> what(c) + " " + c.path()).toList();
    }

    private static String what(Change change) {
        if (change.before() == null) {
            return "create";
        }
        return change.after() == null ? "delete" : change.moved() ? "move" : "change";
    }

    /** Waits until what was committed is noted, for a moment at most. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            writer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
