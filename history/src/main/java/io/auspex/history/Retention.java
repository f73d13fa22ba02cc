package io.auspex.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Removes what is over for too long, and of what is over the oldest where there is too much. What goes on stays. */
final class Retention {
    private static final List<String> TABLES = List.of("score", "symptom", "node");

    private final Duration age;
    private final long rows;

    Retention(Duration age, long rows) {
        this.age = age;
        this.rows = rows;
    }

    void apply(Connection connection, Instant now) throws SQLException {
        remove(connection, Database.micros(now.minus(age)));
        long surplus = rows(connection) - rows;
        if (surplus > 0) {
            remove(connection, oldest(connection, surplus));
        }
    }

    private static void remove(Connection connection, long before) throws SQLException {
        for (String table : TABLES) {
            delete(connection, "DELETE FROM " + table + " WHERE ended < ?", before);
        }
        delete(connection, "DELETE FROM metric WHERE at < ?", before);
        delete(
                connection,
                "DELETE FROM graph_version WHERE at < ? AND version < (SELECT max(version) FROM graph_version)",
                before);
        connection.commit();
    }

    private static void delete(Connection connection, String sql, long before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, before);
            statement.executeUpdate();
        }
    }

    private static long rows(Connection connection) throws SQLException {
        return single(
                connection,
                "SELECT (SELECT count(*) FROM score) + (SELECT count(*) FROM symptom) + (SELECT count(*) FROM node)"
                        + " + (SELECT count(*) FROM metric)");
    }

    /** The time before which so many rows are over. */
    private static long oldest(Connection connection, long surplus) throws SQLException {
        return 1
                + single(
                        connection,
                        "SELECT max(t) FROM (SELECT t FROM (SELECT ended AS t FROM score WHERE ended < " + Database.OPEN
                                + " UNION ALL SELECT ended FROM symptom WHERE ended < " + Database.OPEN
                                + " UNION ALL SELECT ended FROM node WHERE ended < " + Database.OPEN
                                + " UNION ALL SELECT at FROM metric) AS times ORDER BY t LIMIT " + surplus
                                + ") AS oldest");
    }

    private static long single(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
