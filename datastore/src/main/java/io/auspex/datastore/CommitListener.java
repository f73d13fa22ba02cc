package io.auspex.datastore;

import io.auspex.yang.error.YangException;
import java.util.List;

/** Takes part in every commit to running, and has a word in edits of candidates. */
public interface CommitListener {
    /**
     * Asked before the commit; may veto it. Is not told whether the commit takes place: that is what
     * {@link #committed} is for.
     *
     * @throws YangException when the change must not be made
     */
    default void validate(ChangeSet changes) throws YangException {}

    /**
     * Asked before changes are made in a candidate; constraints are no matter then.
     *
     * @throws YangException when they must not be made
     */
    default void checkCandidate(List<Change> changes) throws YangException {}

    /** Told after the commit is durable, in the order of commits, on the writer's thread: it must not wait. */
    void committed(ChangeSet changes);
}
