package io.auspex.management.paging;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.InnerView;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.ListView;
import io.auspex.yang.data.OpaqueNode;
import java.util.ArrayList;
import java.util.Iterator;

/** Limits every list and leaf-list below a node while it is read (draft-ietf-netconf-list-pagination §3.2.1). */
final class Sublists {
    private final long limit;

    Sublists(long limit) {
        this.limit = limit;
    }

    /** A node whose descendants are limited; a list as such is not. */
    DataNode below(DataNode node) {
        return switch (node) {
            case InnerNode inner -> new Inner(inner);
            case ListNode list -> new Entries(list, Page.UNBOUNDED);
            case LeafNode leaf -> leaf;
            case LeafListNode values -> values;
            case OpaqueNode opaque -> opaque;
        };
    }

    private DataNode limited(DataNode child) {
        return switch (child) {
            case ListNode list -> {
                var left = left(list.size(), list.iterator());
                var entries = new Entries(list, limit);
                yield left == 0 ? entries : new Tagged.Entries(entries, PageMetadata.remaining(left));
            }
            case LeafListNode values -> {
                var left = left(values.size(), values.iterator());
                yield left == 0 ? values : first(values, left);
            }
            case InnerNode inner -> new Inner(inner);
            case LeafNode leaf -> leaf;
            case OpaqueNode opaque -> opaque;
        };
    }

    private DataNode first(LeafListNode values, long left) {
        var some = new ArrayList<Object>();
        for (var all = values.iterator(); all.hasNext() && some.size() < limit; ) {
            some.add(all.next());
        }
        return new Tagged.Values(values.schema(), some, PageMetadata.remaining(left));
    }

    private long left(int size, Iterator<?> elements) {
        if (size >= 0) {
            return Math.max(0, size - limit);
        }
        long count = 0;
        while (elements.hasNext()) {
            elements.next();
            if (++count - limit > Cut.COUNTED) {
                return Cut.UNKNOWN;
            }
        }
        return Math.max(0, count - limit);
    }

    private final class Inner extends InnerView {
        Inner(InnerNode base) {
            super(base);
        }

        @Override
        protected DataNode shown(DataNode child) {
            return limited(child);
        }
    }

    private final class Entries extends ListView {
        private final long most;

        Entries(ListNode base, long most) {
            super(base);
            this.most = most;
        }

        @Override
        protected InnerNode shown(InnerNode entry) {
            return new Inner(entry);
        }

        @Override
        public Iterator<InnerNode> iterator() {
            var entries = super.iterator();
            return new Iterator<>() {
                private long given;

                @Override
                public boolean hasNext() {
                    return given < most && entries.hasNext();
                }

                @Override
                public InnerNode next() {
                    given++;
                    return entries.next();
                }
            };
        }
    }
}
