package io.auspex.netconfsouthbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NotificationQueueTest {
    private final NotificationQueue queue = new NotificationQueue(System::nanoTime);

    private void offer(int count, int bytes) {
        for (var i = 0; i < count; i++) {
            queue.offer(new byte[bytes], Instant.EPOCH);
        }
    }

    @Test
    void s22_aStormIsHeldBackAndCounted() {
        // When
        offer(50_000, 10);

        // Then
        assertThat(queue.takeAll()).hasSize(NotificationQueue.MOST);
        assertThat(queue.lost()).isEqualTo(50_000 - NotificationQueue.MOST);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void largeMessagesAreBoundedByTheirBytes() {
        // When
        offer(3, NotificationQueue.MOST_BYTES / 2);

        // Then
        assertThat(queue.takeAll()).hasSize(2);
        assertThat(queue.lost()).isEqualTo(1);
    }

    @Test
    void whatIsTakenMakesRoom() {
        // Given
        offer(NotificationQueue.MOST, 1);
        queue.takeAll();

        // When
        offer(1, 1);

        // Then
        assertThat(queue.takeAll()).hasSize(1);
        assertThat(queue.lost()).isZero();
    }
}
