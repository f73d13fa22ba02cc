package io.auspex.assuranceengine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PersistentMapTest {

    /** Few hashes, so that keys collide. */
    private record Key(int number) {
        @Override
        public int hashCode() {
            return number % 7 << 27 | number % 3;
        }
    }

    @Property
    void itBehavesAsAHashMapAndOldVersionsStay(
            @ForAll @Size(max = 200) List<@IntRange(min = -40, max = 40) Integer> edits) {
        // Given
        PersistentMap<Key, Integer> map = PersistentMap.empty();
        Map<Key, Integer> expected = new HashMap<>();

        for (int edit : edits) {
            // When
            PersistentMap<Key, Integer> before = map;
            Map<Key, Integer> expectedBefore = new HashMap<>(expected);
            Key key = new Key(Math.abs(edit));
            if (edit >= 0) {
                map = map.with(key, edits.size() + edit);
                expected.put(key, edits.size() + edit);
            } else {
                map = map.without(key);
                expected.remove(key);
            }

            // Then
            assertThat(map.toMap()).isEqualTo(expected);
            assertThat(map.size()).isEqualTo(expected.size());
            assertThat(before.toMap()).isEqualTo(expectedBefore);
        }
    }
}
