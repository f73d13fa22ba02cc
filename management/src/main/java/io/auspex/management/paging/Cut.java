package io.auspex.management.paging;

import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ListKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page cut out of its working result-set.
 *
 * @param elements of the page
 * @param remaining how many elements the limit left out: 0 for none, {@link #UNKNOWN} when they are too many to be counted
 * @param next the first of the elements left out; null for none
 * @param previous where the page before this one begins; null for none
 */
record Cut<E>(
        List<E> elements,
        long remaining,
        @Nullable E next,
        @Nullable E previous) {
    static final long UNKNOWN = -1;
    static final int COUNTED = 100_000;

    static <E> Cut<E> of(Working<E> working, Page page, Working.KeyOf<E> keyOf) throws YangException {
        var rest = working.from(page.cursor(), page.backwards());
        long skipped = 0;
        while (skipped < page.offset() && rest.hasNext()) {
            rest.next();
            skipped++;
        }
        if (skipped < page.offset()) {
            throw new YangException(YangError.of(
                            Failure.RANGE_NOT_SATISFIABLE,
                            "offset " + page.offset() + " is beyond the " + skipped + " entries that there are")
                    .withAppTag("ietf-list-pagination:offset-out-of-range"));
        }
        var elements = new ArrayList<E>();
        while (elements.size() < page.limit() && rest.hasNext()) {
            elements.add(rest.next());
        }
        var next = rest.hasNext() ? rest.next() : null;
        var left = next == null ? 0 : left(working, page, skipped + elements.size(), rest);
        return new Cut<>(elements, left, next, previous(working, page, keyOf, elements));
    }

    private static <E> long left(Working<E> working, Page page, long read, Iterator<E> rest) {
        if (working.size() >= 0 && page.cursor() == null) {
            return working.size() - read;
        }
        long left = 1;
        while (rest.hasNext()) {
            if (++left > COUNTED) {
                return UNKNOWN;
            }
            rest.next();
        }
        return left;
    }

    private static <E> @Nullable E previous(Working<E> working, Page page, Working.KeyOf<E> keyOf, List<E> elements) {
        var unmoved = page.cursor() == null && page.offset() == 0;
        if (unmoved || page.limit() == Page.UNBOUNDED || elements.isEmpty()) {
            return null;
        }
        ListKey first = keyOf.of(elements.getFirst());
        if (first == null) {
            return null;
        }
        var before = working.from(first, !page.backwards());
        before.next();
        E found = null;
        for (long i = 0; i < page.limit() && before.hasNext(); i++) {
            found = before.next();
        }
        return found;
    }
}
