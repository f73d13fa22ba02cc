package io.auspex.assuranceengine;

import java.util.Arrays;
import java.util.BitSet;

/** A growing list of ints without boxes; removal does not keep the order. */
final class IntList {
    private int[] items = new int[4];
    private int size;

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size + (size >> 1));
        }
        items[size++] = item;
    }

    int get(int i) {
        return items[i];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int removeLast() {
        return items[--size];
    }

    /** Removes one occurrence of the item, if there is one. */
    void remove(int item) {
        for (int i = 0; i < size; i++) {
            if (items[i] == item) {
                items[i] = items[--size];
                return;
            }
        }
    }

    /** Removes all occurrences of the items. */
    void removeAll(BitSet unwanted) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!unwanted.get(items[i])) {
                items[kept++] = items[i];
            }
        }
        size = kept;
    }

    void clear() {
        size = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
