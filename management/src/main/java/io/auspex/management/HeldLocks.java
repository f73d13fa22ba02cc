package io.auspex.management;

import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.management.DatastoreControl.Lock;
import io.auspex.management.DatastoreControl.PartialLock;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which session holds which lock since when (RFC 6241 §7.5, RFC 5717); called under the monitor of {@link CandidateControl}. */
final class HeldLocks {
    private final Datastores datastores;
    private final InstantSource clock;
    private final Map<DatastoreName, Lock> whole = new EnumMap<>(DatastoreName.class);
    private final Map<Long, Lock> ofPrivateCandidates = new HashMap<>();
    private final Map<Long, PartialLock> parts = new TreeMap<>();

    HeldLocks(Datastores datastores, InstantSource clock) {
        this.datastores = datastores;
        this.clock = clock;
    }

    static YangException denied(String why, long session) {
        return new YangException(
                YangError.of(Failure.LOCK_DENIED, "lock: " + why).withInfo(ErrorInfo.sessionId(session)));
    }

    void lock(DatastoreName datastore, long session) throws YangException {
        datastores.lock(datastore, session);
        whole.put(datastore, new Lock(session, clock.instant()));
    }

    void unlock(DatastoreName datastore, long session) throws YangException {
        datastores.locks().unlock(datastore, session);
        whole.remove(datastore);
    }

    Optional<Lock> of(DatastoreName datastore) {
        return Optional.ofNullable(whole.get(datastore));
    }

    /** Locks the candidate of a session's own, which keeps nobody out. */
    void lockPrivateCandidate(long session) throws YangException {
        if (ofPrivateCandidates.putIfAbsent(session, new Lock(session, clock.instant())) != null) {
            throw denied("this session holds the lock already", session);
        }
    }

    /** Lets go the lock of the candidate of a session's own; false when it holds none. */
    boolean unlockPrivateCandidate(long session) {
        return ofPrivateCandidates.remove(session) != null;
    }

    PartialLock lockParts(List<String> select, List<DataPath> nodes, long session) throws YangException {
        var id = datastores.lockParts(Set.copyOf(nodes), session);
        var lock = new PartialLock(id, session, clock.instant(), select, nodes);
        parts.put(id, lock);
        return lock;
    }

    void unlockParts(long id, long session) throws YangException {
        if (!datastores.locks().unlockParts(id, session)) {
            throw new YangException(
                    YangError.of(Failure.INVALID_VALUE, "partial-unlock: this session holds no partial lock " + id)
                            .withInfo(ErrorInfo.badElement("lock-id")));
        }
        parts.remove(id);
    }

    List<PartialLock> parts() {
        return List.copyOf(parts.values());
    }

    /** Lets go all that a session held. */
    void release(long session) {
        ofPrivateCandidates.remove(session);
        datastores.locks().release(session);
        whole.values().removeIf(l -> l.session() == session);
        parts.values().removeIf(l -> l.session() == session);
    }
}
