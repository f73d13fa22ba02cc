package io.auspex.yang.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.schema.ListKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedEntriesTest {
    private static OrderedEntries<String> put(OrderedEntries<String> entries, String name, Position position) {
        return entries.with(ListKey.of(name), name, position);
    }

    private static List<String> order(OrderedEntries<String> entries) {
        var names = new ArrayList<String>();
        entries.values().forEachRemaining(names::add);
        return names;
    }

    /** Makes the later state from the earlier one by what its difference tells. */
    private static OrderedEntries<String> replay(OrderedEntries<String> before, OrderedEntries<String> later) {
        var result = new ArrayList<>(List.of(before));
        before.differences(later, (key, _, after, _) -> {
            var at = result.getLast();
            if (after == null) {
                result.add(at.without(key));
            } else {
                var anchor = later.predecessor(key);
                result.add(at.with(key, after, anchor == null ? new Position.First() : new Position.After(anchor)));
            }
        });
        return result.getLast();
    }

    @Test
    void theDifferenceReplayedMakesTheLaterOrder() {
        var random = new Random(3);
        var entries = OrderedEntries.<String>empty();
        for (var round = 0; round < 300; round++) {
            var before = entries;
            for (var i = random.nextInt(60); i > 0; i--) {
                var name = "e" + random.nextInt(80);
                var all = order(entries);
                var anchor = all.isEmpty() ? "" : all.get(random.nextInt(all.size()));
                entries = switch (random.nextInt(all.isEmpty() ? 2 : 5)) {
                    case 0 -> put(entries, name, new Position.First());
                    case 1 -> put(entries, name, new Position.Last());
                    case 2 -> put(entries, name, new Position.After(ListKey.of(anchor)));
                    case 3 -> put(entries, name, new Position.Before(ListKey.of(anchor)));
                    default -> entries.without(ListKey.of(name));
                };
            }
            if (random.nextInt(3) == 0) {
                entries = anew(order(entries));
            }
            assertThat(order(replay(before, entries))).isEqualTo(order(entries));
        }
    }

    /** The same entries, ranked without regard to what was before. */
    private static OrderedEntries<String> anew(List<String> names) {
        var map = new LinkedHashMap<ListKey, String>();
        names.forEach(name -> map.put(ListKey.of(name), name));
        return OrderedEntries.of(map);
    }

    private static List<String> moved(OrderedEntries<String> before, OrderedEntries<String> after) {
        var moved = new ArrayList<String>();
        before.differences(after, (key, _, _, m) -> {
            if (m) {
                moved.add(key.value(0).toString());
            }
        });
        return moved;
    }

    /** Whatever their ranks: what receivers are told of is what the user did. */
    @ParameterizedTest
    @CsvSource({
        "a b c, x a b c, ''",
        "a b c, b c, ''",
        "a b c, x b y c, ''",
        "b, a b, ''",
        "b a, a b, a",
        "a b c d, d a b c, d",
        "a b c d, x d b c, d",
        "a b c d, b c d a, a"
    })
    void onlyWhatChangedItsPlaceAmongTheOthersIsMoved(String before, String after, String expected) {
        assertThat(moved(anew(List.of(before.split(" "))), anew(List.of(after.split(" ")))))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void spreadingRanksMovesNoEntry() {
        var before = OrderedEntries.<String>empty();
        for (var i = 0; i < 100; i++) {
            before = put(before, "e" + i, new Position.Last());
        }
        var after = before;
        for (var i = 0; i < 40; i++) {
            after = put(after, "n" + i, new Position.After(ListKey.of("e50")));
        }
        assertThat(moved(before, after)).isEmpty();
        assertThat(order(replay(before, after))).isEqualTo(order(after));
    }
}
