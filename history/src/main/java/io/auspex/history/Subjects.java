package io.auspex.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The subservices as the database has them: their numbers, and the newest event of each kind, read when asked for first. */
final class Subjects {
    private static final List<EventKind> OF_SUBSERVICE = List.of(EventKind.CONFIGURATION, EventKind.HEALTH);
    private static final Head NONE = new Head(null, 0, null);

    private final Connection connection;
    private final PreparedStatement find;
    private final PreparedStatement add;
    private final PreparedStatement newest;
    private final PreparedStatement holding;
    private final Map<NodeKey, Long> numbers = new HashMap<>();
    private final Map<Place, Head> heads = new HashMap<>();
    private long last;

    private record Place(long subject, EventKind kind) {}

    /**
     * The newest event of a kind about a subject.
     *
     * @param seq null where there is none
     * @param content null also where nothing holds any more
     */
    record Head(@Nullable Long seq, long at, @Nullable String content) {
        boolean isOver() {
            return seq != null && content == null;
        }
    }

    Subjects(Connection connection) throws SQLException {
        this.connection = connection;
        find = connection.prepareStatement("SELECT subject FROM subject WHERE type = ? AND id = ?");
        add = connection.prepareStatement("INSERT INTO subject (subject, type, id) VALUES (?, ?, ?)");
        newest = connection.prepareStatement("SELECT seq, at, content FROM event WHERE subject = ? AND kind = ?"
                + " ORDER BY at DESC, seq DESC LIMIT 1");
        holding = connection.prepareStatement("SELECT s.type, s.id, s.subject, e.seq, e.at, e.content"
                + " FROM subject s, event e WHERE e.content IS NOT NULL AND e.seq = (SELECT seq FROM event"
                + " WHERE subject = s.subject AND kind = ? ORDER BY at DESC, seq DESC LIMIT 1)");
        readAgain();
    }

    /** Knows nothing of the database but what it reads from now on. */
    void readAgain() throws SQLException {
        numbers.clear();
        heads.clear();
        last = Database.single(connection, "SELECT max(subject) FROM subject");
    }

    /** The number of a subservice; null where it has none. */
    @Nullable
    Long known(NodeKey key) throws SQLException {
        Long known = numbers.get(key);
        if (known != null) {
            return known;
        }
        find.setString(1, key.type());
        find.setString(2, key.id());
        try (ResultSet rows = find.executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            numbers.put(key, rows.getLong(1));
            return rows.getLong(1);
        }
    }

    /** The number of a subservice, a new one where it has none. */
    long number(NodeKey key) throws SQLException {
        Long known = known(key);
        if (known != null) {
            return known;
        }
        long number = ++last;
        add.setLong(1, number);
        add.setString(2, key.type());
        add.setString(3, key.id());
        add.executeUpdate();
        numbers.put(key, number);
        OF_SUBSERVICE.forEach(kind -> head(number, kind, NONE));
        return number;
    }

    /** What is known of a subservice; nothing where the subservice itself is not. */
    Head head(NodeKey key, EventKind kind) throws SQLException {
        Long number = known(key);
        return number == null ? NONE : head(number, kind);
    }

    Head head(long subject, EventKind kind) throws SQLException {
        Place place = new Place(subject, kind);
        Head known = heads.get(place);
        if (known != null) {
            return known;
        }
        newest.setLong(1, subject);
        newest.setInt(2, kind.code());
        try (ResultSet rows = newest.executeQuery()) {
            Head head = rows.next() ? new Head(rows.getLong(1), rows.getLong(2), rows.getString(3)) : NONE;
            heads.put(place, head);
            return head;
        }
    }

    void head(long subject, EventKind kind, Head head) {
        heads.put(new Place(subject, kind), head);
    }

    /** The subservices of which something holds. */
    Set<NodeKey> holding() throws SQLException {
        Set<NodeKey> keys = new HashSet<>();
        for (EventKind kind : OF_SUBSERVICE) {
            holding.setInt(1, kind.code());
            try (ResultSet rows = holding.executeQuery()) {
                while (rows.next()) {
                    NodeKey key = new NodeKey(rows.getString(1), rows.getString(2));
                    keys.add(key);
                    numbers.put(key, rows.getLong(3));
                    head(rows.getLong(3), kind, new Head(rows.getLong(4), rows.getLong(5), rows.getString(6)));
                }
            }
        }
        return keys;
    }

    /** The subservice is gone: what is kept of it is read again when it comes back. */
    void forget(NodeKey key) {
        long number = Objects.requireNonNull(numbers.remove(key));
        OF_SUBSERVICE.forEach(kind -> heads.remove(new Place(number, kind)));
    }

    /** Subservices of which nothing holds may have other numbers when they come back. */
    void forgetEnded() {
        Map.copyOf(numbers).forEach((key, number) -> {
            if (OF_SUBSERVICE.stream().noneMatch(kind -> holds(number, kind))) {
                forget(key);
            }
        });
    }

    private boolean holds(long number, EventKind kind) {
        return heads.getOrDefault(new Place(number, kind), NONE).content() != null;
    }
}
