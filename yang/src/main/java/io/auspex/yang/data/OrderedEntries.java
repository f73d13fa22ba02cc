package io.auspex.yang.data;

import io.auspex.yang.schema.ListKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable keyed entries in an order that the user sets: each has a rank, and is found by key or by rank in O(log n).
 *
 * <p>Ranks are far apart; an entry goes in the middle of its neighbours' ranks, and all are spread anew when there is no
 * room left.
 *
 * @param <V> what an entry carries
 */
final class OrderedEntries<V> {
    private static final long GAP = 1L << 32;

    /** With more changed ranks than this it is cheaper to look at all entries once than at the neighbours of each. */
    private static final int MANY = 32;

    private static final Comparator<Slot<?>> BY_KEY = Comparator.comparing(Slot::key);
    private static final Comparator<Slot<?>> BY_RANK = Comparator.comparingLong(Slot::rank);

    private record Slot<V>(ListKey key, long rank, V value) {}

    private final SortedTree<Slot<V>> byKey;
    private final SortedTree<Slot<V>> byRank;

    private OrderedEntries(SortedTree<Slot<V>> byKey, SortedTree<Slot<V>> byRank) {
        this.byKey = byKey;
        this.byRank = byRank;
    }

    static <V> OrderedEntries<V> empty() {
        return new OrderedEntries<>(SortedTree.empty(BY_KEY), SortedTree.empty(BY_RANK));
    }

    /** Entries in the order of the map. */
    static <V> OrderedEntries<V> of(LinkedHashMap<ListKey, V> entries) {
        var slots = new ArrayList<Slot<V>>(entries.size());
        entries.forEach((key, value) -> slots.add(new Slot<>(key, slots.size() * GAP, value)));
        return ofRanked(slots);
    }

    private static <V> OrderedEntries<V> ofRanked(List<Slot<V>> slots) {
        var sorted = new ArrayList<>(slots);
        sorted.sort(BY_KEY);
        return new OrderedEntries<>(SortedTree.ofSorted(BY_KEY, sorted), SortedTree.ofSorted(BY_RANK, slots));
    }

    int size() {
        return byKey.size();
    }

    @Nullable
    V get(ListKey key) {
        var slot = slot(key);
        return slot == null ? null : slot.value();
    }

    private @Nullable Slot<V> slot(ListKey key) {
        return byKey.find(s -> key.compareTo(s.key()));
    }

    /** With the entry at a position; throws {@link NoSuchElementException} when the position's key has no entry. */
    OrderedEntries<V> with(ListKey key, V value, Position position) {
        var old = slot(key);
        if (old != null && position instanceof Position.Unchanged) {
            return put(new Slot<>(key, old.rank(), value));
        }
        var point = switch (position) {
            case Position.Before(var anchor) -> anchor;
            case Position.After(var anchor) -> anchor;
            default -> null;
        };
        if (point != null && slot(point) == null) {
            throw new NoSuchElementException("no entry " + point);
        }
        if (point != null && key.equals(point)) {
            return put(new Slot<>(key, java.util.Objects.requireNonNull(old).rank(), value));
        }
        return without(key).insert(key, value, position);
    }

    private OrderedEntries<V> insert(ListKey key, V value, Position position) {
        var first = byRank.first();
        var last = byRank.last();
        if (first == null || last == null) {
            return put(new Slot<>(key, 0, value));
        }
        long low;
        long high;
        switch (position) {
            case Position.First _ -> {
                high = first.rank();
                low = high - 2 * GAP;
            }
            case Position.Last _, Position.Unchanged _ -> {
                low = last.rank();
                high = low + 2 * GAP;
            }
            case Position.Before(var anchor) -> {
                high = rank(anchor);
                var previous = previous(high);
                low = previous == null ? high - 2 * GAP : previous.rank();
            }
            case Position.After(var anchor) -> {
                low = rank(anchor);
                var after = low;
                var next = byRank.iteratorFrom(s -> Long.compare(after + 1, s.rank()));
                high = next.hasNext() ? next.next().rank() : low + 2 * GAP;
            }
        }
        if (high - low < 2) {
            return spread().insert(key, value, position);
        }
        return put(new Slot<>(key, low + (high - low) / 2, value));
    }

    private long rank(ListKey key) {
        return java.util.Objects.requireNonNull(slot(key)).rank();
    }

    /** The slot just before a rank. */
    private @Nullable Slot<V> previous(long rank) {
        return byRank.floorBelow(s -> Long.compare(rank, s.rank()));
    }

    /** The key of the entry just before the one of a key; null for the first. */
    @Nullable
    ListKey predecessor(ListKey key) {
        var before = previous(rank(key));
        return before == null ? null : before.key();
    }

    /** Compares keys of entries that are there by the places of these. */
    int comparePlaces(ListKey a, ListKey b) {
        return Long.compare(rank(a), rank(b));
    }

    /** What is told of two states' difference: the values of one key, one null where only one state has it. */
    interface Difference<V> {
        void at(ListKey key, @Nullable V before, @Nullable V after, boolean moved);
    }

