package io.auspex.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void rateIsTheIncreasePerSecondWithinTheSpan() {
        // Given
        Samples samples = samples(0, 0, 1_000_000, 10, 100, 20, 200, 80, 800);

        // When
        double rate = samples.value(WindowFunction.RATE, MINUTE, 80_000);

        // Then
        assertThat(rate).isEqualTo((800.0 - 200) / 60);
    }

    @Test
    void aCounterResetGivesNoNegativeRate() {
        // Given
        Samples samples = samples(0, 0, 5_000, 10, 6_000, 20, 30, 30, 1_030);

        // When
        double rate = samples.value(WindowFunction.RATE, MINUTE, 30_000);

        // Then
        assertThat(rate)
                .as("two intervals of 1000 in 10 s, the one with the reset left out")
                .isEqualTo(100);
    }

    @Test
    void aCounter32ThatWrapsGoesOnCounting() {
        // Given
        Samples samples = samples(32, 0, 0x1p32 - 500, 10, 500);

        // When
        double rate = samples.value(WindowFunction.RATE, MINUTE, 10_000);

        // Then
        assertThat(rate).isEqualTo(100);
    }

    @Test
    void aCounter32ThatFallsFarBelowHalfWasReset() {
        // Given
        Samples samples = samples(32, 0, 1_000, 10, 5);

        // When
        double rate = samples.value(WindowFunction.RATE, MINUTE, 10_000);

        // Then
        assertThat(rate).isNaN();
    }

    @Test
    void aGapIsLeftOut() {
        // Given
        Samples samples = samples(0, 0, 100, 10, 200, 20, Double.NaN, 30, 9_000, 40, 9_100);

        // When
        double rate = samples.value(WindowFunction.RATE, MINUTE, 40_000);

        // Then
        assertThat(rate).isEqualTo(10);
        assertThat(samples.value(WindowFunction.CHANGES, MINUTE, 40_000)).isEqualTo(3);
    }

    @Test
    void oneSampleGivesNoRate() {
        // Given
        Samples samples = samples(0, 0, 100);

        // When
        double rate = samples.value(WindowFunction.RATE, MINUTE, 0);

        // Then
        assertThat(rate).isNaN();
        assertThat(samples.value(WindowFunction.AVG, MINUTE, 0)).isEqualTo(100);
    }

    @Test
    void nothingIsKnownBeforeTheFirstSample() {
        // Given
        Samples samples = new Samples(0, Duration.ofHours(1));

        // When
        double age = samples.value(WindowFunction.AGE, Duration.ZERO, 5_000);

        // Then
        assertThat(age).isNaN();
    }

    @Test
    void theSmallestGreatestAndMeanAreThoseOfTheSpan() {
        // Given
        Samples samples = samples(0, 0, 99, 100, 1, 110, 5, 120, 3);

        // When
        double mean = samples.value(WindowFunction.AVG, MINUTE, 125_000);

        // Then
        assertThat(mean).isEqualTo(3, within(1e-9));
        assertThat(samples.value(WindowFunction.MIN, MINUTE, 125_000)).isEqualTo(1);
        assertThat(samples.value(WindowFunction.MAX, MINUTE, 125_000)).isEqualTo(5);
        assertThat(samples.value(WindowFunction.AGE, Duration.ZERO, 125_000)).isEqualTo(5);
    }

    @Test
    void lateSamplesAreDroppedAndDuplicatesReplaced() {
        // Given
        Samples samples = samples(0, 10, 1, 20, 2);

        // When
        samples.add(15_000, 100);
        samples.add(20_000, 3);

        // Then
        assertThat(samples.size()).isEqualTo(2);
        assertThat(samples.value(WindowFunction.MAX, MINUTE, 20_000)).isEqualTo(3);
    }

    @Test
    void thePastIsBounded() {
        // Given
        Samples samples = new Samples(0, Duration.ofHours(1));

        // When
        for (int i = 0; i < 100_000; i++) {
            samples.add(i, i);
        }

        // Then
        assertThat(samples.size()).isEqualTo(Samples.CAPACITY);
        assertThat(samples.value(WindowFunction.MIN, MINUTE, 100_000)).isEqualTo(100_000 - Samples.CAPACITY);
        assertThat(samples.value(WindowFunction.RATE, MINUTE, 100_000)).isEqualTo(1_000);
    }

    @Test
    void noMoreIsKeptThanTheLongestSpanNeeds() {
        // Given
        Samples samples = new Samples(0, MINUTE);

        // When
        for (int i = 0; i < 100; i++) {
            samples.add(i * 10_000L, i);
        }

        // Then
        assertThat(samples.size()).isLessThanOrEqualTo(8);
        assertThat(samples.value(WindowFunction.MIN, MINUTE, 990_000)).isEqualTo(93);
    }

    private static Samples samples(int counterBits, double... secondsAndValues) {
        Samples samples = new Samples(counterBits, Duration.ofHours(1));
        for (int i = 0; i < secondsAndValues.length; i += 2) {
            samples.add((long) (secondsAndValues[i] * 1000), secondsAndValues[i + 1]);
        }
        return samples;
    }
}
