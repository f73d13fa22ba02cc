package io.auspex.management;

import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Edit;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Edits that take place together or not at all.
 *
 * @param datastore running or candidate
 * @param resource what the request is made on: its version is given to the precondition and told by the result. The
 *     target of the edit in PUT, PATCH and DELETE, its parent in POST, the target of the patch in YANG Patch
 * @param edits in the order they are applied
 * @param precondition checked in the same transaction before the edits; null for none
 * @param conditions on running, by the node that each is about; checked before the edits in the transaction that brings
 *     them there, which for the candidate is its commit
 */
public record EditRequest(
        DatastoreName datastore,
        DataPath resource,
        List<Edit> edits,
        @Nullable Precondition precondition,
        Map<DataPath, io.auspex.datastore.Precondition> conditions) {
    public EditRequest {
        edits = List.copyOf(edits);
        conditions = Map.copyOf(conditions);
    }

    /** Edits with no condition but that on the resource. */
    public EditRequest(
            DatastoreName datastore, DataPath resource, List<Edit> edits, @Nullable Precondition precondition) {
        this(datastore, resource, edits, precondition, Map.of());
    }

    /** Edits whose resource is the target of the first one. */
    public EditRequest(DatastoreName datastore, List<Edit> edits, @Nullable Precondition precondition) {
        this(datastore, edits.getFirst().target(), edits, precondition);
    }

    /** A condition on the resource that holds the transaction up (RFC 9110 §13, RFC 8040 §3.4.1). */
    @FunctionalInterface
    public interface Precondition {
        /**
         * Checks the version of the resource. A container without presence exists where its parent does.
         *
         * @param version of the resource, null when it does not exist
         * @param lastModified of the resource, null when it does not exist
         * @throws YangException when the edit must not take place
         */
        void check(@Nullable Long version, @Nullable Instant lastModified) throws YangException;
    }
}