    /**
     * Tells the entries in which a later state differs from this one: first those that are gone, then the others in their
     * later order, so that putting each just after its predecessor, in the order told, makes the later order.
     */
    void differences(OrderedEntries<V> later, Difference<? super V> told) {
        var there = new ArrayList<Slot<V>>();
        var reranked = new ArrayList<Slot<V>>();
        byKey.differences(later.byKey, (a, b) -> {
            if (b == null) {
                told.at(java.util.Objects.requireNonNull(a).key(), a.value(), null, false);
            } else {
                there.add(b);
                if (a != null && a.rank() != b.rank()) {
                    reranked.add(b);
                }
            }
        });
        there.sort(BY_RANK);
        reranked.sort(BY_RANK);
        var still = reranked.size() > MANY ? sameRanks(later) : null;
        var kept = keptInOrder(reranked.stream()
                .filter(s -> !(still == null ? passes(later, s) : passes(still, s)))
                .toList());
        for (var slot : there) {
            var old = slot(slot.key());
            var moved = old != null && old.rank() != slot.rank() && !kept.contains(slot.key());
            var before = old == null ? null : old.value();
            if (moved || before != slot.value()) {
                told.at(slot.key(), before, slot.value(), moved);
            }
        }
    }

    /** True when a slot of a later state has gone past one whose rank is still the same. */
    private boolean passes(OrderedEntries<V> later, Slot<V> slot) {
        var old = rank(slot.key());
        var from = Math.min(old, slot.rank()) + 1;
        var to = Math.max(old, slot.rank());
        for (var between = later.byRank.iteratorFrom(s -> Long.compare(from, s.rank())); between.hasNext(); ) {
            var other = between.next();
            if (other.rank() >= to) {
                return false;
            }
            var before = slot(other.key());
            if (before != null && before.rank() == other.rank()) {
                return true;
            }
        }
        return false;
    }

    private boolean passes(long[] still, Slot<V> slot) {
        return Arrays.binarySearch(still, rank(slot.key())) != Arrays.binarySearch(still, slot.rank());
    }

    /** The ranks that their entries have in both states. */
    private long[] sameRanks(OrderedEntries<V> later) {
        var ranks = LongStream.builder();
        for (var slot : later.byRank) {
            var old = slot(slot.key());
            if (old != null && old.rank() == slot.rank()) {
                ranks.add(slot.rank());
            }
        }
        return ranks.build().toArray();
    }

    /**
     * The most entries that stand in the same order in both states: a longest increasing run of old ranks.
     *
     * @param slots of the later state, in its order
     */
    private Set<ListKey> keptInOrder(List<Slot<V>> slots) {
        var tails = new ArrayList<Link>();
        for (var slot : slots) {
            var old = rank(slot.key());
            var low = 0;
            var high = tails.size();
            while (low < high) {
                var middle = (low + high) >>> 1;
                if (tails.get(middle).rank() < old) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            var link = new Link(slot.key(), old, low == 0 ? null : tails.get(low - 1));
            if (low == tails.size()) {
                tails.add(link);
            } else {
                tails.set(low, link);
            }
        }
        var kept = new HashSet<ListKey>();
        for (var at = tails.isEmpty() ? null : tails.getLast(); at != null; at = at.previous()) {
            kept.add(at.key());
        }
        return kept;
    }

    private record Link(ListKey key, long rank, @Nullable Link previous) {}

    private OrderedEntries<V> spread() {
        var slots = new ArrayList<Slot<V>>(size());
        for (var slot : byRank) {
            slots.add(new Slot<>(slot.key(), slots.size() * GAP, slot.value()));
        }
        return ofRanked(slots);
    }

    private OrderedEntries<V> put(Slot<V> slot) {
        return new OrderedEntries<>(byKey.with(slot), byRank.with(slot));
    }

    OrderedEntries<V> without(ListKey key) {
        var old = slot(key);
        return old == null
                ? this
                : new OrderedEntries<>(
                        byKey.without(s -> key.compareTo(s.key())),
                        byRank.without(s -> Long.compare(old.rank(), s.rank())));
    }

    Iterator<V> values() {
        return values(byRank.iterator());
    }

    /** The values from that of a key on, all from null, in either direction; none when there is no such key. */
    Iterator<V> values(@Nullable ListKey from, boolean backwards) {
        var start = from == null ? (backwards ? byRank.last() : byRank.first()) : slot(from);
        if (start == null) {
            return Collections.emptyIterator();
        }
        return values(
                backwards ? byRank.descending(start) : byRank.iteratorFrom(s -> Long.compare(start.rank(), s.rank())));
    }

    private static <V> Iterator<V> values(Iterator<Slot<V>> slots) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return slots.hasNext();
            }

            @Override
            public V next() {
                return slots.next().value();
            }
        };
    }

    Collection<ListKey> keys() {
        var keys = new ArrayList<ListKey>(size());
        byRank.forEach(s -> keys.add(s.key()));
        return keys;
    }
}
