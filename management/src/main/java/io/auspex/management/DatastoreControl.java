package io.auspex.management;

import io.auspex.datastore.Candidate.Resolution;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Edit;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What sessions do with datastores beside reading and editing: locks, the candidate, commits (RFC 6241 §7.5, §8.3 to §8.6).
 *
 * <p>Called with the caller bound as {@link io.auspex.access.Principal#CURRENT} and the session as {@link #SESSION}.
 */
public interface DatastoreControl {
    /** The session that makes a request; unbound for requests without session, as those of RESTCONF. */
    ScopedValue<Long> SESSION = ScopedValue.newInstance();

    /** The session of the request being served, 0 for none. */
    static long session() {
        return SESSION.isBound() ? SESSION.get() : 0;
    }

    /**
     * Who holds the lock of a datastore.
     *
     * @param since when it was taken
     */
    record Lock(long session, Instant since) {}

    /**
     * Locks a datastore for this session.
     *
     * @throws YangException lock-denied, naming the session that holds the lock or 0
     */
    void lock(DatastoreName datastore) throws YangException;

    /**
     * Lets go the lock of a datastore.
     *
     * @throws YangException operation-failed when this session does not hold it
     */
    void unlock(DatastoreName datastore) throws YangException;

    /** Who holds the lock of a datastore. */
    Optional<Lock> lockOf(DatastoreName datastore);

    /**
     * A lock on parts of running (RFC 5717).
     *
     * @param since when it was taken
     * @param select the expressions that it was asked for by
     * @param nodes that it holds
     */
    record PartialLock(long id, long session, Instant since, List<String> select, List<DataPath> nodes) {
        public PartialLock {
            select = List.copyOf(select);
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * Locks nodes of running, with what is below them, for this session.
     *
     * @param select the expressions that they were found by
     * @throws YangException lock-denied, or resource-denied while a confirmed commit of another session is pending
     */
    PartialLock lockParts(List<String> select, List<DataPath> nodes) throws YangException;

    /**
     * Lets go a lock on parts of running.
     *
     * @throws YangException invalid-value when this session does not hold it
     */
    void unlockParts(long id) throws YangException;

    /** The locks on parts of running, by number. */
    List<PartialLock> partialLocks();

    /** Lets go what a session held; a confirmed commit of its own that no other may confirm is undone. */
    void ended(long session);

    /**
     * Validates running or the candidate.
     *
     * @throws YangException with every error found
     */
    void validate(DatastoreName datastore) throws YangException;

    /**
     * Validates a configuration that is in no datastore.
     *
     * @throws YangException with every error found
     */
    void validate(TreeNode configuration) throws YangException;

    /**
     * Validates what a datastore would be after edits, which are not made.
     *
     * @throws YangException with every error found
     */
    void test(DatastoreName datastore, List<Edit> edits) throws YangException;

    /** Forgets the changes in the candidate. */
    void discardChanges() throws YangException;

    /**
     * From now on the candidate of this session is one of its own, which no other session sees; its locks keep nobody out
     * (draft-ietf-netconf-privcand).
     */
    void usePrivateCandidate();

    /**
     * Takes up, in the private candidate of this session, what others changed in running.
     *
     * @throws YangException when the session has no private candidate; or on conflicts, with one error for each
     */
    void update(Resolution resolution) throws YangException;

    /**
     * Takes running back to the factory settings, and forgets the changes in all candidates and what waits to be confirmed
     * (RFC 8808 §2). The right to do this is all that it takes.
     *
     * @throws YangException in-use when another session holds a lock
     */
    void factoryReset() throws YangException;

    /**
     * Makes the changes of the candidate in running, and confirms what was pending.
     *
     * @param persistId of the pending confirmed commit; null when it is of this session or there is none
     * @return the version of running after it
     */
    long commit(@Nullable String persistId) throws YangException;

    /**
     * Makes the changes of the candidate in running, until they are confirmed or the time is over (RFC 6241 §8.4).
     *
     * @param timeout from now
     * @param persist lets other sessions confirm with this as persist-id; null for this session alone
     * @param persistId of the pending confirmed commit that this one follows
     * @return the version of running after it
     */
    long commitConfirmed(Duration timeout, @Nullable String persist, @Nullable String persistId) throws YangException;

    /** Undoes the pending confirmed commit. */
    void cancelCommit(@Nullable String persistId) throws YangException;

    /** Puts the content of one datastore in place of another's. */
    void copy(DatastoreName source, DatastoreName target) throws YangException;
}
