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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes every commit to running in the audit log, with its author and what it changed, whichever protocol it came by. A commit
 * is noted once it is durable; its author is who was bound when it was validated.
 */
public final class EditAudit implements CommitListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EditAudit.class);
    private static final int SHOWN = 20;
    private static final int WAITING = 4_096;
    private static final long IDLE_MILLIS = 1_000;
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Principal SERVER = new Principal("", Set.of(), "server");

    private final Audit audit;
    private final PendingCommits<Principal> authors = new PendingCommits<>();

    /** Writing a line may take longer than a commit; a commit does it itself only when too many lines wait. */
    private final BlockingQueue<Commit> waiting = new ArrayBlockingQueue<>(WAITING);

    private final Thread writer;
    private volatile boolean closed;

    private record Commit(Principal by, List<Change> changes) {}

    public EditAudit(Audit audit) {
        this.audit = audit;
        writer = Thread.ofPlatform().name("edit-audit").daemon().start(this::write);
    }

    @Override
    public void validate(ChangeSet changes) {
        authors.put(changes.version(), Principal.CURRENT.isBound() ? Principal.CURRENT.get() : SERVER);
    }

    @Override
    public void committed(ChangeSet changes) {
        var by = Objects.requireNonNullElse(authors.take(changes.version()), SERVER);
        var commit = new Commit(by, changes.changes());
        if (!waiting.offer(commit)) {
            note(commit);
        } else if (closed) {
            noteWaiting();
        }
    }

    /** A commit that cannot be noted is no reason not to note those behind it. */
    private void note(Commit commit) {
        var edits = commit.changes();
        try {
            audit.note(new AuditEvent.Edited(commit.by(), "running", told(edits), edits.size()));
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("user", commit.by().name())
                    .addKeyValue("changes", edits.size())
                    .log("an edit is not noted in the audit log");
        }
    }

    private void noteWaiting() {
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            note(next);
        }
    }

    /** Notes what comes within some milliseconds together: meanwhile a commit has nobody to wake. */
    private void write() {
        while (!closed || !waiting.isEmpty()) {
            try {
                var first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    LockSupport.parkNanos(closed ? 0 : GATHER_NANOS);
                    note(first);
                    noteWaiting();
                }
            } catch (InterruptedException _) {
                // it is time to end, and looked at above
            }
        }
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
        closed = true;
        writer.interrupt();
        try {
            writer.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
