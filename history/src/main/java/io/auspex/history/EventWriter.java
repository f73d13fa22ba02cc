package io.auspex.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Appends events, many with one call of the database. Not thread-safe. */
final class EventWriter {
    private static final int AT_ONCE = 1_000;

    private final Connection connection;
    private final PreparedStatement insert;
    private long last;
    private int waiting;

    EventWriter(Connection connection) throws SQLException {
        this.connection = connection;
        insert = connection.prepareStatement(
                "INSERT INTO event (seq, subject, kind, at, replaces, content) VALUES (?, ?, ?, ?, ?, ?)");
        readAgain();
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

    void flush() throws SQLException {
        if (waiting > 0) {
            waiting = 0;
            insert.executeBatch();
        }
    }
}
