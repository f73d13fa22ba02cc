package io.auspex.datastore;

import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;

/** A condition on running that a commit depends on, checked in the same transaction (RFC 7232, RFC 8040 §3.4.1). */
@FunctionalInterface
public interface Precondition {
    Precondition NONE = _ -> {};

    /** @throws YangException when the commit must not take place */
    void check(TreeNode running) throws YangException;
}
