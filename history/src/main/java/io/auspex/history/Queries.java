package io.auspex.history;

import static io.auspex.history.Database.instant;
import static io.auspex.history.Database.micros;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The questions that the history answers, over one connection, which is closed with it. */
final class Queries implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 1_000;
    private static final long AGAIN_MILLIS = 50;

    private final Connection connection;
    /** Closed with the connection: a question may ask the same of each subservice. */
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private volatile @Nullable PreparedStatement running;
    private volatile boolean cancelled;
    private boolean closed;

    Queries(Connection connection) {
        this.connection = connection;
    }

    /** Nobody waits for the answer any more: what runs in the database ends. To be called from another thread, which waits for that. */
    void cancel() {
        lock.lock();
        try {
            cancelled = true;
            while (!closed) {
                cancelRunning();
                // Once more, should it have been about to begin.
                ended.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void cancelRunning() {
        PreparedStatement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException _) {
                // It ends by itself, some time.
            }
        }
    }

    /** Waits for whoever cancels at this moment: a connection that is closed must not be told anything. */
    @Override
    public void close() throws SQLException {
        lock.lock();
        try {
            closed = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
        connection.close();
    }

    /** The number of the event of a kind that held for a subject at a time. */
    private static String held(String subject, EventKind kind) {
        return "(SELECT seq FROM event WHERE subject = " + subject + " AND kind = " + kind.code()
                + " AND at <= ? ORDER BY at DESC, seq DESC LIMIT 1)";
    }

    /** How a subservice stood over time, and starts of the history, when nothing was known of it. */
    private static String health(String comparison, String order) {
        String part = "SELECT seq, at, %s FROM event WHERE subject = %s AND kind = %d AND at " + comparison + " ?";
        return part.formatted("content", "?", EventKind.HEALTH.code())
                + " UNION ALL "
                + part.formatted("NULL", Long.toString(Database.WHOLE_GRAPH), EventKind.START.code())
                + " ORDER BY at " + order + ", seq " + order;
    }

    /** Reads one row; false when it wants no more. */
    interface Row {
        boolean read(ResultSet row) throws SQLException;
    }

    private void checkIsWanted() throws SQLException {
        if (cancelled || Thread.currentThread().isInterrupted()) {
            throw new SQLException("nobody waits for the answer any more");
        }
    }

    void read(String sql, Row reader, Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statement.setFetchSize(ROWS_AT_ONCE);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        PreparedStatement outer = running;
        running = statement;
        checkIsWanted();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next() && reader.read(rows)) {
                checkIsWanted();
            }
        } finally {
            running = outer;
        }
    }

    GraphAt graphAt(Instant time) throws SQLException {
        long at = micros(time);
        List<NodeState> nodes = new ArrayList<>();
        List<NodeKey> unreadable = new ArrayList<>();
        Map<NodeKey, Long> subjects = new HashMap<>();
        read(
                "SELECT s.type, s.id, s.subject, e.content FROM subject s, event e WHERE e.content IS NOT NULL"
                        + " AND e.seq = " + held("s.subject", EventKind.CONFIGURATION) + " ORDER BY s.type, s.id",
                row -> {
                    NodeKey key = new NodeKey(row.getString(1), row.getString(2));
                    NodeState node = NodeState.decoded(key, row.getString(4));
                    if (node == null) {
                        unreadable.add(key);
                        return true;
                    }
                    nodes.add(node);
                    return subjects.put(key, row.getLong(3)) == null;
                },
                at);
        Map<NodeKey, HealthState> health = health(at);
        health.keySet().retainAll(subjects.keySet());
        Map<NodeKey, Integer> scores = new HashMap<>();
        Map<NodeKey, List<PastSymptom>> symptoms = new HashMap<>();
        for (Map.Entry<NodeKey, HealthState> entry : health.entrySet()) {
            NodeKey key = entry.getKey();
            HealthState state = entry.getValue();
            if (state.score() != null) {
                scores.put(key, state.score());
            }
            if (!state.symptoms().isEmpty()) {
                symptoms.put(key, withEnds(subjects.getOrDefault(key, 0L), at, state.symptoms()));
            }
        }
        var version = new Object() {
            long number;
            long since;
        };
        read(
                "SELECT content, at FROM event WHERE seq = " + held("" + Database.WHOLE_GRAPH, EventKind.GRAPH),
                row -> {
                    version.number = GraphAt.version(row.getString(1));
                    version.since = row.getLong(2);
                    return true;
                },
                at);
        return new GraphAt(version.number, instant(version.since), nodes, scores, symptoms, unreadable);
    }

    private Map<NodeKey, HealthState> health(long at) throws SQLException {
        Map<NodeKey, HealthState> health = new HashMap<>();
        read(
                "SELECT s.type, s.id, e.content FROM subject s, event e WHERE e.content IS NOT NULL AND e.seq = "
                        + held("s.subject", EventKind.HEALTH) + " AND e.seq > coalesce("
                        + held("" + Database.WHOLE_GRAPH, EventKind.START) + ", 0)",
                row -> {
                    health.put(new NodeKey(row.getString(1), row.getString(2)), HealthState.decoded(row.getString(3)));
                    return true;
                },
                at,
                at);
        return health;
    }

    /** Symptoms that went on at a time, with the times when they were over. */
    private List<PastSymptom> withEnds(long subject, long after, List<PastSymptom> symptoms) throws SQLException {
        Map<String, Instant> ends = new HashMap<>();
        Set<String> open = new HashSet<>();
        symptoms.forEach(symptom -> open.add(symptom.symptomId()));
        read(
                health(">", "ASC"),
                row -> {
                    Set<String> now = new HashSet<>();
                    symptoms(row.getString(3)).forEach(symptom -> now.add(symptom.symptomId()));
                    Instant at = instant(row.getLong(2));
                    open.removeIf(id -> {
                        boolean isOver = !now.contains(id);
                        if (isOver) {
                            ends.put(id, at);
                        }
                        return isOver;
                    });
                    return !open.isEmpty();
                },
                subject,
                after,
                after);
        return symptoms.stream()
                .map(symptom -> symptom.until(ends.get(symptom.symptomId())))
                .toList();
    }

    private static List<PastSymptom> symptoms(@Nullable String content) {
        return content == null ? List.of() : HealthState.decoded(content).symptoms();
    }

    GraphDifferences differences(Instant from, Instant to) throws SQLException {
        List<GraphDifference> differences = new ArrayList<>();
        List<NodeKey> unreadable = new ArrayList<>();
        read(
                "SELECT d.type, d.id, b.content, a.content FROM (SELECT s.type, s.id, "
                        + held("s.subject", EventKind.CONFIGURATION) + " AS was, "
                        + held("s.subject", EventKind.CONFIGURATION) + " AS became FROM subject s) AS d"
                        + " LEFT JOIN event b ON b.seq = d.was LEFT JOIN event a ON a.seq = d.became"
                        + " WHERE coalesce(d.was, 0) <> coalesce(d.became, 0)"
                        + " AND coalesce(b.content, '') <> coalesce(a.content, '')",
                row -> {
                    NodeKey key = new NodeKey(row.getString(1), row.getString(2));
                    String was = row.getString(3);
                    String became = row.getString(4);
                    NodeState before = was == null ? null : NodeState.decoded(key, was);
                    NodeState after = became == null ? null : NodeState.decoded(key, became);
                    return (was == null) == (before == null) && (became == null) == (after == null)
                            ? differences.add(new GraphDifference(key, before, after))
                            : unreadable.add(key);
                },
                micros(from),
                micros(to));
        differences.sort(Comparator.comparing((GraphDifference d) -> d.key().type())
                .thenComparing(d -> d.key().id()));
        return new GraphDifferences(differences, unreadable);
    }

    NodeHistory of(NodeKey node, Instant from, Instant to, int most) throws SQLException {
        var subject = new long[1];
        read(
                "SELECT subject FROM subject WHERE type = ? AND id = ?",
                row -> (subject[0] = row.getLong(1)) == 0,
                node.type(),
                node.id());
        HealthSpans spans = new HealthSpans(micros(from), most);
        read(
                health("<=", "DESC"),
                row -> spans.add(row.getLong(2), row.getString(3)),
                subject[0],
                micros(to),
                micros(to));
        return new NodeHistory(
                spans.scores(),
                spans.symptoms(going -> withEnds(subject[0], micros(to), going)),
                values(subject[0], from, to, most));
    }

    private List<NodeHistory.Seen> values(long subject, Instant from, Instant to, int most) throws SQLException {
        List<NodeHistory.Seen> values = new ArrayList<>();
        read(
                "SELECT at, content FROM event WHERE subject = ? AND kind = " + EventKind.VALUE.code()
                        + " AND at <= ? AND at > ? ORDER BY at DESC, seq DESC LIMIT ?",
                row -> {
                    String[] fields = EncodedFields.split(row.getString(2));
                    if (fields.length > 1) {
                        values.add(new NodeHistory.Seen(
                                instant(row.getLong(1)),
                                EncodedFields.plain(fields[0]),
                                EncodedFields.plain(fields[1])));
                    }
                    return true;
                },
                subject,
                micros(to),
                micros(from),
                most);
        return values;
    }
}
