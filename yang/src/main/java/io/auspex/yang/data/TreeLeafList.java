package io.auspex.yang.data;

import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The immutable values of a leaf-list: sorted, in user order, or as given where it is state and may repeat a value. */
public sealed interface TreeLeafList extends LeafListNode {
    Comparator<Object> ORDER = Values::compare;

    /**
     * A leaf-list of values in the given order, which counts where it is ordered by the user or is no configuration.
     *
     * @throws IllegalArgumentException when a value of configuration stands twice
     */
    static TreeLeafList of(SchemaNode schema, Collection<?> values) {
        if (!schema.config()) {
            return new AsGiven(schema, List.copyOf(values));
        }
        if (new LinkedHashSet<>(values).size() != values.size()) {
            throw new IllegalArgumentException(schema + " has a value twice");
        }
        if (schema.userOrdered()) {
            var byValue = new LinkedHashMap<ListKey, Object>();
            values.forEach(v -> byValue.put(ListKey.of(v), v));
            return new ByUser(schema, OrderedEntries.of(byValue));
        }
        var sorted = new ArrayList<Object>(values);
        sorted.sort(ORDER);
        return new Sorted(schema, SortedTree.ofSorted(ORDER, sorted));
    }

    /** With a value; the position counts only where the user orders the leaf-list. */
    TreeLeafList with(Object value, Position position);

    /** Without a value; this very leaf-list when it is not there. */
    TreeLeafList without(Object value);

    /** The value just before a value in the order of the user; null for the first. */
    default @Nullable Object predecessor(Object value) {
        return null;
    }

    /** Compares values that are there by their places. */
    default int comparePlaces(Object a, Object b) {
        return ListKey.of(a).compareTo(ListKey.of(b));
    }

    /** What is told of two leaf-lists' difference. */
    @FunctionalInterface
    interface Difference {
        /**
         * A value that only one of them has, or that the user moved.
         *
         * @param before true when the earlier leaf-list has it
         * @param after true when the later leaf-list has it
         */
        void at(Object value, boolean before, boolean after);
    }

    /** Tells the values in which two leaf-lists of one schema node differ. */
    static void differences(@Nullable TreeLeafList before, @Nullable TreeLeafList after, Difference told) {
        if (before == after) {
            return;
        }
        if (before instanceof Sorted a && after instanceof Sorted b) {
            a.values().differences(b.values(), (x, y) -> {
                if (x == null || y == null) {
                    told.at(x == null ? Objects.requireNonNull(y) : x, x != null, y != null);
                }
            });
        } else if (before instanceof ByUser a && after instanceof ByUser b) {
            a.values().differences(b.values(), (key, x, y, moved) -> {
                if (moved || x == null || y == null) {
                    told.at(key.value(0), x != null, y != null);
                }
            });
        } else {
            if (before != null) {
                before.forEach(v -> told.at(v, true, false));
            }
            if (after != null) {
                after.forEach(v -> told.at(v, false, true));
            }
        }
    }

    /** A leaf-list ordered by the system: by value. */
    record Sorted(SchemaNode schema, SortedTree<Object> values) implements TreeLeafList {
        @Override
        public boolean contains(Object value) {
            return values.find(v -> Values.compare(value, v)) != null;
        }

        @Override
        public Iterator<Object> iterator() {
            return values.iterator();
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public Sorted with(Object value, Position position) {
            return new Sorted(schema, values.with(value));
        }

        @Override
        public Sorted without(Object value) {
            var rest = values.without(v -> Values.compare(value, v));
            return rest == values ? this : new Sorted(schema, rest);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Sorted other && Trees.sameElements(this, other);
        }

        @Override
        public int hashCode() {
            return size();
        }
    }

    /** A leaf-list ordered by the user. */
    record ByUser(SchemaNode schema, OrderedEntries<Object> values) implements TreeLeafList {
        @Override
        public boolean contains(Object value) {
            return values.get(ListKey.of(value)) != null;
        }

        @Override
        public Iterator<Object> iterator() {
            return values.values();
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public @Nullable Object predecessor(Object value) {
            var key = values.predecessor(ListKey.of(value));
            return key == null ? null : key.value(0);
        }

        @Override
        public int comparePlaces(Object a, Object b) {
            return values.comparePlaces(ListKey.of(a), ListKey.of(b));
        }

        @Override
        public ByUser with(Object value, Position position) {
            return new ByUser(schema, values.with(ListKey.of(value), value, position));
        }

        @Override
        public ByUser without(Object value) {
            var rest = values.without(ListKey.of(value));
            return rest == values ? this : new ByUser(schema, rest);
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

    /** A leaf-list of state. */
    record AsGiven(SchemaNode schema, List<Object> values) implements TreeLeafList {
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

        @Override
        public AsGiven with(Object value, Position position) {
            var all = new ArrayList<>(values);
            all.add(value);
            return new AsGiven(schema, List.copyOf(all));
        }

        @Override
        public AsGiven without(Object value) {
            return new AsGiven(
                    schema, values.stream().filter(v -> !v.equals(value)).toList());
        }
    }
}
