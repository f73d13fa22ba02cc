package io.auspex.yang.data;

import io.auspex.yang.schema.ListKey;
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

    /** How many entries there are; -1 when that is not known without reading them. */
    int size();
}
