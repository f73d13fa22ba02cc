package io.auspex.management.paging;

import io.auspex.yang.data.Shown;
import io.auspex.yang.schema.ListKey;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The elements that a page is cut from, matched and sorted: the working result-set of draft-ietf-netconf-list-pagination.
 *
 * @param <E> entries of a list or values of a leaf-list
 */
interface Working<E> {
    /**
     * The elements from one on.
     *
     * @param from its key, null for all
     * @param backwards true for the opposite order
     */
    Iterator<E> from(@Nullable ListKey from, boolean backwards);

    /** How many elements there are; -1 when that is not known without reading them. */
    long size();

    /** Those of an iterator that match. */
    static <E> Iterator<E> matching(Iterator<E> all, Predicate<E> condition) {
        return new Shown<>(all, e -> condition.test(e) ? e : null);
    }

    /** Elements in another order than the list's, which had to be read for that. */
    record Sorted<E>(List<E> elements, KeyOf<E> keyOf) implements Working<E> {
        @Override
        public Iterator<E> from(@Nullable ListKey from, boolean backwards) {
            var order = backwards ? elements.reversed() : elements;
            var start = 0;
            while (from != null && start < order.size() && !Objects.equals(from, keyOf.of(order.get(start)))) {
                start++;
            }
            return order.subList(start, order.size()).iterator();
        }

        @Override
        public long size() {
            return elements.size();
        }
    }

    /** The key of an element; null where elements have none. */
    @FunctionalInterface
    interface KeyOf<E> {
        @Nullable
        ListKey of(E element);
    }
}
