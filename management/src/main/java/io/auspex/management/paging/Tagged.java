package io.auspex.management.paging;

import io.auspex.yang.codec.Annotation;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.InnerView;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.ListView;
import io.auspex.yang.schema.SchemaNode;
import java.util.Iterator;
import java.util.List;

/** Nodes of which a part was left out; its first entry or value tells how much (the annotation remaining). */
final class Tagged {
    private Tagged() {}

    /** The first entry of a list, with what is told of the list. */
    static final class Entry extends InnerView {
        private final List<Annotation> tags;

        Entry(InnerNode base, List<Annotation> tags) {
            super(base);
            this.tags = tags;
        }

        List<Annotation> tags() {
            return tags;
        }

        InnerNode whole() {
            return base();
        }

        @Override
        protected DataNode shown(DataNode child) {
            return child;
        }
    }

    /** A list whose first entry has tags. */
    static final class Entries extends ListView {
        private final List<Annotation> tags;

        Entries(ListNode base, List<Annotation> tags) {
            super(base);
            this.tags = tags;
        }

        @Override
        protected InnerNode shown(InnerNode entry) {
            return entry;
        }

        @Override
        public Iterator<InnerNode> iterator() {
            var all = super.iterator();
            return new Iterator<>() {
                private boolean first = true;

                @Override
                public boolean hasNext() {
                    return all.hasNext();
                }

                @Override
                public InnerNode next() {
                    var entry = first ? new Entry(all.next(), tags) : all.next();
                    first = false;
                    return entry;
                }
            };
        }

        @Override
        public int size() {
            return base().size();
        }
    }

    /** Some values of a leaf-list, the first of which has tags. */
    record Values(SchemaNode schema, List<Object> values, List<Annotation> tags) implements LeafListNode {
        @Override
        public boolean contains(Object value) {
            return values.contains(value);
        }

        @Override
        public Iterator<Object> iterator() {
            return values.iterator();
        }

        @Override
        public int size() {
            return values.size();
        }
    }
}
