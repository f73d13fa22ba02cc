package io.auspex.management;

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
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link DatastoreControl} on the datastores of this server: whose candidate a session works on, who holds which lock, and what
 * may be done while a {@link ConfirmedCommit} waits.
 */
public final class CandidateControl implements DatastoreControl, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CandidateControl.class);

    private final Datastores datastores;
    private final InstantSource clock;
    private final ConfirmedCommit confirmed;
    private final HeldLocks locks;
    private final Map<Long, Candidate> own = new ConcurrentHashMap<>();

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
        locks = new HeldLocks(datastores, clock);
        confirmed = new ConfirmedCommit(
                datastores, file == null ? null : new PendingCommitFile(files, file, datastores.model()), this::tick);
        var pending = confirmed.pending();
        if (pending != null && pending.persist() == null) {
            confirmed.undo("the server was started anew", ConfirmEvent.TIMEOUT);
        }
        if (confirmed.pending() != null) {
            confirmed.watchDeadline();
        }
    }

    /** From now on tells of confirmed commits (RFC 6470 §2.2). */
    public synchronized void report(BaseNotifications to) {
        confirmed.report(to);
    }

    @Override
    public synchronized void lock(DatastoreName datastore) throws YangException {
        var session = DatastoreControl.session();
        if (datastore == DatastoreName.CANDIDATE && own.containsKey(session)) {
            locks.lockPrivateCandidate(session);
            return;
        }
        var pending = confirmed.pending();
        if (pending != null && datastore == DatastoreName.RUNNING && pending.session() != session) {
            throw HeldLocks.denied("a confirmed commit waits to be confirmed", pending.session());
        }
        locks.lock(datastore, session);
    }

    @Override
    public synchronized void unlock(DatastoreName datastore) throws YangException {
        var session = DatastoreControl.session();
        if (datastore == DatastoreName.CANDIDATE && locks.unlockPrivateCandidate(session)) {
            candidate().discard(session);
            return;
        }
        locks.unlock(datastore, session);
    }

    @Override
    public synchronized Optional<Lock> lockOf(DatastoreName datastore) {
        return locks.of(datastore);
    }

    @Override
    public synchronized PartialLock lockParts(List<String> select, List<DataPath> nodes) throws YangException {
        var session = DatastoreControl.session();
        var pending = confirmed.pending();
        if (pending != null && pending.session() != session) {
            throw new YangException(
                    YangError.of(Failure.RESOURCE_DENIED, "partial-lock: a confirmed commit waits to be confirmed")
                            .withAppTag("outstanding-confirmed-commit"));
        }
        return locks.lockParts(select, nodes, session);
    }

    @Override
    public synchronized void unlockParts(long id) throws YangException {
        locks.unlockParts(id, DatastoreControl.session());
    }

    @Override
    public synchronized List<PartialLock> partialLocks() {
        return locks.parts();
    }

    @Override
    public synchronized void ended(long session) {
        var pending = confirmed.pending();
        if (pending != null && pending.persist() == null && pending.session() == session) {
            confirmed.undo("session " + session + " ended", ConfirmEvent.CANCEL);
        }
        if (datastores.locks().holds(DatastoreName.CANDIDATE, session)) {
            try {
                datastores.candidate().discard(session);
            } catch (YangException e) {
                LOG.atWarn().addKeyValue("session", session).log(e.getMessage());
            }
        }
        own.remove(session);
        locks.release(session);
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
        confirmed.forget();
        LOG.atInfo().addKeyValue("session", session).log("running was taken back to the factory settings");
    }

    @Override
    public void discardChanges() throws YangException {
        candidate().discard(DatastoreControl.session());
    }

    @Override
    public synchronized long commit(@Nullable String persistId) throws YangException {
        confirmed.checkMayFollow(persistId);
        var result = candidate().commit(DatastoreControl.session());
        confirmed.confirm();
        return result.changes().after().version();
    }

    @Override
    public synchronized long commitConfirmed(Duration timeout, @Nullable String persist, @Nullable String persistId)
            throws YangException {
        confirmed.checkMayFollow(persistId);
        var session = DatastoreControl.session();
        var deadline = clock.instant().plus(timeout);
        var before = confirmed.pending();
        CommitResult result;
        try {
            result = candidate()
                    .commit(
                            session,
                            running -> confirmed.waitFor(
                                    before == null
                                            ? new PendingCommit(session, persist, deadline, running)
                                            : before.until(
                                                    deadline, persist == null ? before.persist() : persist, session)));
        } catch (YangException | RuntimeException e) {
            confirmed.goBackTo(before, e);
            throw e;
        }
        confirmed.begun(before == null, timeout);
        return result.changes().after().version();
    }

    @Override
    public synchronized void cancelCommit(@Nullable String persistId) throws YangException {
        if (confirmed.pending() == null) {
            throw new YangException(Failure.INVALID_CONFIGURATION, "cancel-commit: no confirmed commit is pending");
        }
        confirmed.checkMayFollow(persistId);
        if (!confirmed.undo("it was cancelled", ConfirmEvent.CANCEL)) {
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
        var waits = confirmed.pending();
        if (waits == null || waits.persist() != null || DatastoreControl.session() != 0) {
            return edit(edits, precondition, null);
        }
        synchronized (this) {
            var result = edit(edits, precondition, waits);
            if (confirmed.pending() == waits) {
                confirmed.confirm();
            }
            return result;
        }
    }

    private CommitResult edit(List<Edit> edits, Precondition precondition, @Nullable PendingCommit confirms)
            throws YangException {
        return datastores.commit(new Transaction(
                edits,
                running -> {
                    if (confirmed.pending() != confirms) {
                        confirmed.checkMayEdit();
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
        confirmed.checkMayEdit();
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

    /** Undoes what was not confirmed in time. */
    synchronized void tick() {
        var pending = confirmed.pending();
        if (pending != null && !clock.instant().isBefore(pending.deadline())) {
            confirmed.undo("it was not confirmed in time", ConfirmEvent.TIMEOUT);
        }
    }

    /** Stops the watch over deadlines; a pending confirmed commit goes on when the server is started again. */
    @Override
    public synchronized void close() {
        confirmed.stopTicking();
    }
}
