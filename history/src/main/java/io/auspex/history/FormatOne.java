package io.auspex.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings a history of format 1, rows with a beginning and an end that was written into them later, into events. */
final class FormatOne {
    private static final String OPEN = Long.toString(Long.MAX_VALUE);
    private static final int ROWS_AT_ONCE = 10_000;

    private static final List<String> STAGE = List.of(
            "CREATE TABLE staged (subject BIGINT NOT NULL, kind SMALLINT NOT NULL, at BIGINT NOT NULL,"
                    + " turn BIGINT NOT NULL, content TEXT)",
            "INSERT INTO subject (subject, type, id) SELECT row_number() OVER (ORDER BY type, id), type, id FROM"
                    + " (SELECT type, id FROM node UNION SELECT type, id FROM score UNION SELECT type, id FROM symptom"
                    + " UNION SELECT type, id FROM metric) AS keys",
            "INSERT INTO staged SELECT " + Database.WHOLE_GRAPH + ", " + EventKind.GRAPH.code()
                    + ", at, 2 * version, CAST(version AS TEXT) FROM graph_version",
            "INSERT INTO staged SELECT s.subject, " + EventKind.CONFIGURATION.code()
                    + ", n.began, 2 * n.began_version, n.content FROM node n JOIN subject s"
                    + " ON s.type = n.type AND s.id = n.id",
            "INSERT INTO staged SELECT s.subject, " + EventKind.CONFIGURATION.code()
                    + ", n.ended, 2 * n.ended_version - 1, NULL FROM node n JOIN subject s"
                    + " ON s.type = n.type AND s.id = n.id WHERE n.ended < " + OPEN
                    + " AND NOT EXISTS (SELECT 1 FROM node AS later WHERE later.type = n.type AND later.id = n.id"
                    + " AND later.began_version = n.ended_version)");

    /** What began and ended, in order; a span that never held is left out. */
    private static final String CHANGES = "SELECT s.subject, c.at, c.ends, c.score, c.symptom_id, c.name, c.weight,"
            + " c.description, c.began FROM ("
            + "SELECT type, id, began AS at, 0 AS ends, score, '' AS symptom_id, '' AS name, 0 AS weight,"
            + " '' AS description, began, ended FROM score"
            + " UNION ALL SELECT type, id, ended, 1, score, '', '', 0, '', began, ended FROM score"
            + " UNION ALL SELECT type, id, began, 0, 0, symptom_id, name, weight, description, began, ended FROM symptom"
            + " UNION ALL SELECT type, id, ended, 1, 0, symptom_id, name, weight, description, began, ended FROM symptom"
            + ") AS c JOIN subject s ON s.type = c.type AND s.id = c.id"
            + " WHERE c.began < c.ended AND c.at < " + OPEN + " ORDER BY s.subject, c.at, c.ends DESC";

    private static final String VALUES = "SELECT s.subject, m.at, m.metric, m.content FROM metric m JOIN subject s"
            + " ON s.type = m.type AND s.id = m.id";

    private final Connection connection;
    private final PreparedStatement stage;
    private long turn;
    private int waiting;

    private FormatOne(Connection connection) throws SQLException {
        this.connection = connection;
        stage = connection.prepareStatement(
                "INSERT INTO staged (subject, kind, at, turn, content) VALUES (?, ?, ?, ?, ?)");
    }

    /** Within the transaction that is under way. */
    static void upgrade(Connection connection) throws SQLException {
        execute(connection, STAGE);
        FormatOne one = new FormatOne(connection);
        one.stageHealth();
        one.stageValues();
        one.stage.executeBatch();
        one.append();
        execute(
                connection,
                List.of(
                        "DROP TABLE staged",
                        "DROP TABLE graph_version",
                        "DROP TABLE node",
                        "DROP TABLE score",
                        "DROP TABLE symptom",
                        "DROP TABLE metric"));
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** How one subservice stands, as its rows say one after the other. */
    private static final class Standing {
        final long subject;
        final long at;
        private @Nullable Integer score;
        private Instant since = Instant.EPOCH;
        private final Map<String, PastSymptom> symptoms = new LinkedHashMap<>();

        Standing(long subject, long at, @Nullable Standing before) {
            this.subject = subject;
            this.at = at;
            if (before != null && before.subject == subject) {
                score = before.score;
                since = before.since;
                symptoms.putAll(before.symptoms);
            }
        }

        void apply(ResultSet row) throws SQLException {
            boolean ends = row.getInt(3) == 1;
            String symptom = row.getString(5);
            Instant began = Database.instant(row.getLong(9));
            if (symptom.isEmpty()) {
                score = ends ? null : Integer.valueOf(row.getInt(4));
                since = ends ? Database.instant(at) : began;
            } else if (ends) {
                symptoms.remove(symptom);
            } else {
                symptoms.put(
                        symptom,
                        new PastSymptom(symptom, row.getString(6), row.getInt(7), row.getString(8), began, null));
            }
        }

        @Nullable
        String content() {
            return score == null && symptoms.isEmpty()
                    ? null
                    : new HealthState(score, since, List.copyOf(symptoms.values())).encoded();
        }
    }

    private void stageHealth() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery(CHANGES)) {
                Standing standing = null;
                while (rows.next()) {
                    long subject = rows.getLong(1);
                    long at = rows.getLong(2);
                    if (standing == null || standing.subject != subject || standing.at != at) {
                        stage(standing);
                        standing = new Standing(subject, at, standing);
                    }
                    standing.apply(rows);
                }
                stage(standing);
            }
        }
    }

    private void stage(@Nullable Standing standing) throws SQLException {
        if (standing != null) {
            stage(standing.subject, EventKind.HEALTH, standing.at, standing.content());
        }
    }

    private void stageValues() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery(VALUES)) {
                while (rows.next()) {
                    StringBuilder content = new StringBuilder();
                    EncodedFields.append(content, rows.getString(3));
                    EncodedFields.append(content, rows.getString(4));
                    stage(rows.getLong(1), EventKind.VALUE, rows.getLong(2), content.toString());
                }
            }
        }
    }

    private void stage(long subject, EventKind kind, long at, @Nullable String content) throws SQLException {
        stage.setLong(1, subject);
        stage.setInt(2, kind.code());
        stage.setLong(3, at);
        stage.setLong(4, ++turn);
        stage.setString(5, content);
        stage.addBatch();
        if (++waiting % ROWS_AT_ONCE == 0) {
            stage.executeBatch();
        }
    }

    /** Makes the events, in the order of their times. */
    private void append() throws SQLException {
        record Place(long subject, int kind) {}
        Map<Place, Long> newest = new HashMap<>();
        EventWriter events = new EventWriter(connection);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows =
                    statement.executeQuery("SELECT subject, kind, at, content FROM staged ORDER BY at, kind, turn")) {
                while (rows.next()) {
                    Place place = new Place(rows.getLong(1), rows.getInt(2));
                    String content = rows.getString(4);
                    EventKind kind = EventKind.values()[place.kind];
                    long seq = events.append(place.subject, kind, rows.getLong(3), newest.remove(place), content);
                    if (content != null) {
                        newest.put(place, seq);
                    }
                }
            }
        }
        events.flush();
    }
}
