package io.auspex.management.paging;

import io.auspex.yang.codec.Annotation;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes of which a part was left out; its first entry or value tells how much (the annotation remaining). */
final class Tagged {
    private Tagged() {}

    /** The first entry of a list, with what is told of the list. */
    record Entry(InnerNode base, List<Annotation> tags) implements InnerNode {
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
            return base.child(schema);
        }

        @Override
        public Iterable<DataNode> children() {
            return base.children();
        }
    }

    /** A list whose first entry has tags. */
    record Entries(ListNode base, List<Annotation> tags) implements ListNode {
        @Override
        public SchemaNode schema() {
            return base.schema();
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return base.entry(key);
        }

        @Override
        public Iterator<InnerNode> iterator() {
            var all = base.iterator();
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
            return base.size();
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
