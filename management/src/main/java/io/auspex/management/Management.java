package io.auspex.management;

import io.auspex.datastore.DatastoreName;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.Notification;
import io.auspex.notifications.Subscription;
import io.auspex.notifications.subscriptions.DynamicSubscription;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What both northbound protocols offer, once: reading, editing, operations, under access control.
 *
 * <p>Every method is called with the caller bound as {@link io.auspex.access.Principal#CURRENT}; unbound means deny.
 */
public interface Management {
    ModelContext model();

    /** The datastores that can be read. */
    Set<DatastoreName> datastores();

    /**
     * Reads one data resource.
     *
     * @throws YangException with {@code NO_SUCH_RESOURCE} when the target does not exist or may not be seen
     */
    ReadResult read(ReadRequest request) throws YangException;

    /**
     * True when a read of this node waits for nothing but memory, so that an event loop may do it. What it costs is not
     * said: who asks bounds what is written.
     */
    default boolean readsFromMemory(DataPath target) {
        return false;
    }

    /**
     * Makes edits; the change is durable and visible when this returns.
     *
     * @throws YangException when nothing was changed, with every reason found
     */
    EditResult edit(EditRequest request) throws YangException;

    /** Locks, candidate and commits; their callers check the right to do them by {@link #checkInvoke}. */
    DatastoreControl control();

    /**
     * Checks that the caller may do an operation of the protocol itself, such as kill-session (RFC 8341 §3.4.4).
     *
     * @param operation its schema node, of kind rpc
     * @throws YangException access-denied
     */
    void checkInvoke(SchemaNode operation) throws YangException;

    /** Notes in the audit log that the caller did an operation of the protocol itself. */
    default void invoked(SchemaNode operation) {}

    /**
     * Does an rpc or action.
     *
     * @param operation its schema node, of kind rpc or action
     * @param target the data node of an action, null for an rpc
     * @param input of kind input
     * @return the output; null when there is none
     */
    @Nullable
    InnerNode invoke(SchemaNode operation, @Nullable DataPath target, InnerNode input) throws YangException;

    /** The event streams, by name (RFC 8040 §6, RFC 5277 §3.2). */
    Collection<EventStream> streams();

    /**
     * Begins to receive an event stream. Events that the caller may not read at that moment are left out (RFC 8341 §3.4.6).
     *
     * @param filter which events
     * @param startTime replay from then, null for new events only
     * @param stopTime end then, null for never
     * @throws YangException with {@code NO_SUCH_RESOURCE} for an unknown stream, or when the times make no sense
     */
    Subscription subscribe(
            String stream, Predicate<Notification> filter, @Nullable Instant startTime, @Nullable Instant stopTime)
            throws YangException;

    /**
     * Begins to receive an event stream with the event that follows one already received.
     *
     * @param lastId of the last event received
     */
    default Subscription resume(String stream, Predicate<Notification> filter, long lastId) throws YangException {
        throw new YangException(Failure.NOT_SUPPORTED, "no stream can be resumed here");
    }

    /**
     * Begins to receive a subscription that the caller established (RFC 8650 §3.4).
     *
     * @param lastEventId of the last notification received over another connection; null for none
     * @throws YangException with {@code NO_SUCH_RESOURCE} when the caller has none of that id
     */
    default DynamicSubscription.Connection receive(long id, @Nullable String lastEventId) throws YangException {
        throw new YangException(Failure.NO_SUCH_RESOURCE, "there is no subscription " + id);
    }
}
