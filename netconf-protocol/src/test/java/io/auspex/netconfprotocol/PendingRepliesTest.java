package io.auspex.netconfprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class PendingRepliesTest {
    private static final Duration SOON = Duration.ofMillis(1);

    private final PendingReplies<String> replies = new PendingReplies<>(2);

    @Test
    void repliesOutOfOrderReachTheirCallers() throws Exception {
        // Given
        var first = replies.open();
        var second = replies.open();

        // When
        replies.complete(second.messageId(), "two");
        replies.complete(first.messageId(), "one");

        // Then
        assertThat(first.await(SOON)).isEqualTo("one");
        assertThat(second.await(SOON)).isEqualTo("two");
        assertThat(replies.size()).isZero();
    }

    @Test
    void unknownAndDuplicateMessageIdsAreDropped() throws Exception {
        // Given
        var pending = replies.open();
        replies.complete(pending.messageId(), "one");

        // When
        var duplicate = replies.complete(pending.messageId(), "again");

        // Then
        assertThat(duplicate).isFalse();
        assertThat(replies.complete("999", "x")).isFalse();
        assertThat(pending.await(SOON)).isEqualTo("one");
    }

    @Test
    void callerThatGivesUpGivesItsPlaceBack() throws Exception {
        // Given
        replies.open();
        var second = replies.open();
        assertThatThrownBy(replies::open)
                .isInstanceOf(IOException.class)
                .hasMessage("more than 2 rpcs wait for their reply");

        assertThatThrownBy(() -> second.await(SOON)).isInstanceOf(TimeoutException.class);

        // When
        second.close();

        // Then
        assertThat(replies.size()).isEqualTo(1);
        assertThat(replies.complete(second.messageId(), "late")).isFalse();
        replies.open().close();
    }

    @Test
    void endOfTheSessionFailsThoseWhoWaitAndThoseWhoCome() throws Exception {
        // Given
        var pending = replies.open();

        // When
        replies.end(new IOException("connection closed by the peer"));

        // Then
        assertThatThrownBy(() -> pending.await(Duration.ofSeconds(10))).hasMessage("connection closed by the peer");
        assertThatThrownBy(replies::open).hasMessage("connection closed by the peer");
        assertThat(replies.size()).isZero();
    }
}
