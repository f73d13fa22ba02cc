package io.auspex.yang.data;

import io.auspex.yang.schema.ListKey;
import java.util.ArrayList;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** All entries of one list; it has at least one entry, or is being streamed and may turn out to have none. */
public non-sealed interface ListNode extends DataNode, Iterable<InnerNode> {
    /** The entry of a key, null when there is none; a keyless list has none. */
    @Nullable
    InnerNode entry(ListKey key);

    /** The entries: in user order where ordered-by is user, else by key. */
    @Override
    Iterator<InnerNode> iterator();

    /**
     * The entries from one on, in either direction.
     *
     * @param from key of the first entry; where the system orders the list and has no such entry, the next one in that
     *     direction is the first. Null for all
     * @param backwards true for the opposite of the order of {@link #iterator}
     */
    default Iterator<InnerNode> entries(@Nullable ListKey from, boolean backwards) {
        var entries = iterator();
        if (backwards) {
            var all = new ArrayList<InnerNode>();
            entries.forEachRemaining(all::add);
            entries = all.reversed().iterator();
        }
        return from == null ? entries : EntriesFrom.of(entries, schema(), from, backwards);
    }

    /** How many entries there are; -1 when that is not known without reading them. */
    int size();
}
