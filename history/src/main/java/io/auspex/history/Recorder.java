package io.auspex.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes records through one connection, a batch in one transaction. Not thread-safe. */
final class Recorder implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement endScore;
    private final PreparedStatement beginScore;
    private final PreparedStatement beginSymptom;
    private final PreparedStatement endSymptom;
    private final PreparedStatement value;
    private final PreparedStatement beginNode;
    private final PreparedStatement endNode;
    private final PreparedStatement version;
    /** The graph as the database has it. */
    private final Map<NodeKey, Open> graph = new HashMap<>();

    /** A row of a node that is in the graph; with the key, the version finds it in the table's own index. */
    private record Open(long began, String content) {}

    private long versions;

    Recorder(Connection connection) throws SQLException {
        this.connection = connection;
        Database.prepare(connection);
        endScore = prepare("UPDATE score SET ended = ? WHERE type = ? AND id = ? AND ended = " + Database.OPEN);
        beginScore =
                prepare("INSERT INTO score (type, id, began, ended, score) VALUES (?, ?, ?, " + Database.OPEN + ", ?)");
        beginSymptom = prepare("INSERT INTO symptom (symptom_id, type, id, name, weight, description, began, ended)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, " + Database.OPEN + ") ON CONFLICT (symptom_id) DO UPDATE SET ended = "
                + Database.OPEN);
        endSymptom = prepare("UPDATE symptom SET ended = ? WHERE symptom_id = ? AND ended = " + Database.OPEN);
        value = prepare("INSERT INTO metric (type, id, at, metric, content) VALUES (?, ?, ?, ?, ?)");
        beginNode = prepare("INSERT INTO node (type, id, began, ended, began_version, ended_version, content)"
                + " VALUES (?, ?, ?, " + Database.OPEN + ", ?, " + Database.OPEN + ", ?)");
        endNode =
                prepare("UPDATE node SET ended = ?, ended_version = ? WHERE type = ? AND id = ? AND began_version = ?");
        version = prepare("INSERT INTO graph_version (version, at) VALUES (?, ?)");
        readGraph();
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    private void readGraph() throws SQLException {
        graph.clear();
        try (var statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT type, id, began_version, content FROM node WHERE ended = " + Database.OPEN)) {
                while (rows.next()) {
                    graph.put(
                            new NodeKey(rows.getString(1), rows.getString(2)),
                            new Open(rows.getLong(3), rows.getString(4)));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT max(version) FROM graph_version")) {
                versions = rows.next() ? rows.getLong(1) : 0;
            }
        }
        connection.commit();
    }

    /** What went on when an earlier process ended is over, as of then: nobody has seen it since. */
    void closeWhatWentOn(long at) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE score SET ended = " + at + " WHERE ended = " + Database.OPEN);
            statement.executeUpdate("UPDATE symptom SET ended = " + at + " WHERE ended = " + Database.OPEN);
        }
        connection.commit();
    }

    /** All of them or none. */
    void write(List<HistoryRecord> records) throws SQLException {
        try {
            for (HistoryRecord record : records) {
                write(record);
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (records.stream().anyMatch(HistoryRecord.Graph.class::isInstance)) {
                readGraph();
            }
            throw e;
        }
    }

    private void write(HistoryRecord record) throws SQLException {
        long at = Database.micros(record.at());
        switch (record) {
            case HistoryRecord.Score(var _, var node, int score) -> {
                run(endScore, at, node.type(), node.id());
                run(beginScore, node.type(), node.id(), at, score);
            }
            case HistoryRecord.SymptomStarted s ->
                run(
                        beginSymptom,
                        s.symptomId(),
                        s.node().type(),
                        s.node().id(),
                        s.name(),
                        s.weight(),
                        s.description(),
                        at);
            case HistoryRecord.SymptomStopped(var _, var id) -> run(endSymptom, at, id);
            case HistoryRecord.MetricValue(var _, var node, var metric, var content) ->
                run(value, node.type(), node.id(), at, metric, content);
            case HistoryRecord.Graph(var _, boolean whole, var present, var removed) ->
                write(at, whole, present, removed);
        }
    }

    private void write(long at, boolean whole, List<NodeState> present, Set<NodeKey> removed) throws SQLException {
        Set<NodeKey> gone = new HashSet<>(removed);
        if (whole) {
            gone.addAll(graph.keySet());
            present.forEach(node -> gone.remove(node.key()));
        }
        gone.retainAll(graph.keySet());
        Map<NodeKey, String> changed = new LinkedHashMap<>();
        for (NodeState node : present) {
            String content = node.encoded();
            Open open = graph.get(node.key());
            if (open == null || !open.content().equals(content)) {
                changed.put(node.key(), content);
            }
        }
        if (gone.isEmpty() && changed.isEmpty()) {
            return;
        }
        run(version, ++versions, at);
        for (NodeKey key : gone) {
            end(key, graph.remove(key), at);
            run(endScore, at, key.type(), key.id());
        }
        for (Map.Entry<NodeKey, String> node : changed.entrySet()) {
            NodeKey key = node.getKey();
            end(key, graph.put(key, new Open(versions, node.getValue())), at);
            run(beginNode, key.type(), key.id(), at, versions, node.getValue());
        }
    }

    private void end(NodeKey key, @Nullable Open open, long at) throws SQLException {
        if (open != null) {
            run(endNode, at, versions, key.type(), key.id(), open.began());
        }
    }

    private static void run(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
