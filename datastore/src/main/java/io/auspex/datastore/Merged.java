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
import java.util.Comparator;
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
        if (sources.size() < 2) {
            return sources.isEmpty() ? null : sources.getFirst();
        }
        var first = sources.getFirst();
        return switch (first) {
            case LeafNode leaf -> leaf;
            case OpaqueNode opaque -> opaque;
            case InnerNode _ -> new Inner(first.schema(), of(sources, InnerNode.class));
            case LeafListNode _ -> new Values(first.schema(), of(sources, LeafListNode.class));
            case ListNode _ -> {
                var lists = of(sources, ListNode.class);
                yield first.schema().keys().isEmpty()
                        ? new Keyless(first.schema(), lists)
                        : new Entries(first.schema(), lists);
            }
        };
    }

    private static <N> List<N> of(List<? extends DataNode> sources, Class<N> kind) {
        return sources.stream().map(kind::cast).toList();
    }

    private record Inner(SchemaNode schema, List<InnerNode> sources) implements InnerNode {
        @Override
        public @Nullable DataNode child(SchemaNode child) {
            var found = new ArrayList<DataNode>(sources.size());
            for (var source : sources) {
                var node = source.child(child);
                if (node != null) {
                    found.add(node);
                }
            }
            return of(found);
        }

        @Override
        public Iterable<DataNode> children() {
            return () -> {
                var heads = sources.stream()
                        .map(s -> new Head<>(s.children().iterator()))
                        .toList();
                return new Together<>(
                        heads,
                        (a, b) -> Integer.compare(a.schema().index(), b.schema().index()),
                        found -> Objects.requireNonNull(of(found)));
            };
        }
    }

    private record Entries(SchemaNode schema, List<ListNode> sources) implements ListNode {
        private static final Comparator<InnerNode> BY_KEY =
                Comparator.comparing(entry -> Objects.requireNonNull(entry.key()));

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            var found = new ArrayList<InnerNode>(sources.size());
            for (var source : sources) {
                var entry = source.entry(key);
                if (entry != null) {
                    found.add(entry);
                }
            }
            return (InnerNode) of(found);
        }

        @Override
        public Iterator<InnerNode> iterator() {
            return schema.userOrdered() ? inUserOrder() : entries(null, false);
        }

        @Override
        public Iterator<InnerNode> entries(@Nullable ListKey from, boolean backwards) {
            if (schema.userOrdered()) {
                return ListNode.super.entries(from, backwards);
            }
            var heads = sources.stream()
                    .map(s -> new Head<>(s.entries(from, backwards)))
                    .toList();
            var order = backwards ? BY_KEY.reversed() : BY_KEY;
            return new Together<>(heads, order, found -> (InnerNode) Objects.requireNonNull(of(found)));
        }

        /** The entries of the first source, then those that only a later one has. */
        private Iterator<InnerNode> inUserOrder() {
            var all = new ArrayList<InnerNode>();
            for (var i = 0; i < sources.size(); i++) {
                for (var entry : sources.get(i)) {
                    var key = Objects.requireNonNull(entry.key());
                    if (sources.subList(0, i).stream().noneMatch(s -> s.entry(key) != null)) {
                        all.add(Objects.requireNonNull(entry(key)));
                    }
                }
            }
            return all.iterator();
        }

        @Override
        public int size() {
            return -1;
        }
    }

    private record Keyless(SchemaNode schema, List<ListNode> sources) implements ListNode {
        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return null;
        }

        @Override
        public Iterator<InnerNode> iterator() {
            var all = new ArrayList<InnerNode>();
            sources.forEach(s -> s.forEach(all::add));
            return all.iterator();
        }

        @Override
        public int size() {
            return -1;
        }
    }

    private record Values(SchemaNode schema, List<LeafListNode> sources) implements LeafListNode {
        @Override
        public boolean contains(Object value) {
            return sources.stream().anyMatch(s -> s.contains(value));
        }

        @Override
        public Iterator<Object> iterator() {
            var all = new LinkedHashSet<Object>();
            sources.forEach(s -> s.forEach(all::add));
            return all.iterator();
        }

        @Override
        public int size() {
            return -1;
        }
    }

    /** An iterator whose next element can be looked at. */
    private static final class Head<E> {
        private final Iterator<? extends E> rest;
        private @Nullable E next;

        Head(Iterator<? extends E> rest) {
            this.rest = rest;
            advance();
        }

        void advance() {
            next = rest.hasNext() ? rest.next() : null;
        }
    }

    /** Iterates sorted sources together; elements that are equal in order are united. */
    private static final class Together<E> implements Iterator<E> {
        private final List<Head<E>> heads;
        private final java.util.Comparator<E> order;
        private final Function<List<E>, E> union;

        Together(List<Head<E>> heads, java.util.Comparator<E> order, Function<List<E>, E> union) {
            this.heads = heads;
            this.order = order;
            this.union = union;
        }

        @Override
        public boolean hasNext() {
            for (var head : heads) {
                if (head.next != null) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public E next() {
            E least = null;
            for (var head : heads) {
                if (head.next != null && (least == null || order.compare(head.next, least) < 0)) {
                    least = head.next;
                }
            }
            if (least == null) {
                throw new NoSuchElementException();
            }
            var found = new ArrayList<E>(heads.size());
            for (var head : heads) {
                if (head.next != null && order.compare(head.next, least) == 0) {
                    found.add(head.next);
                    head.advance();
                }
            }
            return union.apply(found);
        }
    }
}
