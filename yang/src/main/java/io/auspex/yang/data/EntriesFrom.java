package io.auspex.yang.data;

import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Finds the place of a key among entries that can only be read one after the other. */
final class EntriesFrom {
    private EntriesFrom() {}

    static Iterator<InnerNode> of(Iterator<InnerNode> entries, SchemaNode list, ListKey from, boolean backwards) {
        while (entries.hasNext()) {
            var entry = entries.next();
            var order = Objects.requireNonNull(entry.key()).compareTo(from);
            if (order == 0 || !list.userOrdered() && (backwards ? order < 0 : order > 0)) {
                return joined(entry, entries);
            }
        }
        return Collections.emptyIterator();
    }

    private static Iterator<InnerNode> joined(InnerNode first, Iterator<InnerNode> rest) {
        var head = List.of(first).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return head.hasNext() || rest.hasNext();
            }

            @Override
            public InnerNode next() {
                return head.hasNext() ? head.next() : rest.next();
            }
        };
    }
}
