package io.auspex.netconfsouthbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PollScheduleTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final RandomGenerator NO_JITTER = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            return 0;
        }
    };

    private final PollSchedule schedule = new PollSchedule(Duration.ofSeconds(10), NO_JITTER, 0);

    @Test
    void collectionsDoNotDriftByTheTimeTheyTake() {
        // Given
        assertThat(schedule.untilNext(0)).isZero();

        // When
        schedule.collected(3 * SECOND);

        // Then
        assertThat(schedule.untilNext(3 * SECOND)).isEqualTo(7 * SECOND);
    }

    @Test
    void slotsMissedByASlowCollectionAreLeftOut() {
        // When
        schedule.collected(34 * SECOND);

        // Then
        assertThat(schedule.untilNext(34 * SECOND)).isEqualTo(6 * SECOND);
    }

    @Test
    void changedPlanIsCollectedAtOnce() {
        // Given
        schedule.collected(SECOND);

        // When
        schedule.restart(Duration.ofSeconds(2), 4 * SECOND);

        // Then
        assertThat(schedule.untilNext(4 * SECOND)).isZero();
        schedule.collected(4 * SECOND);
        assertThat(schedule.untilNext(4 * SECOND)).isEqualTo(2 * SECOND);
    }

    @Test
    void startIsSpreadOverATenthOfThePeriodAndOneSecondAtMost() {
        // Given
        var random = RandomGenerator.of("L64X128MixRandom");

        for (var i = 0; i < 1000; i++) {
            // When
            var fast = new PollSchedule(Duration.ofSeconds(1), random, 0).untilNext(0);
            var slow = new PollSchedule(Duration.ofMinutes(5), random, 0).untilNext(0);

            // Then
            assertThat(fast).isBetween(0L, SECOND / 10);
            assertThat(slow).isBetween(0L, SECOND);
        }
    }
}
