package io.auspex.datastore;

import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candidate datastore (RFC 6241 §8.3): a root of its own that may be invalid until it is committed. While it has no
 * changes it is running; with changes, those of others in running stay outside until the commit, which makes this
 * candidate's changes in running as it is then.
 */
public final class Candidate {
    private final Datastores datastores;
    private @Nullable TreeNode base;
    private TreeNode edited;

    Candidate(Datastores datastores) {
        this.datastores = datastores;
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

    /**
     * Makes edits in the candidate; constraints wait for the commit.
     *
     * @throws YangException when an edit does not fit what is there, or another session holds the lock; nothing is changed
     */
    public synchronized void edit(List<Edit> edits, long session) throws YangException {
        datastores.locks().checkFree(DatastoreName.CANDIDATE, session);
        var from = base == null ? datastores.running() : base;
        var result = EditApplier.apply(root(), edits);
        if (result != root()) {
            edited = result;
            base = from;
        }
    }

    /** Forgets all changes. */
    public synchronized void discard(long session) throws YangException {
        datastores.locks().checkFree(DatastoreName.CANDIDATE, session);
        base = null;
    }

    /** @throws YangException with every constraint that the candidate breaks, up to a bound */
    public synchronized void validate() throws YangException {
        datastores.validate(root());
    }

    /**
     * Makes the candidate's changes in running; afterwards it has none.
     *
     * @throws YangException when running is not changed; the candidate stays as it is
     */
    public synchronized CommitResult commit(long session) throws YangException {
        datastores.locks().checkFree(DatastoreName.CANDIDATE, session);
        var changes = base == null ? List.<Change>of() : Differences.between(base, edited);
        var result = datastores.commit(new Transaction(ChangeEdits.of(changes, edited), Precondition.NONE, session));
        base = null;
        return result;
    }
}
