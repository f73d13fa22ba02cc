package io.auspex.management;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.SchemaNode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The version of a container, list entry or root of a configuration, and of those within it; walked along with what a read
 * shows of the same configuration.
 */
public final class NodeVersions {
    private final TreeNode node;
    private final @Nullable TreeNode running;
    private final long newest;

    private NodeVersions(TreeNode node, @Nullable TreeNode running, long newest) {
        this.node = node;
        this.running = running;
        this.newest = newest;
    }

    /** @param running as it is now: what differs from it, in a candidate, has no version yet */
    static NodeVersions of(TreeNode configuration, TreeNode running) {
        return new NodeVersions(configuration, running, running.version());
    }

    /** The version of the last commit of all. */
    public long newest() {
        return newest;
    }

    /** The version of the commit that changed the node or what is in it last; empty when that is not committed yet. */
    public OptionalLong version() {
        return running != null && running.version() == node.version()
                ? OptionalLong.of(node.version())
                : OptionalLong.empty();
    }

    /** Those of a child that a read shows; null when it is none of a container or list entry. */
    public @Nullable NodeVersions below(InnerNode child) {
        var found = counterpart(node, child);
        return found == null
                ? null
                : new NodeVersions(found, running == null ? null : counterpart(running, child), newest);
    }

    private static @Nullable TreeNode counterpart(TreeNode parent, InnerNode child) {
        SchemaNode schema = child.schema();
        DataNode found = parent.child(schema);
        var key = child.key();
        if (found instanceof ListNode list && key != null) {
            found = list.entry(key);
        }
        return found instanceof TreeNode tree ? tree : null;
    }
}
