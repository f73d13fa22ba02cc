package io.auspex.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergedTest {
    private static final int NUMBERS = 20;
    private static final SchemaNode TOP =
            TestModel.MODEL.root().child("store-test", "top").orElseThrow();

    private static InnerNode top(Set<Integer> numbers, String text) {
        return NodeBuilder.node(
                TOP,
                top -> numbers.forEach(n -> top.entry(
                        "link", link -> link.leaf("name", "%03d".formatted(n)).leaf("a", text))));
    }

    private static List<String> values(Iterator<InnerNode> entries) {
        var values = new ArrayList<String>();
        entries.forEachRemaining(e ->
                values.add(e.value("name").orElseThrow() + " " + e.value("a").orElseThrow()));
        return values;
    }

    /** Each number with the first source that has it. */
    private static List<String> winners(Collection<Integer> numbers, List<Set<Integer>> sources) {
        return numbers.stream()
                .map(n -> "%03d from %d".formatted(n, first(n, sources)))
                .toList();
    }

    private static int first(int number, List<Set<Integer>> sources) {
        return IntStream.range(0, sources.size())
                .filter(i -> sources.get(i).contains(number))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void listsOfAnyNumberOfSourcesAreOneSortedListInWhichTheFirstSourceWins() {
        for (var seed = 0; seed < 200; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            var sources = new ArrayList<Set<Integer>>();
            var nodes = new ArrayList<DataNode>();
            for (var i = random.nextInt(4); i >= 0; i--) {
                var numbers =
                        random.ints(1 + random.nextInt(8), 0, NUMBERS).boxed().collect(Collectors.toSet());
                nodes.add(top(numbers, "from " + sources.size()));
                sources.add(numbers);
            }
            var all = new TreeSet<Integer>();
            sources.forEach(all::addAll);
            var from = random.nextInt(NUMBERS);
            var key = ListKey.of("%03d".formatted(from));
            // When
            var merged = ((InnerNode) Objects.requireNonNull(Merged.of(nodes)))
                    .list("link")
                    .orElseThrow();
            // Then
            assertThat(values(merged.iterator())).isEqualTo(winners(all, sources));
            assertThat(values(merged.entries(null, true))).isEqualTo(winners(all.descendingSet(), sources));
            if (all.contains(from)) {
                assertThat(values(merged.entries(key, false))).isEqualTo(winners(all.tailSet(from), sources));
                assertThat(values(merged.entries(key, true)))
                        .isEqualTo(winners(all.headSet(from, true).descendingSet(), sources));
            }
            assertThat(merged.entry(key) != null).isEqualTo(all.contains(from));
        }
    }

    @Test
    void childrenOfOneEntryComeInSchemaOrderWhicheverSourceHasThem() {
        // Given
        var link = TOP.child("link").orElseThrow();
        var first = NodeBuilder.node(link, l -> l.leaf("name", "n").leaf("b", 1L));
        var second = NodeBuilder.node(link, l -> l.leaf("name", "n").leaf("a", "v"));
        // When
        var merged = (InnerNode) Objects.requireNonNull(Merged.of(List.of(first, second)));
        // Then
        var names = new ArrayList<String>();
        merged.children().forEach(c -> names.add(c.schema().name()));
        assertThat(names).containsExactly("name", "a", "b");
    }
}
