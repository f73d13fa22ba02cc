package io.auspex.yang.data;

import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The immutable entries of a list: sorted by key, in user order, or as given where the list has no key. */
public sealed interface TreeList extends ListNode {
    /**
     * A list of entries in the given order, which counts where the list is ordered by the user or has no key.
     *
     * @throws IllegalArgumentException when two entries have the same key
     */
    static TreeList of(SchemaNode schema, Collection<? extends InnerNode> entries) {
        if (schema.keys().isEmpty()) {
            return new Keyless(schema, List.copyOf(entries));
        }
        if (!schema.userOrdered()) {
            return ByKey.of(schema, entries);
        }
        var byKey = new LinkedHashMap<ListKey, InnerNode>();
        for (var entry : entries) {
            var key = Objects.requireNonNull(entry.key(), () -> "an entry of " + schema + " without its keys");
            if (byKey.put(key, entry) != null) {
                throw new IllegalArgumentException(schema + " has two entries " + key);
            }
        }
        return new ByUser(schema, OrderedEntries.of(byKey));
    }

    static TreeList empty(SchemaNode schema) {
        return of(schema, List.of());
    }

    /** With an entry, in place of one of the same key; the position counts only where the user orders the list. */
    TreeList with(InnerNode entry, Position position);

    /** Without the entry of a key; this very list when there is none. */
    TreeList without(ListKey key);

    /** The key of the entry just before the one of a key in the order of the user; null for the first. */
    default @Nullable ListKey predecessor(ListKey key) {
        return null;
    }

    /** Compares keys of entries that are there by the places of these. */
    default int comparePlaces(ListKey a, ListKey b) {
        return a.compareTo(b);
    }

    /** What is told of two lists' difference: the entries of one key, one of them null where only one list has it. */
    @FunctionalInterface
    interface Difference {
        /** @param moved true when the user moved the entry */
        void at(@Nullable InnerNode before, @Nullable InnerNode after, boolean moved);
    }

    /**
     * Tells the entries in which two lists of one schema node differ, compared by identity; the cost is that of the
     * difference where one list was made from the other.
     */
    static void differences(@Nullable TreeList before, @Nullable TreeList after, Difference told) {
        if (before == after) {
            return;
        }
        if (before instanceof ByKey a && after instanceof ByKey b) {
            a.entries().differences(b.entries(), (x, y) -> told.at(x, y, false));
        } else if (before instanceof ByUser a && after instanceof ByUser b) {
            a.entries().differences(b.entries(), (_, x, y, moved) -> told.at(x, y, moved));
        } else {
            if (before != null) {
                before.forEach(e -> told.at(e, null, false));
            }
            if (after != null) {
                after.forEach(e -> told.at(null, e, false));
            }
        }
    }

    private static int compare(ListKey key, InnerNode entry) {
        var keys = entry.schema().keys();
        for (var i = 0; i < key.size(); i++) {
            var leaf = (LeafNode) Objects.requireNonNull(entry.child(keys.get(i)));
            var order = io.auspex.yang.schema.Values.compare(key.value(i), leaf.value());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** A list ordered by the system: by key. */
    record ByKey(SchemaNode schema, SortedTree<InnerNode> entries) implements TreeList {
        private static final Comparator<InnerNode> ORDER = ByKey::compare;

        static ByKey of(SchemaNode schema, Collection<? extends InnerNode> entries) {
            var sorted = entries.toArray(new InnerNode[0]);
            for (var entry : sorted) {
                for (var key : schema.keys()) {
                    Objects.requireNonNull(entry.child(key), () -> "an entry of " + schema + " without its keys");
                }
            }
            Arrays.sort(sorted, ORDER);
            for (var i = 1; i < sorted.length; i++) {
                if (compare(sorted[i - 1], sorted[i]) == 0) {
                    throw new IllegalArgumentException(schema + " has two entries " + sorted[i].key());
                }
            }
            return new ByKey(schema, SortedTree.ofSorted(ORDER, Arrays.asList(sorted)));
        }

        private static int compare(InnerNode a, InnerNode b) {
            for (var key : a.schema().keys()) {
                var left = (LeafNode) Objects.requireNonNull(a.child(key));
                var right = (LeafNode) Objects.requireNonNull(b.child(key));
                var order = io.auspex.yang.schema.Values.compare(left.value(), right.value());
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return entries.find(e -> TreeList.compare(key, e));
        }

        @Override
        public Iterator<InnerNode> iterator() {
            return entries.iterator();
        }

        /** The entries from the given key on, or from the first whose key starts with the given values. */
        public Iterator<InnerNode> iteratorFrom(ListKey key) {
            return entries.iteratorFrom(e -> TreeList.compare(key, e) <= 0 ? -1 : 1);
        }

        @Override
        public Iterator<InnerNode> entries(@Nullable ListKey from, boolean backwards) {
            if (!backwards) {
                return from == null ? iterator() : iteratorFrom(from);
            }
            if (from == null) {
                return entries.descending(entries.last());
            }
            var first = entry(from);
            return entries.descending(first == null ? entries.floorBelow(e -> TreeList.compare(from, e)) : first);
        }

        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public ByKey with(InnerNode entry, Position position) {
            return new ByKey(schema, entries.with(entry));
        }

        @Override
        public ByKey without(ListKey key) {
            var rest = entries.without(e -> TreeList.compare(key, e));
            return rest == entries ? this : new ByKey(schema, rest);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof ByKey other && Trees.sameElements(this, other);
        }

        @Override
        public int hashCode() {
            return size();
        }
    }

    /** A list ordered by the user. */
    record ByUser(SchemaNode schema, OrderedEntries<InnerNode> entries) implements TreeList {
        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return entries.get(key);
        }

        @Override
        public Iterator<InnerNode> iterator() {
            return entries.values();
        }

        @Override
        public Iterator<InnerNode> entries(@Nullable ListKey from, boolean backwards) {
            return entries.values(from, backwards);
        }

        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public @Nullable ListKey predecessor(ListKey key) {
            return entries.predecessor(key);
        }

        @Override
        public int comparePlaces(ListKey a, ListKey b) {
            return entries.comparePlaces(a, b);
        }

        @Override
        public ByUser with(InnerNode entry, Position position) {
            return new ByUser(schema, entries.with(Objects.requireNonNull(entry.key()), entry, position));
        }

        @Override
        public ByUser without(ListKey key) {
            var rest = entries.without(key);
            return rest == entries ? this : new ByUser(schema, rest);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof ByUser other && Trees.sameElements(this, other);
        }

        @Override
        public int hashCode() {
            return size();
        }
    }

    /** A list of state without key. */
    record Keyless(SchemaNode schema, List<InnerNode> entries) implements TreeList {
        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return null;
        }

        @Override
        public Iterator<InnerNode> iterator() {
            return entries.iterator();
        }

        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public Keyless with(InnerNode entry, Position position) {
            var all = new ArrayList<>(entries);
            all.add(entry);
            return new Keyless(schema, List.copyOf(all));
        }

        @Override
        public Keyless without(ListKey key) {
            return this;
        }
    }
}
