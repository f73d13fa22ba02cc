package io.auspex.datastore;

import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;

/** A condition on running that a commit depends on, checked in the same transaction (RFC 7232, RFC 8040 §3.4.1). */
@FunctionalInterface
public interface Precondition {
    Precondition NONE = _ -> {};

    /**
     * Called while no other commit takes place.
     *
     * @param running as the commit finds it, be it durable or about to be
     * @throws YangException when the commit must not take place
     */
    void check(TreeNode running) throws YangException;
}
