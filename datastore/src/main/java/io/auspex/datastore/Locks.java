package io.auspex.datastore;

import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.util.EnumMap;
import java.util.Map;

/** The locks that sessions hold on whole datastores (RFC 6241 §7.5); session 0 stands for those without sessions. */
public final class Locks {
    private final Map<DatastoreName, Long> owners = new EnumMap<>(DatastoreName.class);

    /** @throws YangException lock-denied, with the session that holds the lock, be it the same one */
    public synchronized void lock(DatastoreName datastore, long session) throws YangException {
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

    /** Lets go what a session holds; to be called when it ends. */
    public synchronized void release(long session) {
        owners.values().removeIf(owner -> owner == session);
    }

    public synchronized boolean holds(DatastoreName datastore, long session) {
        return Long.valueOf(session).equals(owners.get(datastore));
    }

    /** @throws YangException in-use when another session holds the lock */
    public synchronized void checkFree(DatastoreName datastore, long session) throws YangException {
        var owner = owners.get(datastore);
        if (owner != null && owner != session) {
            throw denied(Failure.IN_USE, datastore, owner);
        }
    }

    private static YangException denied(Failure failure, DatastoreName datastore, long owner) {
        return new YangException(YangError.of(failure, datastore + " is locked by session " + owner)
                .withInfo(ErrorInfo.sessionId(owner)));
    }
}
