package io.auspex.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The questions that the history answers, over one connection. */
final class Queries {
    private static final String THEN = " WHERE began <= ? AND ended > ?";

    private final Connection connection;

    Queries(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row. */
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, Row<T> reader, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
                return found;
            }
        }
    }

    private static NodeKey key(ResultSet row) throws SQLException {
        return new NodeKey(row.getString("type"), row.getString("id"));
    }

    GraphAt graphAt(Instant time) throws SQLException {
        long at = Database.micros(time);
        record Version(long number, long since) {}
        Version version = list(
                        "SELECT version, at FROM graph_version WHERE at <= ? ORDER BY version DESC LIMIT 1",
                        row -> new Version(row.getLong(1), row.getLong(2)),
                        at)
                .stream()
                .findFirst()
                .orElse(new Version(0, 0));
        Map<NodeKey, Integer> scores = new HashMap<>();
        list(
                "SELECT type, id, score FROM score" + THEN,
                row -> {
                    scores.put(key(row), row.getInt("score"));
                    return key(row);
                },
                at,
                at);
        Map<NodeKey, List<PastSymptom>> symptoms = new HashMap<>();
        list(
                "SELECT * FROM symptom" + THEN,
                row -> symptoms.computeIfAbsent(key(row), _ -> new ArrayList<>())
                        .add(symptom(row)),
                at,
                at);
        return new GraphAt(version.number, Database.instant(version.since), nodesAt(at), scores, symptoms);
    }

    private List<NodeState> nodesAt(long at) throws SQLException {
        return list(
                "SELECT type, id, content FROM node" + THEN + " ORDER BY type, id",
                row -> NodeState.decoded(key(row), row.getString("content")),
                at,
                at);
    }

    List<GraphDifference> differences(Instant from, Instant to) throws SQLException {
        Map<NodeKey, NodeState> before = byKey(nodesAt(Database.micros(from)));
        Map<NodeKey, NodeState> after = byKey(nodesAt(Database.micros(to)));
        Set<NodeKey> all = new TreeSet<>(Comparator.comparing(NodeKey::type).thenComparing(NodeKey::id));
        all.addAll(before.keySet());
        all.addAll(after.keySet());
        List<GraphDifference> differences = new ArrayList<>();
        for (NodeKey key : all) {
            NodeState was = before.get(key);
            NodeState is = after.get(key);
            if (was == null || is == null || !was.encoded().equals(is.encoded())) {
                differences.add(new GraphDifference(key, was, is));
            }
        }
        return differences;
    }

    private static Map<NodeKey, NodeState> byKey(List<NodeState> nodes) {
        Map<NodeKey, NodeState> byKey = new LinkedHashMap<>();
        nodes.forEach(node -> byKey.put(node.key(), node));
        return byKey;
    }

    NodeHistory of(NodeKey node, Instant from, Instant to, int most) throws SQLException {
        Object[] values = {node.type(), node.id(), Database.micros(to), Database.micros(from), most};
        String span = " WHERE type = ? AND id = ? AND began <= ? AND ended > ? ORDER BY began DESC LIMIT ?";
        return new NodeHistory(
                list(
                        "SELECT began, score FROM score" + span,
                        row -> new NodeHistory.ScoreSpan(Database.instant(row.getLong(1)), row.getInt(2)),
                        values),
                list("SELECT * FROM symptom" + span, Queries::symptom, values),
                list(
                        "SELECT at, metric, content FROM metric WHERE type = ? AND id = ? AND at <= ? AND at > ?"
                                + " ORDER BY at DESC LIMIT ?",
                        row -> new NodeHistory.Seen(
                                Database.instant(row.getLong(1)), row.getString(2), row.getString(3)),
                        values));
    }

    private static PastSymptom symptom(ResultSet row) throws SQLException {
        long ended = row.getLong("ended");
        return new PastSymptom(
                row.getString("symptom_id"),
                row.getString("name"),
                row.getInt("weight"),
                row.getString("description"),
                Database.instant(row.getLong("began")),
                ended == Database.OPEN ? null : Database.instant(ended));
    }
}
