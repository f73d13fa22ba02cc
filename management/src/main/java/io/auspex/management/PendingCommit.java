package io.auspex.management;

import io.auspex.yang.data.TreeNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A confirmed commit that waits to be confirmed (RFC 6241 §8.4).
 *
 * @param session that may confirm it without persist-id; 0 after a restart
 * @param persist with which any session may confirm it; null when only its own session may
 * @param before running as it was, and will be again after the deadline
 */
record PendingCommit(long session, @Nullable String persist, Instant deadline, TreeNode before) {
    PendingCommit until(Instant other, @Nullable String otherPersist, long otherSession) {
        return new PendingCommit(otherSession, otherPersist, other, before);
    }

    /** Without the persist-id, which is a secret between clients. */
    @Override
    public String toString() {
        return "PendingCommit[session " + session + ", until " + deadline + "]";
    }
}
