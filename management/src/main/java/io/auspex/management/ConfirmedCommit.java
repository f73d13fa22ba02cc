package io.auspex.management;

import io.auspex.access.Principal;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.datastore.Precondition;
import io.auspex.datastore.Transaction;
import io.auspex.management.BaseNotifications.ConfirmEvent;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The confirmed commit that waits, when one does, and what ends its waiting (RFC 6241 §8.4).
 *
 * <pre>
 * nothing pending ─confirmed commit─► pending ─confirming commit─────────────► nothing pending
 *                                      │  ▲ └─deadline, cancel, session ends─► undo ─► nothing pending
 *                                      └──┘ confirmed commit: new deadline, same state to go back to
 * </pre>
 *
 * <p>What alters it is called under the monitor of {@link CandidateControl}.
 */
final class ConfirmedCommit {
    private static final Logger LOG = LoggerFactory.getLogger(ConfirmedCommit.class);
    private static final long TICK_MILLIS = 200;

    private final Datastores datastores;
    private final @Nullable PendingCommitFile file;
    private final Runnable tick;
    private @Nullable ScheduledExecutorService ticker;
    private @Nullable BaseNotifications notifications;

    /** Begun within the transaction of its commit, so that edits see it in theirs. */
    private volatile @Nullable PendingCommit pending;

    /**
     * None that waits, or what is kept from before a restart.
     *
     * @param tick called from time to time while a commit waits, to look at its deadline
     * @throws UncheckedIOException the file cannot be read
     */
    ConfirmedCommit(Datastores datastores, @Nullable PendingCommitFile file, Runnable tick) {
        this.datastores = datastores;
        this.file = file;
        this.tick = tick;
        try {
            pending = file == null ? null : file.load(datastores.running()).orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commit that waits; null when none does. */
    @Nullable
    PendingCommit pending() {
        return pending;
    }

    /** From now on tells of confirmed commits (RFC 6470 §2.2). */
    void report(BaseNotifications to) {
        notifications = to;
    }

    private void report(ConfirmEvent event, @Nullable Duration timeout) {
        if (notifications != null) {
            var by = Principal.CURRENT.isBound() ? Principal.CURRENT.get() : null;
            notifications.confirmedCommit(by, DatastoreControl.session(), event, timeout);
        }
    }

    /**
     * Waits from now on, over a restart; called within the transaction of its commit.
     *
     * @throws YangException it cannot be kept
     */
    void waitFor(PendingCommit commit) throws YangException {
        keep(commit);
        pending = commit;
    }

    private void keep(PendingCommit commit) throws YangException {
        if (file != null) {
            try {
                file.save(commit);
            } catch (IOException e) {
                throw new YangException(
                        Failure.UNAVAILABLE, "the confirmed commit cannot be kept over a restart: " + e.getMessage());
            }
        }
    }

    /** What waited before a commit that failed waits again. */
    void goBackTo(@Nullable PendingCommit before, Exception failure) {
        try {
            if (before == null) {
                forget();
            } else {
                pending = before;
                keep(before);
            }
        } catch (YangException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** It was committed: its time runs. */
    void begun(boolean isFirst, Duration timeout) {
        watchDeadline();
        report(isFirst ? ConfirmEvent.START : ConfirmEvent.EXTEND, timeout);
    }

    /** What waits, if anything does, is confirmed. */
    void confirm() {
        if (pending != null) {
            report(ConfirmEvent.COMPLETE, null);
        }
        forget();
    }

    /** Nothing waits any more, and nothing is undone. */
    void forget() {
        pending = null;
        stopTicking();
        if (file != null) {
            try {
                file.clear();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Restores running; false, and tried again later, when that is not possible. */
    boolean undo(String why, ConfirmEvent event) {
        var commit = pending;
        if (commit == null) {
            return true;
        }
        try {
            var whole =
                    new Edit(Operation.REPLACE, DataPath.root(datastores.model().root()), commit.before());
            AccessGuard.byServer(
                    () -> datastores.commit(new Transaction(List.of(whole), Precondition.NONE, Transaction.SERVER)));
            forget();
            report(event, null);
            LOG.atInfo()
                    .addKeyValue("session", commit.session())
                    .addKeyValue("reason", why)
                    .log("a confirmed commit was undone");
            return true;
        } catch (YangException | RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("reason", why).log("a confirmed commit cannot be undone");
            return false;
        }
    }

    /**
     * Whether this session may confirm or cancel what waits, or commit after it.
     *
     * @throws YangException in-use, or invalid-value for a wrong persist-id
     */
    void checkMayFollow(@Nullable String persistId) throws YangException {
        var commit = pending;
        if (commit == null) {
            if (persistId != null) {
                throw badPersistId("no confirmed commit is pending");
            }
            return;
        }
        var persist = commit.persist();
        if (persistId != null) {
            if (persist == null || !same(persist, persistId)) {
                throw badPersistId("it is not that of the pending confirmed commit");
            }
        } else if (persist != null || commit.session() != DatastoreControl.session()) {
            throw inUse(commit);
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static YangException badPersistId(String why) {
        return new YangException(
                YangError.of(Failure.INVALID_VALUE, "persist-id: " + why).withInfo(ErrorInfo.badElement("persist-id")));
    }

    /**
     * Called within the transaction of an edit: what began to wait meanwhile must not take the edit back with it.
     *
     * @throws YangException in-use when a confirmed commit of another session is pending
     */
    void checkMayEdit() throws YangException {
        var commit = pending;
        var session = DatastoreControl.session();
        if (commit != null && (session == 0 || commit.session() != session)) {
            throw inUse(commit);
        }
    }

    private static YangException inUse(PendingCommit commit) {
        return new YangException(YangError.of(
                        Failure.IN_USE, "a confirmed commit of session " + commit.session() + " waits to be confirmed")
                .withInfo(ErrorInfo.sessionId(commit.session())));
    }

    /** From now on looks at the deadline from time to time. */
    void watchDeadline() {
        if (ticker == null) {
            ticker = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("confirmed-commit").factory());
            var _ = ticker.scheduleWithFixedDelay(tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Looks at deadlines no more; what waits goes on when the server is started again. */
    void stopTicking() {
        if (ticker != null) {
            ticker.shutdown();
            ticker = null;
        }
    }
}
