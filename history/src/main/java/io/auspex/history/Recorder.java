package io.auspex.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes records through one connection, a batch in one transaction. Not thread-safe. */
final class Recorder implements AutoCloseable {
    private final Connection connection;
    private final EventWriter events;
    private final Subjects subjects;

    private Recorder(Connection connection) throws SQLException {
        this.connection = connection;
        events = new EventWriter(connection);
        subjects = new Subjects(connection);
    }

    /** Connects, and prepares the database where that is still to be done. */
    static Recorder open(Database database) throws SQLException {
        Connection connection = database.open();
        try {
            database.prepare(connection);
            return new Recorder(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** How things stood when an earlier process ended is over, as of now: nobody has seen it since. */
    void start(long at) throws SQLException {
        replace(Database.WHOLE_GRAPH, EventKind.START, at, "");
        events.flush();
        connection.commit();
    }

    /** All of them or none. */
    void write(List<HistoryRecord> records) throws SQLException {
        try {
            for (HistoryRecord record : records) {
                write(record);
            }
            events.flush();
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            events.readAgain();
            subjects.readAgain();
            throw e;
        }
    }

    /** Brings back what a clock that was ahead wrote, and removes what the retention says. */
    void tidy(Retention retention, Instant now) throws SQLException {
        if (events.bringBack(now)) {
            subjects.readAgain();
        }
        if (retention.apply(connection, now)) {
            subjects.forgetEnded();
        }
    }

    /** Brings what was written to the disk. */
    void checkpoint(Database database) throws SQLException {
        database.checkpoint(connection);
    }

    private void write(HistoryRecord record) throws SQLException {
        long at = Database.micros(record.at());
        switch (record) {
            case HistoryRecord.Health(var since, var node, int score, var symptoms) ->
                write(at, since, node, score, symptoms);
            case HistoryRecord.MetricValue(var _, var node, var metric, var value) -> write(at, node, metric, value);
            case HistoryRecord.Graph(var _, boolean whole, var present, var removed) ->
                write(at, whole, present, removed);
        }
    }

    /** How a subservice stood that is gone by now is told too late; one that is not told of yet may be told of later. */
    private void write(long at, Instant since, NodeKey node, int score, List<PastSymptom> symptoms)
            throws SQLException {
        if (subjects.head(node, EventKind.CONFIGURATION).isOver()) {
            return;
        }
        long subject = subjects.number(node);
        Subjects.Head before = subjects.head(subject, EventKind.HEALTH);
        Instant scored = since;
        if (before.content() != null && isOfThisProcess(before)) {
            HealthState state = HealthState.decoded(before.content());
            boolean isSame = state.score() != null && state.score() == score;
            scored = isSame && state.since().isBefore(since) ? state.since() : since;
        }
        replace(
                subject,
                EventKind.HEALTH,
                at,
                new HealthState(score, scored, symptoms).encoded(),
                new HealthState(score, scored, List.of()).encoded());
    }

    /** A value of a subservice that is gone by now would stay without anything that it belongs to. */
    private void write(long at, NodeKey node, String metric, String value) throws SQLException {
        if (holds(node, EventKind.HEALTH) || holds(node, EventKind.CONFIGURATION)) {
            StringBuilder content = new StringBuilder();
            EncodedFields.append(content, metric);
            EncodedFields.append(content, value);
            events.append(subjects.number(node), EventKind.VALUE, at, null, content.toString());
        }
    }

    private boolean isOfThisProcess(Subjects.Head head) throws SQLException {
        Long start = subjects.head(Database.WHOLE_GRAPH, EventKind.START).seq();
        return start == null || head.seq() == null || head.seq() > start;
    }

    private void write(long at, boolean whole, List<NodeState> present, Set<NodeKey> removed) throws SQLException {
        Set<NodeKey> gone = new HashSet<>(removed);
        if (whole) {
            events.flush();
            gone.addAll(subjects.holding());
            present.forEach(node -> gone.remove(node.key()));
        }
        List<NodeKey> ended = new ArrayList<>();
        boolean isOther = false;
        for (NodeKey key : gone) {
            if (holds(key, EventKind.CONFIGURATION)) {
                isOther = true;
                ended.add(key);
            } else if (holds(key, EventKind.HEALTH)) {
                ended.add(key);
            }
        }
        Map<NodeKey, String> changed = new LinkedHashMap<>();
        for (NodeState node : present) {
            String content = node.encoded();
            if (!content.equals(
                    subjects.head(node.key(), EventKind.CONFIGURATION).content())) {
                isOther = true;
                changed.put(node.key(), content);
            }
        }
        if (isOther) {
            long version = GraphAt.version(
                    subjects.head(Database.WHOLE_GRAPH, EventKind.GRAPH).content());
            replace(Database.WHOLE_GRAPH, EventKind.GRAPH, at, Long.toString(version + 1));
        }
        for (NodeKey key : ended) {
            end(key, EventKind.CONFIGURATION, at);
            end(key, EventKind.HEALTH, at);
        }
        if (!ended.isEmpty()) {
            events.flush();
            ended.forEach(subjects::forget);
        }
        for (Map.Entry<NodeKey, String> node : changed.entrySet()) {
            replace(subjects.number(node.getKey()), EventKind.CONFIGURATION, at, node.getValue());
        }
    }

    private boolean holds(NodeKey key, EventKind kind) throws SQLException {
        return subjects.head(key, kind).content() != null;
    }

    private void end(NodeKey key, EventKind kind, long at) throws SQLException {
        if (holds(key, kind)) {
            replace(subjects.number(key), kind, at, null);
        }
    }

    private void replace(long subject, EventKind kind, long at, @Nullable String content) throws SQLException {
        replace(subject, kind, at, content, content);
    }

    /**
     * Of one subject and kind, a later event is never before an earlier one.
     *
     * @param known as much of the content as is needed of it later
     */
    private void replace(long subject, EventKind kind, long at, @Nullable String content, @Nullable String known)
            throws SQLException {
        Subjects.Head before = subjects.head(subject, kind);
        long since = Math.max(at, before.at());
        long seq = events.append(subject, kind, since, before.content() == null ? null : before.seq(), content);
        subjects.head(subject, kind, new Subjects.Head(seq, since, known));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
