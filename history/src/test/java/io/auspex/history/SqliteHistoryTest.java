package io.auspex.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHistoryTest extends HistoryContract {
    @TempDir
    private Path folder;

    @Override
    HistoryConfig config() {
        return HistoryConfig.in(folder);
    }

    @Test
    void whatTheQueueCannotHoldIsLostAndCountedAndNobodyWaits() throws Exception {
        // Given: a database that cannot be opened yet
        Path missing = folder.resolve("missing");
        var config = new HistoryConfig("jdbc:sqlite:" + missing.resolve("h.db"), Duration.ofDays(1), 1_000, 100);
        try (History history = History.start(config, InstantSource.system())) {
            var records = IntStream.range(0, 150)
                    .mapToObj(i -> new HistoryRecord.Score(Instant.now(), new NodeKey("t", "n" + i), 50))
                    .toList();

            // When
            boolean all = history.offer(records);

            // Then
            assertThat(all).isFalse();
            assertThat(history.statistics()).isEqualTo(new HistoryStatistics(0, 50, 100));
            assertThatThrownBy(() -> history.graphAt(Instant.now()))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining("the history cannot be read");

            // When
            Files.createDirectory(missing);
            // Then
            await().untilAsserted(() -> assertThat(history.statistics()).isEqualTo(new HistoryStatistics(100, 50, 0)));
        }
    }

    @Test
    void aUrlOfAnotherDatabaseIsRefused() {
        assertThatThrownBy(() -> HistoryConfig.of("jdbc:h2:mem:x"))
                .hasMessage("expected a URL of SQLite or PostgreSQL such as jdbc:postgresql://host/database,"
                        + " got jdbc:h2:...");
    }

    @Test
    void nothingIsAskedOfAnEmptyList() {
        try (History history = History.start(config(), InstantSource.system())) {
            assertThat(history.offer(List.of())).isTrue();
        }
    }
}
