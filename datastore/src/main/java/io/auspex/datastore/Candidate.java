package io.auspex.datastore;

import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A candidate datastore (RFC 6241 §8.3): a root of its own that may be invalid until it is committed. While it has no
 * changes it is running; with changes, those of others in running stay outside until the commit, which makes this
 * candidate's changes in running as it is then.
 *
 * <p>One of a session alone (draft-ietf-netconf-privcand) is not committed over changes of others that contradict its own.
 */
public final class Candidate {
    private static final int MOST_CONDITIONS = 100_000;

    private final Datastores datastores;
    private final boolean shared;
    private @Nullable TreeNode base;
    private TreeNode edited;
    private final Map<DataPath, Precondition> conditions = new LinkedHashMap<>();

    /** What an update does with a node that both this candidate and running have changed (draft-ietf-netconf-privcand). */
    public enum Resolution {
        /** Nothing is updated. */
        REVERT_ON_CONFLICT,
        PREFER_CANDIDATE,
        PREFER_RUNNING
    }

    Candidate(Datastores datastores, boolean shared) {
        this.datastores = datastores;
        this.shared = shared;
        this.edited = datastores.running();
    }

    /** The configuration as it would be, valid or not. */
    public synchronized TreeNode root() {
        return base == null ? datastores.running() : edited;
    }

    /** True when there is something to commit or discard. */
    public synchronized boolean changed() {
        return base != null;
    }

    /** A candidate of nobody else with the same content, to try edits in. */
    public synchronized Candidate copy() {
        var copy = new Candidate(datastores, false);
        copy.base = base;
        copy.edited = edited;
        return copy;
    }

    /**
     * Makes edits in the candidate; constraints wait for the commit.
     *
     * @throws YangException when an edit does not fit what is there, a listener refuses it or another session holds the lock;
     *     nothing is changed
     */
    public void edit(List<Edit> edits, long session) throws YangException {
        edit(edits, Map.of(), session);
    }

    /**
     * As {@link #edit(List, long)}.
     *
     * @param more conditions that the commit has to meet, by the node that each is about; of several about one node the last
     *     counts; none where there is nothing to commit
     */
    public synchronized void edit(List<Edit> edits, Map<DataPath, Precondition> more, long session)
            throws YangException {
        checkFree(session);
        checkBound(more.keySet());
        var from = root();
        var result = EditApplier.apply(from, edits);
        if (result != from) {
            datastores.checkCandidate(Differences.between(from, result));
            Differences.committing(from, result, datastores.versionAfter(from.version()));
            base = base == null ? from : base;
            edited = result;
        }
        if (base == null) {
            return;
        }
        conditions.putAll(more);
    }

    private void checkBound(Set<DataPath> more) throws YangException {
        var added = more.stream().filter(node -> !conditions.containsKey(node)).count();
        if (conditions.size() + added > MOST_CONDITIONS) {
            throw new YangException(
                    Failure.RESOURCE_DENIED,
                    "the candidate would have " + (conditions.size() + added) + " conditions, expected at most "
                            + MOST_CONDITIONS + "; commit or discard-changes");
        }
    }

    /** Locks the shared candidate, unless it has changes. */
    synchronized void lock(long session) throws YangException {
        if (base != null) {
            throw new YangException(YangError.of(
                            Failure.LOCK_DENIED, "the candidate has changes that are neither committed nor discarded")
                    .withInfo(ErrorInfo.sessionId(0)));
        }
        datastores.locks().lock(DatastoreName.CANDIDATE, session);
    }

    /** Forgets all changes. */
    public synchronized void discard(long session) throws YangException {
        checkFree(session);
        base = null;
        conditions.clear();
    }

    /** @throws YangException with every constraint that the candidate breaks, up to a bound */
    public synchronized void validate() throws YangException {
        datastores.validate(root());
    }

    /**
     * Takes up what others changed in running since this candidate was first edited.
     *
     * @throws YangException on a conflict that the resolution does not settle, one error for each node; nothing is updated
     */
    public synchronized void update(Resolution resolution) throws YangException {
        var from = base;
        var running = datastores.running();
        if (from == null || from == running) {
            return;
        }
        var own = Differences.between(from, edited);
        var others = Differences.between(from, running);
        var conflicts = new Conflicts(own, others);
        var updated = switch (resolution) {
            case REVERT_ON_CONFLICT -> {
                conflicts.throwIfAny();
                yield ChangeEdits.apply(running, own, edited);
            }
            case PREFER_CANDIDATE -> ChangeEdits.apply(edited, conflicts.without(others, own), running);
            case PREFER_RUNNING -> ChangeEdits.apply(running, conflicts.without(own, others), edited);
        };
        Differences.committing(running, updated, datastores.versionAfter(edited.version()));
        base = updated == running ? null : running;
        edited = updated;
    }

    /** As {@link #commit(long, Precondition)}, without condition. */
    public CommitResult commit(long session) throws YangException {
        return commit(session, Precondition.NONE);
    }

    /**
     * Makes the candidate's changes in running; afterwards it has none.
     *
     * @throws YangException when running is not changed; the candidate stays as it is
     */
    public synchronized CommitResult commit(long session, Precondition precondition) throws YangException {
        checkFree(session);
        if (!shared) {
            update(Resolution.REVERT_ON_CONFLICT);
        }
        var changes = base == null ? List.<Change>of() : Differences.between(base, edited);
        var result = datastores.commit(new Transaction(
                ChangeEdits.of(changes, edited),
                running -> {
                    for (var condition : conditions.values()) {
                        condition.check(running);
                    }
                    precondition.check(running);
                },
                session));
        base = null;
        conditions.clear();
        return result;
    }

    private void checkFree(long session) throws YangException {
        if (shared) {
            datastores.locks().checkFree(DatastoreName.CANDIDATE, session);
        }
    }
}
