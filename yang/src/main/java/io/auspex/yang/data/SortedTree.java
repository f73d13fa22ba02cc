package io.auspex.yang.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted set that shares structure with the sets it came from: a B+ tree whose nodes hold up to
 * {@value #WIDTH} elements, so that finding, adding and removing touch O(log n) nodes.
 *
 * @param <E> the elements, distinct under the comparator
 */
final class SortedTree<E> implements Iterable<E> {
    private static final int WIDTH = 32;

    private final Comparator<? super E> order;
    private final Page<E> root;

    private SortedTree(Comparator<? super E> order, Page<E> root) {
        this.order = order;
        this.root = root;
    }

    static <E> SortedTree<E> empty(Comparator<? super E> order) {
        return new SortedTree<>(order, new Leaf<>(new Object[0]));
    }

    /** A tree of elements that are sorted and distinct already. */
    static <E> SortedTree<E> ofSorted(Comparator<? super E> order, List<? extends E> sorted) {
        List<Page<E>> level = new ArrayList<>();
        for (var from = 0; from < sorted.size(); from += WIDTH) {
            level.add(new Leaf<>(
                    sorted.subList(from, Math.min(sorted.size(), from + WIDTH)).toArray()));
        }
        if (level.isEmpty()) {
            return empty(order);
        }
        while (level.size() > 1) {
            List<Page<E>> above = new ArrayList<>();
            for (var from = 0; from < level.size(); from += WIDTH) {
                above.add(Branch.of(level.subList(from, Math.min(level.size(), from + WIDTH))));
            }
            level = above;
        }
        return new SortedTree<>(order, level.getFirst());
    }

    int size() {
        return root.size();
    }

    /** The element for which {@code probe} gives 0; negative means look before it, positive after it. */
    @Nullable
    E find(ToIntFunction<? super E> probe) {
        return root.find(probe);
    }

    /** With the element, in place of an equal one. */
    SortedTree<E> with(E element) {
        var parts = root.with(element, order);
        return new SortedTree<>(order, parts.size() == 1 ? parts.getFirst() : Branch.of(parts));
    }

    /** Without the element for which {@code probe} gives 0; this very tree when there is none. */
    SortedTree<E> without(ToIntFunction<? super E> probe) {
        var rest = root.without(probe);
        if (rest == root) {
            return this;
        }
        while (rest instanceof Branch<E> branch && branch.pages.length == 1) {
            rest = branch.pages[0];
        }
        return new SortedTree<>(order, rest == null ? new Leaf<>(new Object[0]) : rest);
    }

    @Nullable
    E first() {
        return size() == 0 ? null : iterator().next();
    }

    @Nullable
    E last() {
        return size() == 0 ? null : root.last();
    }

    @Override
    public Iterator<E> iterator() {
        return root.iterator();
    }

    /** The last element that stands before the place probed for; null when there is none. */
    @Nullable
    E floorBelow(ToIntFunction<? super E> probe) {
        return root.floorBelow(probe);
    }

    /** The elements from the first one for which {@code probe} is not positive. */
    Iterator<E> iteratorFrom(ToIntFunction<? super E> probe) {
        return root.iteratorFrom(probe);
    }

    /** The elements from one of them down to the first; none from null. */
    Iterator<E> descending(@Nullable E from) {
        return new Iterator<>() {
            private @Nullable E next = from;

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public E next() {
                var element = next;
                if (element == null) {
                    throw new NoSuchElementException();
                }
                next = floorBelow(e -> order.compare(element, e));
                return element;
            }
        };
    }

    /** What is told of two trees' difference: the two elements at one place, one of them null where only one has it. */
    interface Difference<E> {
        void at(@Nullable E before, @Nullable E after);
    }

    /**
     * Tells the elements in which a later tree differs from this one, in order; elements are compared by identity, and
     * pages that both trees share are skipped.
     */
    void differences(SortedTree<E> later, Difference<? super E> told) {
        var left = root;
        var right = later.root;
        while (left instanceof Branch<E> a && right instanceof Branch<E> b) {
            var place = a.onlyDifference(b);
            if (place < 0) {
                break;
            }
            left = a.pages[place];
            right = b.pages[place];
        }
        differences(left, right, told);
    }

    private void differences(Page<E> earlier, Page<E> later, Difference<? super E> told) {
        var before = new Cursor<>(earlier);
        var after = new Cursor<>(later);
        while (true) {
            var left = before.page();
            var right = after.page();
            if (left == null && right == null) {
                return;
            }
            if (left != null && left == right && before.atStart() && after.atStart()) {
                before.skip();
                after.skip();
            } else if (left instanceof Branch<E> && (!(right instanceof Branch<E>) || left.size() >= right.size())) {
                before.expand();
            } else if (right instanceof Branch<E>) {
                after.expand();
            } else {
                var a = left == null ? null : before.element();
                var b = right == null ? null : after.element();
                var sign = a == b ? 0 : a == null ? 1 : b == null ? -1 : order.compare(a, b);
                if (sign <= 0) {
                    before.next();
                }
                if (sign >= 0) {
                    after.next();
                }
                if (sign != 0 || a != b) {
                    told.at(sign <= 0 ? a : null, sign >= 0 ? b : null);
                }
            }
        }
    }

    /** A place in a tree: the pages still to be read, the first of them perhaps in part. */
    private static final class Cursor<E> {
        private final ArrayDeque<Page<E>> pages = new ArrayDeque<>();
        private int next;

        Cursor(Page<E> root) {
            if (root.size() > 0) {
                pages.push(root);
            }
        }

        @Nullable
        Page<E> page() {
            return pages.peek();
        }

        boolean atStart() {
            return next == 0;
        }

        void skip() {
            pages.pop();
        }

        void expand() {
            var branch = (Branch<E>) pages.pop();
            for (var i = branch.pages.length - 1; i >= 0; i--) {
                pages.push(branch.pages[i]);
            }
        }

        E element() {
            return ((Leaf<E>) pages.element()).at(next);
        }

        void next() {
            if (++next == pages.element().size()) {
                pages.pop();
                next = 0;
            }
        }
    }

    private sealed interface Page<E> {
        int size();

        E first();

        E last();

        @Nullable
        E find(ToIntFunction<? super E> probe);

        @Nullable
        E floorBelow(ToIntFunction<? super E> probe);

        List<Page<E>> with(E element, Comparator<? super E> order);

        /** Null when nothing is left, this when nothing was removed. */
        @Nullable
        Page<E> without(ToIntFunction<? super E> probe);

        Iterator<E> iterator();

        Iterator<E> iteratorFrom(ToIntFunction<? super E> probe);
    }

    private record Leaf<E>(Object[] elements) implements Page<E> {
        @SuppressWarnings("unchecked")
        E at(int index) {
            return (E) elements[index];
        }

        @Override
        public int size() {
            return elements.length;
        }

        @Override
        public E first() {
            return at(0);
        }

        @Override
        public E last() {
            return at(elements.length - 1);
        }

        /** The place of the element, or -(insertion point) - 1. */
        private int search(ToIntFunction<? super E> probe) {
            var low = 0;
            var high = elements.length - 1;
            while (low <= high) {
                var middle = (low + high) >>> 1;
                var sign = probe.applyAsInt(at(middle));
                if (sign == 0) {
                    return middle;
                }
                if (sign < 0) {
                    high = middle - 1;
                } else {
                    low = middle + 1;
                }
            }
            return -low - 1;
        }

        @Override
        public @Nullable E find(ToIntFunction<? super E> probe) {
            var place = search(probe);
            return place < 0 ? null : at(place);
        }

        @Override
        public @Nullable E floorBelow(ToIntFunction<? super E> probe) {
            var place = search(probe);
            var at = place < 0 ? -place - 1 : place;
            return at == 0 ? null : at(at - 1);
        }

        @Override
        public List<Page<E>> with(E element, Comparator<? super E> order) {
            var place = search(e -> order.compare(element, e));
            if (place >= 0) {
                var copy = elements.clone();
                copy[place] = element;
                return List.of(new Leaf<>(copy));
            }
            var at = -place - 1;
            var copy = new Object[elements.length + 1];
            System.arraycopy(elements, 0, copy, 0, at);
            copy[at] = element;
            System.arraycopy(elements, at, copy, at + 1, elements.length - at);
            if (copy.length <= WIDTH) {
                return List.of(new Leaf<>(copy));
            }
            // an append leaves the left page full, so that ascending insertion packs pages densely
            var split = at == copy.length - 1 ? WIDTH : copy.length / 2;
            return List.of(
                    new Leaf<>(Arrays.copyOf(copy, split)), new Leaf<>(Arrays.copyOfRange(copy, split, copy.length)));
        }

        @Override
        public @Nullable Page<E> without(ToIntFunction<? super E> probe) {
            var place = search(probe);
            if (place < 0) {
                return this;
            }
            if (elements.length == 1) {
                return null;
            }
            var copy = new Object[elements.length - 1];
            System.arraycopy(elements, 0, copy, 0, place);
            System.arraycopy(elements, place + 1, copy, place, copy.length - place);
            return new Leaf<>(copy);
        }

        @Override
        public Iterator<E> iterator() {
            return from(0);
        }

        @Override
        public Iterator<E> iteratorFrom(ToIntFunction<? super E> probe) {
            var place = search(probe);
            return from(place < 0 ? -place - 1 : place);
        }

        private Iterator<E> from(int start) {
            return new Iterator<>() {
                private int next = start;

                @Override
                public boolean hasNext() {
                    return next < elements.length;
                }

                @Override
                public E next() {
                    if (next >= elements.length) {
                        throw new NoSuchElementException();
                    }
                    return at(next++);
                }
            };
        }
    }

    /** Pages, and the first element of each, so that a search looks into one of them alone. */
    private record Branch<E>(Page<E>[] pages, Object[] firsts, int size) implements Page<E> {
        @SuppressWarnings("unchecked")
        static <E> Branch<E> of(List<? extends Page<E>> pages) {
            var size = 0;
            var firsts = new Object[pages.size()];
            for (var i = 0; i < firsts.length; i++) {
                firsts[i] = pages.get(i).first();
                size += pages.get(i).size();
            }
            return new Branch<>(pages.toArray(new Page[0]), firsts, size);
        }

        /** With another page in a place; the others are not looked at. */
        private Branch<E> with(int place, Page<E> page) {
            var changed = pages.clone();
            var changedFirsts = firsts.clone();
            changed[place] = page;
            changedFirsts[place] = page.first();
            return new Branch<>(changed, changedFirsts, size - pages[place].size() + page.size());
        }

        /** Where the two branches have another page, all other pages being the same; -1 when that is not so. */
        private int onlyDifference(Branch<E> other) {
            if (pages.length != other.pages.length) {
                return -1;
            }
            var place = -1;
            for (var i = 0; i < pages.length; i++) {
                if (pages[i] != other.pages[i]) {
                    if (place >= 0) {
                        return -1;
                    }
                    place = i;
                }
            }
            return place;
        }

        @SuppressWarnings("unchecked")
        private E firstOf(int page) {
            return (E) firsts[page];
        }

        @Override
        public E first() {
            return firstOf(0);
        }

        @Override
        public E last() {
            return pages[pages.length - 1].last();
        }

        /** The last page whose first element is not after the place probed for; 0 when all are. */
        private int pageOf(ToIntFunction<? super E> probe) {
            var low = 1;
            var high = pages.length - 1;
            while (low <= high) {
                var middle = (low + high) >>> 1;
                if (probe.applyAsInt(firstOf(middle)) < 0) {
                    high = middle - 1;
                } else {
                    low = middle + 1;
                }
            }
            return low - 1;
        }

        @Override
        public @Nullable E find(ToIntFunction<? super E> probe) {
            return pages[pageOf(probe)].find(probe);
        }

        @Override
        public @Nullable E floorBelow(ToIntFunction<? super E> probe) {
            var place = pageOf(probe);
            var found = pages[place].floorBelow(probe);
            return found == null && place > 0 ? pages[place - 1].last() : found;
        }

        @Override
        public List<Page<E>> with(E element, Comparator<? super E> order) {
            var place = pageOf(e -> order.compare(element, e));
            var parts = pages[place].with(element, order);
            if (parts.size() == 1) {
                return List.of(with(place, parts.getFirst()));
            }
            var all = new ArrayList<Page<E>>(pages.length + 1);
            all.addAll(Arrays.asList(pages).subList(0, place));
            all.addAll(parts);
            all.addAll(Arrays.asList(pages).subList(place + 1, pages.length));
            if (all.size() <= WIDTH) {
                return List.of(of(all));
            }
            var split = place == pages.length - 1 ? WIDTH : all.size() / 2;
            return List.of(of(all.subList(0, split)), of(all.subList(split, all.size())));
        }

        @Override
        public @Nullable Page<E> without(ToIntFunction<? super E> probe) {
            var place = pageOf(probe);
            var rest = pages[place].without(probe);
            if (rest == pages[place]) {
                return this;
            }
            var all = new ArrayList<>(Arrays.asList(pages));
            if (rest == null) {
                all.remove(place);
            } else {
                all.set(place, rest);
                merge(all, place);
            }
            return all.isEmpty() ? null : of(all);
        }

        /** Joins a page that has become small with a neighbour, where both fit into one. */
        private static <E> void merge(List<Page<E>> pages, int place) {
            var left = place > 0 ? place - 1 : place;
            if (left + 1 >= pages.size()) {
                return;
            }
            var joined = switch (pages.get(left)) {
                case Leaf<E> a
                when pages.get(left + 1) instanceof Leaf<E> b && a.size() + b.size() <= WIDTH / 2 -> {
                    var both = Arrays.copyOf(a.elements, a.size() + b.size());
                    System.arraycopy(b.elements, 0, both, a.size(), b.size());
                    yield new Leaf<E>(both);
                }
                case Branch<E> a
                when pages.get(left + 1) instanceof Branch<E> b && a.pages.length + b.pages.length <= WIDTH / 2 -> {
                    var both = new ArrayList<>(Arrays.asList(a.pages));
                    both.addAll(Arrays.asList(b.pages));
                    yield of(both);
                }
                default -> null;
            };
            if (joined != null) {
                pages.set(left, joined);
                pages.remove(left + 1);
            }
        }

        @Override
        public Iterator<E> iterator() {
            return from(0, pages[0].iterator());
        }

        @Override
        public Iterator<E> iteratorFrom(ToIntFunction<? super E> probe) {
            var place = pageOf(probe);
            return from(place, pages[place].iteratorFrom(probe));
        }

        private Iterator<E> from(int start, Iterator<E> first) {
            return new Iterator<>() {
                private int page = start;
                private Iterator<E> at = first;

                @Override
                public boolean hasNext() {
                    while (!at.hasNext() && page + 1 < pages.length) {
                        at = pages[++page].iterator();
                    }
                    return at.hasNext();
                }

                @Override
                public E next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return at.next();
                }
            };
        }
    }
}
