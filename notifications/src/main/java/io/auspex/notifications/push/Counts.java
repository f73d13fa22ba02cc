package io.auspex.notifications.push;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreName;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How many data nodes are selected of datastores: counted once for all who select and may see the same. */
final class Counts {
    private static final int MOST_KNOWN = 256;

    /** For how long a count of what is made while it is read is good enough to judge a subscription by. */
    private static final Duration GOOD = Duration.ofSeconds(1);

    private final AccessControl access;
    private final InstantSource clock;
    private final Map<Form, Count> known = new ConcurrentHashMap<>();

    Counts(AccessControl access, InstantSource clock) {
        this.access = access;
        this.clock = clock;
    }

    /** @param reader null for one who may read everything */
    private record Form(
            DatastoreName datastore,
            String selection,
            @Nullable Reader reader) {}

    /** @param root what was counted in, where that does not change; else null */
    private record Count(@Nullable TreeNode root, Instant at, int objects) {}

    /** How many data nodes a principal would get in one update, up to a most. */
    int of(DatastoreName datastore, InnerNode root, Selection selection, Principal principal, int most)
            throws YangException {
        var decisions = access.decisions(principal);
        var form = new Form(datastore, selection.text(), decisions.permitsAll() ? null : Reader.of(principal));
        var committed = root instanceof TreeNode tree ? tree : null;
        var now = clock.instant();
        var before = known.get(form);
        // The rules of access are committed with the data.
        if (before != null && (committed == null ? now.isBefore(before.at().plus(GOOD)) : before.root() == committed)) {
            return before.objects();
        }
        var objects = count(selection.of(decisions.readable(root)), most);
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.put(form, new Count(committed, now, objects));
        return objects;
    }

    private static int count(DataNode node, int most) {
        return switch (node) {
            case LeafNode _, OpaqueNode _ -> 1;
            case LeafListNode values -> {
                var count = 0;
                for (var _ : values) {
                    count++;
                }
                yield Math.min(count, most);
            }
            case InnerNode inner -> sum(inner.children(), most);
            case ListNode list -> sum(list, most);
        };
    }

    private static int sum(Iterable<? extends DataNode> nodes, int most) {
        var count = 0;
        for (var node : nodes) {
            count += 1 + count(node, most - count);
            if (count >= most) {
                return most;
            }
        }
        return count;
    }
}
