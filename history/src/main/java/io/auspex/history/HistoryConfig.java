package io.auspex.history;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the history is kept, and how much of it.
 *
 * @param jdbcUrl of SQLite or PostgreSQL
 * @param age what is older goes
 * @param rows of changes that are kept; the oldest go first
 * @param queueLength records that may wait before some are lost
 */
public record HistoryConfig(String jdbcUrl, Duration age, long rows, int queueLength) {
    public HistoryConfig {
        if (!jdbcUrl.startsWith("jdbc:sqlite:") && !jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "expected a URL of SQLite or PostgreSQL such as jdbc:postgresql://host/database, got "
                            + jdbcUrl.replaceFirst("^(jdbc:[^:]*:|[^:]*:?).*$", "$1..."));
        }
        if (!age.isPositive() || rows < 1 || queueLength < 1) {
            throw new IllegalArgumentException("expected a positive age, number of rows and length of the queue");
        }
    }

    /** Thirty days, ten million rows. */
    public static HistoryConfig of(String jdbcUrl) {
        return new HistoryConfig(jdbcUrl, Duration.ofDays(30), 10_000_000, 65_536);
    }

    /** A file in a folder. */
    public static HistoryConfig in(Path folder) {
        return of("jdbc:sqlite:" + folder.resolve("history.db"));
    }

    /** A message of the driver without the URL, which may have a password in it. */
    String withoutUrl(@Nullable String message) {
        return String.valueOf(message).replace(jdbcUrl, "the database");
    }

    boolean isSqlite() {
        return jdbcUrl.startsWith("jdbc:sqlite:");
    }
}
