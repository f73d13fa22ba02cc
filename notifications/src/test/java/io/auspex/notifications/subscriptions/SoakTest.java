package io.auspex.notifications.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day in simulated time: events and changes, receivers that come, stall, lose their connection and go. With
 * {@code -Dauspex.soak.events=1000000} the whole day; by default its first part.
 */
class SoakTest {
    private static final int EVENTS = Integer.getInteger("auspex.soak.events", 5_000);
    private static final long MOST_GROWTH = 16L << 20;

    @TempDir
    Path folder;

    private Soak.Outcome run(long seed, int events, String name) throws Exception {
        try (var soak = new Soak(seed, folder.resolve(name))) {
            var outcome = soak.run(events);
            System.out.println("seed " + seed + ": " + outcome);
            return outcome;
        }
    }

    @Test
    void theHeapIsFlatAndEqualSeedsLeaveEqualTraces() throws Exception {
        var first = run(1, EVENTS, "first");
        assertThat(first.heapAtEnd() - first.heapAtStart()).isLessThan(MOST_GROWTH);
        assertThat(first.wrong()).isEmpty();
        assertThat(run(1, EVENTS, "again").trace()).isEqualTo(first.trace());
        assertThat(run(2, Math.min(EVENTS, 5_000), "other").trace()).isNotEqualTo(first.trace());
    }
}
