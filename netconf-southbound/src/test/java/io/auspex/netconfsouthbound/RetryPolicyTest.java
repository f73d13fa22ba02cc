package io.auspex.netconfsouthbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.netconfsouthbound.SessionException.Kind;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final RandomGenerator LARGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return -1;
        }

        @Override
        public long nextLong(long origin, long bound) {
            return bound - 1;
        }
    };
    private static final RandomGenerator SMALLEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long origin, long bound) {
            return origin;
        }
    };

    @Test
    void boundDoublesFromOneSecondToFiveMinutes() {
        // Given
        var policy = new RetryPolicy(SessionTimers.DEFAULT, LARGEST);
        var expected = new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300};

        for (var seconds : expected) {
            // When
            var pause = policy.afterFailure(Kind.UNREACHABLE);

            // Then
            assertThat(pause).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void jitterIsFull() {
        assertThat(new RetryPolicy(SessionTimers.DEFAULT, SMALLEST).afterFailure(Kind.UNREACHABLE))
                .isZero();
    }

    @Test
    void boundNeverOverflows() {
        // Given
        var policy = new RetryPolicy(SessionTimers.DEFAULT, LARGEST);

        // When
        for (var i = 0; i < 100; i++) {
            policy.afterFailure(Kind.PROTOCOL_ERROR);
        }

        // Then
        assertThat(policy.afterFailure(Kind.PROTOCOL_ERROR)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void deviceThatSpeaksNoNetconfIsLeftAloneLonger() {
        assertThat(new RetryPolicy(SessionTimers.DEFAULT, SMALLEST).afterFailure(Kind.PROTOCOL_ERROR))
                .isEqualTo(Duration.ofMillis(2500));
        assertThat(new RetryPolicy(SessionTimers.DEFAULT, LARGEST).afterFailure(Kind.HOST_KEY_CHANGED))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void thirdRefusedLoginIsFollowedByTheHold() {
        // Given
        var policy = new RetryPolicy(SessionTimers.DEFAULT, LARGEST);
        policy.afterFailure(Kind.AUTHENTICATION_FAILED);
        policy.afterFailure(Kind.AUTHENTICATION_FAILED);

        // When
        var pause = policy.afterFailure(Kind.AUTHENTICATION_FAILED);

        // Then
        assertThat(pause).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void sessionThatHeldStartsFromTheBaseAgain() {
        // Given
        var policy = new RetryPolicy(SessionTimers.DEFAULT, LARGEST);
        policy.afterFailure(Kind.UNREACHABLE);
        policy.afterFailure(Kind.UNREACHABLE);

        // When
        policy.reset();

        // Then
        assertThat(policy.afterFailure(Kind.UNREACHABLE)).isEqualTo(Duration.ofSeconds(1));
    }
}
