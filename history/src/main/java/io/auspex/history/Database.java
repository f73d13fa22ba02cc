package io.auspex.history;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * Connections to the database, and its tables. An event is written once and never changed, but that it is
 * brought back to the present where the clock was ahead: a number that grows, whom and what
 * it is about, when (microseconds since 1970), the number of the one that it replaces (a value, which holds for a moment, has
 * its own), and what holds from then on. Below {@code tidied} nothing is left that the retention would remove.
 */
final class Database {
    private static final int FORMAT = 2;
    private static final int CACHE_KIB = 32 << 10;

    /** Pages in the log of changes until they are copied to the file: 64 MiB, so that those changed often are copied seldom. */
    private static final int CHECKPOINT_PAGES = 16_384;

    /** SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH. */
    private static final Set<Integer> SQLITE_REFUSALS = Set.of(18, 19, 20);

    /** Classes of SQLSTATE: data exception, integrity constraint violation, program limit exceeded. */
    private static final Set<String> POSTGRES_REFUSALS = Set.of("22", "23", "54");

    /** The subject of what concerns the graph as a whole. */
    static final long WHOLE_GRAPH = 0;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS auspex_format (format INTEGER NOT NULL)",
            "CREATE TABLE IF NOT EXISTS subject (subject %1$s PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL,"
                    + " UNIQUE (type, id))",
            "CREATE TABLE IF NOT EXISTS event (seq %1$s PRIMARY KEY, subject BIGINT NOT NULL, kind SMALLINT NOT NULL,"
                    + " at BIGINT NOT NULL, replaces BIGINT, content TEXT)",
            "CREATE INDEX IF NOT EXISTS event_subject ON event (subject, kind, at)",
            "CREATE TABLE IF NOT EXISTS tidied (seq BIGINT NOT NULL)");

    private final HistoryConfig config;

    Database(HistoryConfig config) {
        this.config = config;
    }

    /** A connection that commits when it is told to. */
    Connection open() throws SQLException {
        var properties = new Properties();
        if (config.isSqlite()) {
            // Else the driver asks for the last row's number after each insert and update: a third of the writer's
            // time.
            properties.setProperty("jdbc.get_generated_keys", "false");
        }
        Connection connection = DriverManager.getConnection(config.jdbcUrl(), properties);
        try {
            if (config.isSqlite()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA journal_mode = WAL");
                    statement.execute("PRAGMA synchronous = NORMAL");
                    statement.execute("PRAGMA busy_timeout = 5000");
                    statement.execute("PRAGMA cache_size = -" + CACHE_KIB);
                    statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
                }
            }
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Makes the tables where they are missing, and brings those of an older format into this one. */
    void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                // Of SQLite's types this one alone makes the column the key of the rows themselves.
                statement.execute(table.formatted(config.isSqlite() ? "INTEGER" : "BIGINT"));
            }
            int found = (int) single(connection, "SELECT max(format) FROM auspex_format");
            if (found > FORMAT) {
                throw new SQLException("the history has format " + found + ", expected at most " + FORMAT);
            }
            if (found == 0) {
                statement.execute("INSERT INTO auspex_format VALUES (" + FORMAT + ")");
                statement.execute("INSERT INTO tidied VALUES (0)");
            } else if (found == 1) {
                statement.execute("INSERT INTO tidied VALUES (0)");
                FormatOne.upgrade(connection);
                statement.execute("UPDATE auspex_format SET format = " + FORMAT);
            }
        }
        connection.commit();
    }

    /** The number that a query yields; 0 where it yields none. */
    static long single(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /**
     * Brings what was committed to the disk. PostgreSQL does that with each commit, SQLite, without waiting for readers, when
     * it copies its log of changes to the file.
     */
    void checkpoint(Connection connection) throws SQLException {
        if (config.isSqlite()) {
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            } finally {
                connection.setAutoCommit(false);
            }
        }
    }

    /** Whether what is to be written is at fault: a constraint, a value that is too large or that no column takes. */
    boolean refusesContent(SQLException fault) {
        if (config.isSqlite()) {
            return SQLITE_REFUSALS.contains(fault.getErrorCode());
        }
        String state = fault.getSQLState();
        return state != null && POSTGRES_REFUSALS.stream().anyMatch(state::startsWith);
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
