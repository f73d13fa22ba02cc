package io.auspex.management;

import io.auspex.access.Principal;
import io.auspex.datastore.Candidate;
import io.auspex.datastore.CommitResult;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.datastore.Precondition;
import io.auspex.datastore.Transaction;
import io.auspex.datastore.storage.FileLayer;
import io.auspex.datastore.storage.NioFileLayer;
import io.auspex.management.BaseNotifications.ConfirmEvent;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link DatastoreControl} on the datastores of this server.
 *
 * <pre>
 * nothing pending ─confirmed commit─► pending ─confirming commit─────────────► nothing pending
 *                                      │  ▲ └─deadline, cancel, session ends─► undo ─► nothing pending
 *                                      └──┘ confirmed commit: new deadline, same state to go back to
 * </pre>
 */
public final class CandidateControl implements DatastoreControl, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CandidateControl.class);
    private static final long TICK_MILLIS = 200;

    private final Datastores datastores;
    private final InstantSource clock;
    private final @Nullable PendingCommitFile file;
    private final Map<DatastoreName, Lock> locks = new EnumMap<>(DatastoreName.class);
    private final Map<Long, Candidate> own = new ConcurrentHashMap<>();
    private final Map<Long, Lock> ownLocks = new HashMap<>();
    private final Map<Long, PartialLock> partialLocks = new TreeMap<>();
    private @Nullable ScheduledExecutorService ticker;

    /** Written under the monitor; begun within the transaction of its commit, so that edits see it in theirs. */
    private volatile @Nullable PendingCommit pending;

    private @Nullable BaseNotifications notifications;

    /**
     * Control of datastores. A confirmed commit that was pending when the server ended goes on until its deadline when any
     * session may confirm it, else it is undone now.
     *
     * @param file where a pending confirmed commit is kept over a restart; null for nowhere
     * @throws UncheckedIOException the file cannot be read
     */
    public CandidateControl(Datastores datastores, InstantSource clock, @Nullable Path file) {
        this(datastores, clock, new NioFileLayer(), file);
    }

    CandidateControl(Datastores datastores, InstantSource clock, FileLayer files, @Nullable Path file) {
        this.datastores = datastores;
        this.clock = clock;
        this.file = file == null ? null : new PendingCommitFile(files, file, datastores.model());
        try {
            pending = this.file == null
                    ? null
                    : this.file.load(datastores.running()).orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (pending != null && pending.persist() == null) {
            undo("the server was started anew", ConfirmEvent.TIMEOUT);
        }
        if (pending != null) {
            watchDeadline();
        }
    }

    /** From now on tells of confirmed commits (RFC 6470 §2.2). */
    public synchronized void report(BaseNotifications to) {
        notifications = to;
    }

    private void report(ConfirmEvent event, @Nullable Duration timeout) {
        if (notifications != null) {
            var by = Principal.CURRENT.isBound() ? Principal.CURRENT.get() : null;
            notifications.confirmedCommit(by, DatastoreControl.session(), event, timeout);
        }
    }

    private void watchDeadline() {
        if (ticker == null) {
            ticker = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("confirmed-commit").factory());
            var _ = ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void lock(DatastoreName datastore) throws YangException {
        var session = DatastoreControl.session();
        if (datastore == DatastoreName.CANDIDATE && own.containsKey(session)) {
            if (ownLocks.putIfAbsent(session, new Lock(session, clock.instant())) != null) {
                throw denied("this session holds the lock already", session);
            }
            return;
        }
        if (pending != null && datastore == DatastoreName.RUNNING && pending.session() != session) {
            throw denied("a confirmed commit waits to be confirmed", pending.session());
        }
        datastores.lock(datastore, session);
        locks.put(datastore, new Lock(session, clock.instant()));
    }

    private static YangException denied(String why, long session) {
        return new YangException(
                YangError.of(Failure.LOCK_DENIED, "lock: " + why).withInfo(ErrorInfo.sessionId(session)));
    }

    @Override
    public synchronized void unlock(DatastoreName datastore) throws YangException {
        var session = DatastoreControl.session();
        if (datastore == DatastoreName.CANDIDATE && ownLocks.remove(session) != null) {
            candidate().discard(session);
            return;
        }
        datastores.locks().unlock(datastore, session);
        locks.remove(datastore);
    }

    @Override
    public synchronized Optional<Lock> lockOf(DatastoreName datastore) {
        return Optional.ofNullable(locks.get(datastore));
    }

    @Override
    public synchronized PartialLock lockParts(List<String> select, List<DataPath> nodes) throws YangException {
        var session = DatastoreControl.session();
        if (pending != null && pending.session() != session) {
            throw new YangException(
                    YangError.of(Failure.RESOURCE_DENIED, "partial-lock: a confirmed commit waits to be confirmed")
                            .withAppTag("outstanding-confirmed-commit"));
        }
        var id = datastores.lockParts(Set.copyOf(nodes), session);
        var lock = new PartialLock(id, session, clock.instant(), select, nodes);
        partialLocks.put(id, lock);
        return lock;
    }

    @Override
    public synchronized void unlockParts(long id) throws YangException {
        if (!datastores.locks().unlockParts(id, DatastoreControl.session())) {
            throw new YangException(
                    YangError.of(Failure.INVALID_VALUE, "partial-unlock: this session holds no partial lock " + id)
                            .withInfo(ErrorInfo.badElement("lock-id")));
        }
        partialLocks.remove(id);
    }

    @Override
    public synchronized List<PartialLock> partialLocks() {
        return List.copyOf(partialLocks.values());
    }

    @Override
    public synchronized void ended(long session) {
        if (pending != null && pending.persist() == null && pending.session() == session) {
            undo("session " + session + " ended", ConfirmEvent.CANCEL);
        }
        if (datastores.locks().holds(DatastoreName.CANDIDATE, session)) {
            try {
                datastores.candidate().discard(session);
            } catch (YangException e) {
                LOG.atWarn().addKeyValue("session", session).log(e.getMessage());
            }
        }
        own.remove(session);
        ownLocks.remove(session);
        datastores.locks().release(session);
        locks.values().removeIf(l -> l.session() == session);
        partialLocks.values().removeIf(l -> l.session() == session);
    }

    @Override
    public void validate(DatastoreName datastore) throws YangException {
        datastores.validate(root(datastore));
    }

    @Override
    public void validate(TreeNode configuration) throws YangException {
        datastores.validate(configuration);
    }

    @Override
    public void test(DatastoreName datastore, List<Edit> edits) throws YangException {
        var trial = datastore == DatastoreName.CANDIDATE ? candidate().copy() : datastores.privateCandidate();
        trial.edit(edits, DatastoreControl.session());
        trial.validate();
    }

    @Override
    public void usePrivateCandidate() {
        own.computeIfAbsent(DatastoreControl.session(), _ -> datastores.privateCandidate());
    }

    /** The candidate that the session of the request works on. */
    Candidate candidate() {
        return own.getOrDefault(DatastoreControl.session(), datastores.candidate());
    }

    @Override
    public void update(Candidate.Resolution resolution) throws YangException {
        var candidate = own.get(DatastoreControl.session());
        if (candidate == null) {
            throw new YangException(Failure.NOT_SUPPORTED, "update: this session has no private candidate");
        }
        candidate.update(resolution);
    }

    @Override
    public synchronized void factoryReset() throws YangException {
        var session = DatastoreControl.session();
        datastores.candidate().discard(session);
        AccessGuard.byServer(() -> datastores.commit(
                new Transaction(List.of(replacing(datastores.factoryDefault())), Precondition.NONE, session)));
        for (var candidate : own.values()) {
            candidate.discard(session);
        }
        forget();
        LOG.atInfo().addKeyValue("session", session).log("running was taken back to the factory settings");
    }

    @Override
    public void discardChanges() throws YangException {
        candidate().discard(DatastoreControl.session());
    }

    @Override
    public synchronized long commit(@Nullable String persistId) throws YangException {
        checkMayFollow(persistId);
        var result = candidate().commit(DatastoreControl.session());
        confirm();
        return result.changes().after().version();
    }

    private void confirm() {
        if (pending != null) {
            report(ConfirmEvent.COMPLETE, null);
        }
        forget();
    }

    @Override
    public synchronized long commitConfirmed(Duration timeout, @Nullable String persist, @Nullable String persistId)
            throws YangException {
        checkMayFollow(persistId);
        var session = DatastoreControl.session();
        var deadline = clock.instant().plus(timeout);
        var before = pending;
        CommitResult result;
        try {
            result = candidate().commit(session, running -> {
                var next = before == null
                        ? new PendingCommit(session, persist, deadline, running)
                        : before.until(deadline, persist == null ? before.persist() : persist, session);
                keep(next);
                pending = next;
            });
        } catch (YangException | RuntimeException e) {
            goBackTo(before, e);
            throw e;
        }
        watchDeadline();
        report(before == null ? ConfirmEvent.START : ConfirmEvent.EXTEND, timeout);
        return result.changes().after().version();
    }

    /** What waited before a commit that failed waits again. */
    private void goBackTo(@Nullable PendingCommit before, Exception failure) {
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

    @Override
    public synchronized void cancelCommit(@Nullable String persistId) throws YangException {
        if (pending == null) {
            throw new YangException(Failure.INVALID_CONFIGURATION, "cancel-commit: no confirmed commit is pending");
        }
        checkMayFollow(persistId);
        if (!undo("it was cancelled", ConfirmEvent.CANCEL)) {
            throw new YangException(Failure.ROLLBACK_FAILED, "cancel-commit: running cannot be restored");
        }
    }

    @Override
    public void copy(DatastoreName source, DatastoreName target) throws YangException {
        var session = DatastoreControl.session();
        var whole = replacing(root(source));
        switch (target) {
            case CANDIDATE -> candidate().edit(List.of(whole), session);
            case RUNNING -> edit(List.of(whole), Precondition.NONE);
            case INTENDED, OPERATIONAL, FACTORY_DEFAULT ->
                throw new YangException(Failure.NOT_SUPPORTED, "copy-config: " + target + " is no target");
        }
    }

    /**
     * Edits running otherwise than by a commit. Whoever has no session confirms a pending commit by that, unless it takes a
     * persist-id (RFC 8040 §1.4); an edit that is refused confirms nothing.
     *
     * @throws YangException in-use when a confirmed commit of another session is pending, or any reason not to commit
     */
    CommitResult edit(List<Edit> edits, Precondition precondition) throws YangException {
        var waits = pending;
        if (waits == null || waits.persist() != null || DatastoreControl.session() != 0) {
            return edit(edits, precondition, null);
        }
        synchronized (this) {
            var result = edit(edits, precondition, waits);
            if (pending == waits) {
                confirm();
            }
            return result;
        }
    }

    private CommitResult edit(List<Edit> edits, Precondition precondition, @Nullable PendingCommit confirmed)
            throws YangException {
        return datastores.commit(new Transaction(
                edits,
                running -> {
                    if (pending != confirmed) {
                        checkMayEdit();
                    }
                    precondition.check(running);
                },
                DatastoreControl.session()));
    }

    /**
     * Called within the transaction of such an edit: what began to wait meanwhile must not take the edit back with it.
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

    private TreeNode root(DatastoreName datastore) throws YangException {
        return switch (datastore) {
            case RUNNING -> datastores.running();
            case CANDIDATE -> candidate().root();
            case INTENDED -> datastores.intended();
            case FACTORY_DEFAULT -> datastores.factoryDefault();
            case OPERATIONAL ->
                throw new YangException(YangError.of(Failure.BAD_PARAMETER, datastore + " holds state, too")
                        .withInfo(ErrorInfo.badElement("datastore")));
        };
    }

    private Edit replacing(TreeNode root) {
        return new Edit(Operation.REPLACE, DataPath.root(datastores.model().root()), root);
    }

    private void checkMayFollow(@Nullable String persistId) throws YangException {
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

    private static YangException inUse(PendingCommit commit) {
        return new YangException(YangError.of(
                        Failure.IN_USE, "a confirmed commit of session " + commit.session() + " waits to be confirmed")
                .withInfo(ErrorInfo.sessionId(commit.session())));
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

    private void forget() {
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
    private boolean undo(String why, ConfirmEvent event) {
        var commit = pending;
        if (commit == null) {
            return true;
        }
        try {
            AccessGuard.byServer(() -> datastores.commit(
                    new Transaction(List.of(replacing(commit.before())), Precondition.NONE, Transaction.SERVER)));
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

    /** Undoes what was not confirmed in time. */
    synchronized void tick() {
        Instant now = clock.instant();
        if (pending != null && !now.isBefore(pending.deadline())) {
            undo("it was not confirmed in time", ConfirmEvent.TIMEOUT);
        }
    }

    /** Stops the watch over deadlines; a pending confirmed commit goes on when the server is started again. */
    @Override
    public synchronized void close() {
        stopTicking();
    }

    private void stopTicking() {
        if (ticker != null) {
            ticker.shutdown();
            ticker = null;
        }
    }
}
