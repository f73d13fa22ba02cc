package io.auspex.history;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** Connections to the database, and its tables. Times are microseconds since 1970; what is not over ends at {@link #OPEN}. */
final class Database {
    /** The end of what goes on. */
    static final long OPEN = Long.MAX_VALUE;

    private static final int FORMAT = 1;
    private static final int CACHE_KIB = 32 << 10;

    /** Pages in the log of changes until they are copied to the file: 64 MiB, so that those changed often are copied seldom. */
    private static final int CHECKPOINT_PAGES = 16_384;

    /** SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH. */
    private static final Set<Integer> SQLITE_REFUSALS = Set.of(18, 19, 20);

    /** Classes of SQLSTATE: data exception, integrity constraint violation, program limit exceeded. */
    private static final Set<String> POSTGRES_REFUSALS = Set.of("22", "23", "54");

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS auspex_format (format INTEGER NOT NULL)",
            "CREATE TABLE IF NOT EXISTS graph_version (version BIGINT PRIMARY KEY, at BIGINT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS graph_version_at ON graph_version (at)",
            "CREATE TABLE IF NOT EXISTS node (type TEXT NOT NULL, id TEXT NOT NULL, began BIGINT NOT NULL,"
                    + " ended BIGINT NOT NULL, began_version BIGINT NOT NULL, ended_version BIGINT NOT NULL,"
                    + " content TEXT NOT NULL, PRIMARY KEY (type, id, began_version))",
            "CREATE INDEX IF NOT EXISTS node_ended ON node (ended, began)",
            "DROP INDEX IF EXISTS node_open",
            "CREATE TABLE IF NOT EXISTS score (type TEXT NOT NULL, id TEXT NOT NULL, began BIGINT NOT NULL,"
                    + " ended BIGINT NOT NULL, score INTEGER NOT NULL)",
            "CREATE INDEX IF NOT EXISTS score_node ON score (type, id, ended)",
            "CREATE INDEX IF NOT EXISTS score_ended ON score (ended, began)",
            "CREATE TABLE IF NOT EXISTS symptom (symptom_id TEXT PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL,"
                    + " name TEXT NOT NULL, weight INTEGER NOT NULL, description TEXT NOT NULL, began BIGINT NOT NULL,"
                    + " ended BIGINT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS symptom_node ON symptom (type, id, began)",
            "CREATE INDEX IF NOT EXISTS symptom_ended ON symptom (ended, began)",
            "CREATE TABLE IF NOT EXISTS metric (type TEXT NOT NULL, id TEXT NOT NULL, at BIGINT NOT NULL,"
                    + " metric TEXT NOT NULL, content TEXT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS metric_node ON metric (type, id, at)",
            "CREATE INDEX IF NOT EXISTS metric_at ON metric (at)");

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

    /** Makes the tables where they are missing. */
    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
            try (var format = statement.executeQuery("SELECT max(format) FROM auspex_format")) {
                int found = format.next() ? format.getInt(1) : 0;
                if (found > FORMAT) {
                    throw new SQLException("the history has format " + found + ", expected at most " + FORMAT);
                }
                if (found == 0) {
                    statement.execute("INSERT INTO auspex_format VALUES (" + FORMAT + ")");
                }
            }
        }
        connection.commit();
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
