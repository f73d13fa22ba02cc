package io.auspex.yang.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SortedTreeTest {
    @Test
    void behavesLikeASortedSetThroughRandomChanges() {
        var random = new Random(7);
        var tree = SortedTree.<Integer>empty(Comparator.naturalOrder());
        var model = new TreeSet<Integer>();
        for (var i = 0; i < 20_000; i++) {
            int x = random.nextInt(3_000);
            if (random.nextInt(3) == 0) {
                tree = tree.without(e -> Integer.compare(x, e));
                model.remove(x);
            } else {
                tree = tree.with(x);
                model.add(x);
            }
            if (i % 500 == 0) {
                assertThat(tree).containsExactlyElementsOf(model);
                assertThat(tree.size()).isEqualTo(model.size());
                assertThat(tree.find(e -> Integer.compare(x, e))).isEqualTo(model.contains(x) ? x : null);
                assertThat(tree.floorBelow(e -> Integer.compare(x, e))).isEqualTo(model.lower(x));
                var rest = new ArrayList<Integer>();
                tree.iteratorFrom(e -> Integer.compare(x, e)).forEachRemaining(rest::add);
                assertThat(rest).containsExactlyElementsOf(model.tailSet(x));
            }
        }
    }

    @Test
    void anOlderVersionKeepsItsElements() {
        var before = SortedTree.ofSorted(Comparator.<Integer>naturalOrder(), List.of(1, 2, 3));
        var after = before.without(e -> Integer.compare(2, e)).with(9);
        assertThat(before).containsExactly(1, 2, 3);
        assertThat(after).containsExactly(1, 3, 9);
    }

    @Test
    void differencesAreThoseOfTheSets() {
        var random = new Random(11);
        var tree = SortedTree.<Integer>empty(Comparator.naturalOrder());
        for (var round = 0; round < 400; round++) {
            var before = tree;
            var changes = random.nextInt(1 + random.nextInt(400));
            for (var i = 0; i < changes; i++) {
                int x = random.nextInt(4_000);
                tree = random.nextInt(5) < 2 ? tree.without(e -> Integer.compare(x, e)) : tree.with(x);
            }
            var removed = new TreeSet<Integer>();
            before.forEach(removed::add);
            var added = new TreeSet<Integer>();
            tree.forEach(added::add);
            var both = new TreeSet<>(removed);
            both.retainAll(added);
            removed.removeAll(both);
            added.removeAll(both);

            var toldRemoved = new ArrayList<Integer>();
            var toldAdded = new ArrayList<Integer>();
            before.differences(tree, (a, b) -> {
                if (b == null) {
                    toldRemoved.add(a);
                } else if (a == null) {
                    toldAdded.add(b);
                }
            });
            assertThat(toldRemoved).containsExactlyElementsOf(removed);
            assertThat(toldAdded).containsExactlyElementsOf(added);
        }
    }

    @Test
    void pagesThatAreSharedAreNotCompared() {
        var comparisons = new int[1];
        Comparator<Integer> counting = (a, b) -> {
            comparisons[0]++;
            return Integer.compare(a, b);
        };
        var all = new ArrayList<Integer>();
        for (var i = 0; i < 100_000; i++) {
            all.add(2 * i);
        }
        var before = SortedTree.ofSorted(counting, all);
        var after = before.with(77_777).without(e -> Integer.compare(12_000, e));
        comparisons[0] = 0;

        var told = new ArrayList<String>();
        before.differences(after, (a, b) -> told.add(a + "→" + b));

        assertThat(told).containsExactly("12000→null", "null→77777");
        assertThat(comparisons[0]).isLessThan(200);
    }
}
