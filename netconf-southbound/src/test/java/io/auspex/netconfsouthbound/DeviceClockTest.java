package io.auspex.netconfsouthbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.netconfsouthbound.ClockSkew.Source;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeviceClockTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    private final DeviceClock clock = new DeviceClock();

    /** A notification of a device whose clock is so far ahead, held back for so long. */
    private void hear(int second, Duration ahead, Duration delay) {
        var at = NOW.plusSeconds(second);
        clock.heard(at.minus(delay).plus(ahead), at);
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(clock.skew()).isEmpty();
    }

    @Test
    void s12_aClockThatNamesTheEndOfTimeIsMeasuredAllTheSame() {
        // When
        clock.heard(Instant.MAX, NOW);
        var ahead = clock.skew().orElseThrow().ahead();
        clock.asked(Instant.MIN, NOW, NOW);
        var behind = clock.skew().orElseThrow().ahead();

        // Then
        assertThat(ahead).isEqualTo(Duration.ofDays(3_652_500)).isEqualTo(behind.negated());
    }

    @Test
    void theLeastDelayedNotificationCounts() {
        // When
        hear(1, Duration.ofSeconds(3), Duration.ofSeconds(9));
        hear(2, Duration.ofSeconds(3), Duration.ofMillis(20));
        hear(3, Duration.ofSeconds(3), Duration.ofSeconds(5));

        // Then
        assertThat(clock.skew()).hasValueSatisfying(skew -> {
            assertThat(skew.ahead()).isEqualTo(Duration.ofMillis(2_980));
            assertThat(skew.isBeyondLimit()).isFalse();
        });
    }

    @Test
    void aClockThatIsSetBackIsSeenAfterTwoMinutes() {
        // Given
        hear(0, Duration.ofHours(1), Duration.ZERO);

        // When
        hear(70, Duration.ofHours(-1), Duration.ZERO);
        hear(130, Duration.ofHours(-1), Duration.ZERO);
        hear(190, Duration.ofHours(-1), Duration.ZERO);

        // Then
        assertThat(clock.skew()).hasValueSatisfying(skew -> {
            assertThat(skew.ahead()).isEqualTo(Duration.ofHours(-1));
            assertThat(skew.isBeyondLimit()).isTrue();
        });
    }

    @Test
    void aClockThatWasAskedForCountsMoreThanNotifications() {
        // Given
        hear(0, Duration.ofHours(1), Duration.ZERO);

        // When
        clock.asked(NOW.plusSeconds(12), NOW.plusSeconds(1), NOW.plusSeconds(3));

        // Then
        assertThat(clock.skew())
                .contains(new ClockSkew(Duration.ofSeconds(10), Source.SYSTEM_CLOCK, NOW.plusSeconds(3)));
    }
}
