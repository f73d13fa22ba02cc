package io.auspex.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Appends events, many with one call of the database. Not thread-safe. */
final class EventWriter {
    private static final int AT_ONCE = 1_000;
    /** As much may a clock be set back without anything being changed for it. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final Connection connection;
    private final PreparedStatement insert;
    private long last;
    private int waiting;
    private long latest;

    EventWriter(Connection connection) throws SQLException {
        this.connection = connection;
        insert = connection.prepareStatement(
                "INSERT INTO event (seq, subject, kind, at, replaces, content) VALUES (?, ?, ?, ?, ?, ?)");
        readAgain();
        latest = Database.single(connection, "SELECT max(at) FROM event");
    }

    /** Appends to what the database has now: what waited is not written any more. */
    void readAgain() throws SQLException {
        insert.clearBatch();
        waiting = 0;
        last = Database.single(connection, "SELECT max(seq) FROM event");
    }

    /** Appends what holds until the next one. */
    long append(long subject, EventKind kind, long at, @Nullable Long replaces, @Nullable String content)
            throws SQLException {
        latest = Math.max(latest, at);
        insert.setLong(1, ++last);
        insert.setLong(2, subject);
        insert.setInt(3, kind.code());
        insert.setLong(4, at);
        if (kind == EventKind.VALUE) {
            insert.setLong(5, last);
        } else if (replaces == null) {
            insert.setNull(5, Types.BIGINT);
        } else {
            insert.setLong(5, replaces);
        }
        insert.setString(6, content);
        insert.addBatch();
        if (++waiting == AT_ONCE) {
            flush();
        }
        return last;
    }

    /** Brings what is said to happen later than now, as a clock was ahead, back to now; false where there is none. */
    boolean bringBack(Instant now) throws SQLException {
        if (latest <= Database.micros(now.plus(AHEAD))) {
            return false;
        }
        latest = Database.micros(now);
        try (PreparedStatement update = connection.prepareStatement("UPDATE event SET at = ? WHERE at > ?")) {
            update.setLong(1, latest);
            update.setLong(2, latest);
            update.executeUpdate();
        }
        connection.commit();
        return true;
    }

    void flush() throws SQLException {
        if (waiting > 0) {
            waiting = 0;
            insert.executeBatch();
        }
    }
}
