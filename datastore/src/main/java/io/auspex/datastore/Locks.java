package io.auspex.datastore;

import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The locks that sessions hold on datastores (RFC 6241 §7.5) and on parts of running (RFC 5717); session 0 stands for those without sessions. */
public final class Locks {
    private final Map<DatastoreName, Long> owners = new EnumMap<>(DatastoreName.class);
    private final Map<Long, Parts> parts = new HashMap<>();
    private long lastPart;

    private record Parts(long session, Set<DataPath> nodes) {}

    /** @throws YangException lock-denied, with the session that holds the lock, be it the same one */
    synchronized void lock(DatastoreName datastore, long session) throws YangException {
        if (datastore == DatastoreName.RUNNING) {
            for (var held : parts.values()) {
                if (held.session() != session) {
                    throw denied(Failure.LOCK_DENIED, "a part of " + datastore, held.session());
                }
            }
        }
        var owner = owners.putIfAbsent(datastore, session);
        if (owner != null) {
            throw denied(Failure.LOCK_DENIED, datastore, owner);
        }
    }

    /** @throws YangException operation-failed when this session does not hold the lock */
    public synchronized void unlock(DatastoreName datastore, long session) throws YangException {
        if (!owners.remove(datastore, session)) {
            throw new YangException(
                    Failure.INVALID_CONFIGURATION, "session " + session + " holds no lock on " + datastore);
        }
    }

    /**
     * Locks parts of running (RFC 5717 §2.1.1).
     *
     * @return the lock's number
     * @throws YangException lock-denied when another session holds a lock on running or on a part of it that overlaps
     */
    synchronized long lockParts(Set<DataPath> nodes, long session) throws YangException {
        var owner = owners.get(DatastoreName.RUNNING);
        if (owner != null && owner != session) {
            throw denied(Failure.LOCK_DENIED, DatastoreName.RUNNING, owner);
        }
        for (var node : nodes) {
            var holder = holder(node, session);
            if (holder != 0) {
                throw denied(Failure.LOCK_DENIED, node, holder);
            }
        }
        parts.put(++lastPart, new Parts(session, Set.copyOf(nodes)));
        return lastPart;
    }

    /** Lets go a lock on parts; false when this session does not hold it. */
    public synchronized boolean unlockParts(long id, long session) {
        var held = parts.get(id);
        return held != null && held.session() == session && parts.remove(id, held);
    }

    /** @throws YangException in-use when another session holds a lock on something that changes */
    synchronized void checkParts(List<Change> changes, long session) throws YangException {
        if (parts.isEmpty() || session == Transaction.SERVER) {
            return;
        }
        for (var change : changes) {
            var holder = holder(change.path(), session);
            if (holder != 0) {
                throw denied(Failure.IN_USE, change.path(), holder);
            }
        }
    }

    /** The other session that holds a lock on a node, one above or one below it; 0 for none. */
    private long holder(DataPath path, long session) {
        for (var held : parts.values()) {
            if (held.session() != session
                    && held.nodes().stream().anyMatch(n -> n.startsWith(path) || path.startsWith(n))) {
                return held.session();
            }
        }
        return 0;
    }

    /** Lets go what a session holds; to be called when it ends. */
    public synchronized void release(long session) {
        owners.values().removeIf(owner -> owner == session);
        parts.values().removeIf(held -> held.session() == session);
    }

    public synchronized boolean holds(DatastoreName datastore, long session) {
        return Long.valueOf(session).equals(owners.get(datastore));
    }

    /** @throws YangException in-use when another session holds the lock */
    public synchronized void checkFree(DatastoreName datastore, long session) throws YangException {
        var owner = owners.get(datastore);
        if (owner != null && owner != session && session != Transaction.SERVER) {
            throw denied(Failure.IN_USE, datastore, owner);
        }
    }

    private static YangException denied(Failure failure, Object what, long owner) {
        return new YangException(
                YangError.of(failure, what + " is locked by session " + owner).withInfo(ErrorInfo.sessionId(owner)));
    }
}
