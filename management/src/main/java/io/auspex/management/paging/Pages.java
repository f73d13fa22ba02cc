package io.auspex.management.paging;

import io.auspex.yang.codec.Annotation;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Cuts pages out of lists and leaf-lists (draft-ietf-netconf-list-pagination §3). */
public final class Pages {
    /** As many elements can be sorted; a list itself is never copied. */
    private static final int MOST_SORTED = 1_000_000;

    private Pages() {}

    /**
     * One page of a list or leaf-list; another node with the lists below it limited.
     *
     * @param parent the node that the target stands in, in the tree that the caller may see; null for the root itself
     * @param shown reduces what the page has to what the request shows of it
     */
    public static DataNode of(DataNode target, @Nullable XPathNode parent, Page page, UnaryOperator<DataNode> shown)
            throws YangException {
        try {
            return switch (target) {
                case ListNode list when parent != null -> entries(list, parent, page, shown);
                case LeafListNode values when parent != null -> values(values, parent, page);
                default -> below(shown.apply(target), page);
            };
        } catch (Refused e) {
            throw e.why;
        }
    }

    private static DataNode below(DataNode node, Page page) {
        return page.sublistLimit() == Page.UNBOUNDED ? node : new Sublists(page.sublistLimit()).below(node);
    }

    private static DataNode entries(ListNode list, XPathNode parent, Page page, UnaryOperator<DataNode> shown)
            throws YangException {
        if (page.cursor() != null && list.entry(page.cursor()) == null) {
            throw cursorNotFound();
        }
        var condition = condition(page, (InnerNode e) -> parent.below(e));
        var sortBy = page.sortBy();
        Working<InnerNode> working = sortBy == null
                ? new StreamedList(list, page.where() == null ? null : condition)
                : new Working.Sorted<>(sorted(list.iterator(), condition, sortBy.entries()), InnerNode::key);
        var cut = Cut.of(working, page, InnerNode::key);
        var some = below(shown.apply(new SomeEntries(list.schema(), cut.elements())), page);
        var tags = tags(cut, page);
        var next = cut.next() == null ? null : cut.next().key();
        var previous = cut.previous() == null ? null : cut.previous().key();
        if (next != null) {
            tags.add(PageMetadata.text("next", Cursors.text(next)));
        }
        if (previous != null) {
            tags.add(PageMetadata.text("previous", Cursors.text(previous)));
        }
        return tags.isEmpty() ? some : new Tagged.Entries((ListNode) some, tags);
    }

    private static DataNode values(LeafListNode list, XPathNode parent, Page page) throws YangException {
        var condition = condition(page, (Object v) -> parent.below(list.schema(), v, -1));
        var sortBy = page.sortBy();
        Working<Object> working = sortBy == null
                ? new StreamedValues(list, page.where() == null ? null : condition)
                : new Working.Sorted<>(sorted(list.iterator(), condition, sortBy.values()), _ -> null);
        var cut = Cut.of(working, page, _ -> null);
        return new Tagged.Values(list.schema(), cut.elements(), tags(cut, page));
    }

    private static List<Annotation> tags(Cut<?> cut, Page page) {
        var tags = new ArrayList<Annotation>();
        if (cut.next() != null) {
            tags.addAll(PageMetadata.remaining(cut.remaining()));
        }
        if (page.sortBy() != null) {
            tags.add(PageMetadata.text("locale", page.sortBy().localeName()));
        }
        return tags;
    }

    static YangException cursorNotFound() {
        return new YangException(YangError.of(Failure.NO_SUCH_ENTRY, "the cursor is that of no entry of the list")
                .withAppTag("ietf-list-pagination:cursor-not-found"));
    }

    private interface Place<E> {
        XPathNode of(E element);
    }

    private static <E> Predicate<E> condition(Page page, Place<E> place) {
        var where = page.where();
        if (where == null) {
            return _ -> true;
        }
        var budget = XPathBudget.standard();
        return element -> {
            try {
                return where.test(place.of(element), budget);
            } catch (YangException e) {
                throw new Refused(e);
            }
        };
    }

    /** Carries a refusal out of an iterator. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient YangException why;

        Refused(YangException why) {
            super(why);
            this.why = why;
        }
    }

    private static <E> List<E> sorted(Iterator<E> all, Predicate<E> condition, Comparator<? super E> order)
            throws YangException {
        var matching = new ArrayList<E>();
        for (var some = Working.matching(all, condition); some.hasNext(); ) {
            matching.add(some.next());
            if (matching.size() > MOST_SORTED) {
                throw new YangException(
                        Failure.ANSWER_TOO_BIG,
                        "more than " + MOST_SORTED + " entries are not sorted; let 'where' leave fewer");
            }
        }
        matching.sort(order);
        return matching;
    }

    private record StreamedList(ListNode list, @Nullable Predicate<InnerNode> condition) implements Working<InnerNode> {
        @Override
        public Iterator<InnerNode> from(@Nullable ListKey from, boolean backwards) {
            var all = list.entries(from, backwards);
            return condition == null ? all : Working.matching(all, condition);
        }

        @Override
        public long size() {
            return condition == null ? list.size() : -1;
        }
    }

    private record StreamedValues(
            LeafListNode list, @Nullable Predicate<Object> condition) implements Working<Object> {
        @Override
        public Iterator<Object> from(@Nullable ListKey from, boolean backwards) {
            var all = list.iterator();
            if (backwards) {
                var values = new ArrayList<>();
                all.forEachRemaining(values::add);
                all = values.reversed().iterator();
            }
            return condition == null ? all : Working.matching(all, condition);
        }

        @Override
        public long size() {
            return condition == null ? list.size() : -1;
        }
    }

    /** The entries of one page. */
    private record SomeEntries(SchemaNode schema, List<InnerNode> entries) implements ListNode {
        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return entries.stream()
                    .filter(e -> Objects.equals(key, e.key()))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Iterator<InnerNode> iterator() {
            return entries.iterator();
        }

        @Override
        public int size() {
            return entries.size();
        }
    }
}
