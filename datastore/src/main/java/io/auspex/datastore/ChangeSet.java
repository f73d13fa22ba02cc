package io.auspex.datastore;

import io.auspex.yang.data.TreeNode;
import java.time.Instant;
import java.util.List;

/**
 * What one commit changed.
 *
 * @param version of running after the commit: its time in microseconds since 1970, and more than that of any commit before
 * @param before the root of running before the commit
 * @param after the root of running after the commit
 * @param changes the differences in document order; found by comparing, so their cost is that of the commit, not of the
 *     datastore
 */
public record ChangeSet(long version, TreeNode before, TreeNode after, List<Change> changes) {
    public ChangeSet {
        changes = List.copyOf(changes);
    }

    public Instant time() {
        return Versions.time(version);
    }
}
