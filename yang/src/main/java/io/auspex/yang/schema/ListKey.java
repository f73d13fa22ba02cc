package io.auspex.yang.schema;

import java.util.Arrays;
import java.util.List;

/** The key values of one list entry in the order of the key statement, or the one value of a leaf-list entry. */
public final class ListKey implements Comparable<ListKey> {
    private final Object[] values;

    private ListKey(Object[] values) {
        this.values = values;
    }

    /** Values in the order of the list's key statement, each as its {@link ValueType} parses it. */
    public static ListKey of(Object... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a list key has at least one value");
        }
        return new ListKey(values.clone());
    }

    public int size() {
        return values.length;
    }

    public Object value(int index) {
        return values[index];
    }

    public List<Object> values() {
        return List.of(values);
    }

    @Override
    public int compareTo(ListKey other) {
        for (var i = 0; i < values.length; i++) {
            var order = Values.compare(values[i], other.values[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ListKey other && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
