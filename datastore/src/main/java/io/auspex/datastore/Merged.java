package io.auspex.datastore;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Unites nodes of one schema node from several sources, the first winning for what has one value, while they are read. */
final class Merged {
    private Merged() {}

    /** The union; null of none, the very node of one. */
    static @Nullable DataNode of(List<? extends DataNode> sources) {
        DataNode union = null;
        for (var source : sources) {
            union = union == null ? source : of(union, source);
        }
        return union;
    }

    private static DataNode of(DataNode first, DataNode second) {
        return switch (first) {
            case LeafNode leaf -> leaf;
            case OpaqueNode opaque -> opaque;
            case InnerNode inner -> new Inner(inner, (InnerNode) second);
            case LeafListNode values -> new Values(values, (LeafListNode) second);
            case ListNode list ->
                list.schema().keys().isEmpty()
                        ? new Keyless(list, (ListNode) second)
                        : new Entries(list, (ListNode) second);
        };
    }

    private static <N extends DataNode> @Nullable DataNode ofEither(@Nullable N first, @Nullable N second) {
        return first == null ? second : second == null ? first : of(first, second);
    }

    private record Inner(InnerNode first, InnerNode second) implements InnerNode {
        @Override
        public SchemaNode schema() {
            return first.schema();
        }

        @Override
        public @Nullable ListKey key() {
            return first.key();
        }

        @Override
        public @Nullable DataNode child(SchemaNode child) {
            return ofEither(first.child(child), second.child(child));
        }

        @Override
        public Iterable<DataNode> children() {
            return () -> new Together<>(
                    new Head<>(first.children().iterator(), Inner::placeOf),
                    new Head<>(second.children().iterator(), Inner::placeOf),
                    false);
        }

        private static Integer placeOf(DataNode child) {
            return child.schema().index();
        }
    }

    private record Entries(ListNode first, ListNode second) implements ListNode {
        @Override
        public SchemaNode schema() {
            return first.schema();
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return (InnerNode) ofEither(first.entry(key), second.entry(key));
        }

        @Override
        public Iterator<InnerNode> iterator() {
            return schema().userOrdered() ? inUserOrder() : entries(null, false);
        }

        @Override
        public Iterator<InnerNode> entries(@Nullable ListKey from, boolean backwards) {
            return schema().userOrdered()
                    ? ListNode.super.entries(from, backwards)
                    : new Together<>(
                            new Head<>(first.entries(from, backwards), Entries::keyOf),
                            new Head<>(second.entries(from, backwards), Entries::keyOf),
                            backwards);
        }

        private static ListKey keyOf(InnerNode entry) {
            return Objects.requireNonNull(entry.key());
        }

        /** The entries of the first source, then those that only the second has. */
        private Iterator<InnerNode> inUserOrder() {
            var all = new ArrayList<InnerNode>();
            first.forEach(e -> all.add((InnerNode) Objects.requireNonNull(ofEither(e, second.entry(keyOf(e))))));
            for (var entry : second) {
                if (first.entry(keyOf(entry)) == null) {
                    all.add(entry);
                }
            }
            return all.iterator();
        }

        @Override
        public int size() {
            return -1;
        }
    }

    private record Keyless(ListNode first, ListNode second) implements ListNode {
        @Override
        public SchemaNode schema() {
            return first.schema();
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return null;
        }

        @Override
        public Iterator<InnerNode> iterator() {
            var all = new ArrayList<InnerNode>();
            first.forEach(all::add);
            second.forEach(all::add);
            return all.iterator();
        }

        @Override
        public int size() {
            return -1;
        }
    }

    private record Values(LeafListNode first, LeafListNode second) implements LeafListNode {
        @Override
        public SchemaNode schema() {
            return first.schema();
        }

        @Override
        public boolean contains(Object value) {
            return first.contains(value) || second.contains(value);
        }

        @Override
        public Iterator<Object> iterator() {
            var all = new LinkedHashSet<Object>();
            first.forEach(all::add);
            second.forEach(all::add);
            return all.iterator();
        }

        @Override
        public int size() {
            return -1;
        }
    }

    /**
     * An iterator whose next element can be looked at.
     *
     * @param <P> the place of an element among its siblings, found once for each
     */
    private static final class Head<E, P> {
        private final Iterator<? extends E> rest;
        private final Function<E, P> placing;
        private @Nullable E next;
        private @Nullable P place;

        Head(Iterator<? extends E> rest, Function<E, P> placing) {
            this.rest = rest;
            this.placing = placing;
            advance();
        }

        private void advance() {
            next = rest.hasNext() ? rest.next() : null;
            place = next == null ? null : placing.apply(next);
        }

        /** The element looked at, which there is. */
        E take() {
            var taken = Objects.requireNonNull(next);
            advance();
            return taken;
        }
    }

    /** Iterates two sources together that are sorted alike; elements at the same place are united. */
    private static final class Together<E extends DataNode, P extends Comparable<P>> implements Iterator<E> {
        private final Head<E, P> first;
        private final Head<E, P> second;
        private final boolean backwards;

        Together(Head<E, P> first, Head<E, P> second, boolean backwards) {
            this.first = first;
            this.second = second;
            this.backwards = backwards;
        }

        @Override
        public boolean hasNext() {
            return first.next != null || second.next != null;
        }

        @Override
        @SuppressWarnings("unchecked") // the union of two nodes of one kind is of that kind
        public E next() {
            if (second.place == null) {
                if (first.place == null) {
                    throw new NoSuchElementException();
                }
                return first.take();
            }
            var order = first.place == null ? 1 : first.place.compareTo(second.place);
            if (order == 0) {
                return (E) of(first.take(), second.take());
            }
            return first.place != null && (order < 0) != backwards ? first.take() : second.take();
        }
    }
}
