package io.auspex.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes what was replaced too long ago, and of what was replaced the oldest where there is too much. What holds still stays.
 * Goes through the events once, in their order: each that is old enough removes the one that it replaces.
 */
final class Retention {
    private static final int AT_ONCE = 10_000;
    private static final String RANGE = "seq > ? AND seq <= ?";

    /** Of a subservice that is gone, the subject goes too, unless something else is kept of it. */
    private static final String SUBJECTS =
            "DELETE FROM subject WHERE subject IN (SELECT subject FROM event WHERE " + RANGE
                    + " AND content IS NULL) AND NOT EXISTS (SELECT 1 FROM event AS other"
                    + " WHERE other.subject = subject.subject AND (other.seq > ? OR other.content IS NOT NULL))";

    private final Duration age;
    private final long rows;

    Retention(Duration age, long rows) {
        this.age = age;
        this.rows = rows;
    }

    /** Returns whether the numbers of subjects are not what they were. */
    boolean apply(Connection connection, Instant now) throws SQLException {
        long before = Database.micros(now.minus(age));
        boolean subjectsGone = false;
        for (Step step = Step.FIRST; step.isPossible(); ) {
            step = step(connection, AT_ONCE, before);
            subjectsGone |= step.subjects > 0;
        }
        long surplus = Database.single(connection, "SELECT count(*) FROM event") - rows;
        for (Step step = Step.FIRST; surplus > 0 && step.isPossible(); ) {
            step = step(connection, Math.min(surplus, AT_ONCE), Long.MAX_VALUE);
            surplus -= step.events;
            subjectsGone |= step.subjects > 0;
        }
        return subjectsGone;
    }

    /**
     * What was removed by looking at some events.
     *
     * @param seen events that were looked at
     */
    private record Step(long seen, long events, long subjects) {
        static final Step FIRST = new Step(1, 0, 0);

        boolean isPossible() {
            return seen > 0;
        }
    }

    private static Step step(Connection connection, long most, long before) throws SQLException {
        long from = Database.single(connection, "SELECT seq FROM tidied");
        long to = from;
        long seen = 0;
        try (PreparedStatement next =
                connection.prepareStatement("SELECT seq, at FROM event WHERE seq > ? ORDER BY seq LIMIT ?")) {
            next.setLong(1, from);
            next.setLong(2, most);
            try (ResultSet events = next.executeQuery()) {
                while (events.next() && events.getLong(2) < before) {
                    to = events.getLong(1);
                    seen++;
                }
            }
        }
        if (seen == 0) {
            connection.commit();
            return new Step(0, 0, 0);
        }
        long events = update(
                connection,
                "DELETE FROM event WHERE seq IN (SELECT replaces FROM event WHERE " + RANGE + ")",
                from,
                to);
        long subjects = update(connection, SUBJECTS, from, to, to);
        events += update(connection, "DELETE FROM event WHERE " + RANGE + " AND content IS NULL", from, to);
        update(connection, "UPDATE tidied SET seq = ?", to);
        connection.commit();
        return new Step(seen, events, subjects);
    }

    private static long update(Connection connection, String sql, long... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setLong(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
