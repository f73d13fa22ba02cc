package io.auspex.datastore;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.schema.DataPath;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Versions of data resources, for entity tags and last-modified times (RFC 8040 §3.5.1, §3.5.2): the version of the commit
 * that changed the node or what is in it last. A version is also a time: microseconds since 1970.
 */
public final class Versions {
    private Versions() {}

    public static Instant time(long version) {
        return Instant.EPOCH.plus(version, ChronoUnit.MICROS);
    }

    static long next(long last, Instant now) {
        return Math.max(last + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    }

    /** The version of a node; of a leaf, leaf-list or whole list that of the node it stands in; null when it is not there. */
    public static @Nullable Long of(TreeNode root, DataPath path) {
        return Trees.find(root, path).isPresent() ? nearest(root, path) : null;
    }

    /** The version of a node, or of the lowest node above it that is there. */
    public static long nearest(TreeNode root, DataPath path) {
        var version = root.version();
        InnerNode at = root;
        for (var step : path.steps()) {
            var child = at.child(step.schema());
            if (child instanceof io.auspex.yang.data.ListNode list && step.key().isPresent()) {
                child = list.entry(step.key().get());
            }
            if (!(child instanceof TreeNode node)) {
                break;
            }
            version = node.version();
            at = node;
        }
        return version;
    }
}
