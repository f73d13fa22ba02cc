package io.auspex.datastore;

import java.util.List;

/**
 * Edits that are committed together or not at all.
 *
 * @param edits in the order they are applied; validation comes after the last
 * @param session who asks, 0 for none; a lock held by another session keeps the transaction out, unless it is {@link #SERVER}
 */
public record Transaction(List<Edit> edits, Precondition precondition, long session) {
    /** The server itself, which no lock keeps out. */
    public static final long SERVER = -1;

    public Transaction {
        edits = List.copyOf(edits);
    }

    public static Transaction of(List<Edit> edits) {
        return new Transaction(edits, Precondition.NONE, 0);
    }

    public static Transaction of(Edit... edits) {
        return of(List.of(edits));
    }
}
