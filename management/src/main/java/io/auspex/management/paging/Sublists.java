package io.auspex.management.paging;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

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

    private final class Inner implements InnerNode {
        private final InnerNode base;

        Inner(InnerNode base) {
            this.base = base;
        }

        @Override
        public SchemaNode schema() {
            return base.schema();
        }

        @Override
        public @Nullable ListKey key() {
            return base.key();
        }

        @Override
        public @Nullable DataNode child(SchemaNode schema) {
            var child = base.child(schema);
            return child == null ? null : limited(child);
        }

        @Override
        public Iterable<DataNode> children() {
            return () -> {
                var children = base.children().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return children.hasNext();
                    }

                    @Override
                    public DataNode next() {
                        return limited(children.next());
                    }
                };
            };
        }
    }

    private final class Entries implements ListNode {
        private final ListNode base;
        private final long most;

        Entries(ListNode base, long most) {
            this.base = base;
            this.most = most;
        }

        @Override
        public SchemaNode schema() {
            return base.schema();
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            var entry = base.entry(key);
            return entry == null ? null : new Inner(entry);
        }

        @Override
        public Iterator<InnerNode> iterator() {
            var entries = base.iterator();
            return new Iterator<>() {
                private long given;

                @Override
                public boolean hasNext() {
                    return given < most && entries.hasNext();
                }

                @Override
                public InnerNode next() {
                    given++;
                    return new Inner(entries.next());
                }
            };
        }

        @Override
        public int size() {
            return -1;
        }
    }
}
