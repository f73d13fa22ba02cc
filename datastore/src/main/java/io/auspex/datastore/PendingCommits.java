package io.auspex.datastore;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a listener keeps of commits from their validation until they are durable, by version. Of commits that another listener
 * refused nobody hears again: they are forgotten with a later one, and the oldest when there are too many.
 */
public final class PendingCommits<T> {
    private static final int MOST = 8_192;

    private final ArrayDeque<Kept<T>> kept = new ArrayDeque<>();

    private record Kept<T>(long version, T value) {}

    /** Keeps what belongs to a commit that is being validated. */
    public synchronized void put(long version, T value) {
        while (!kept.isEmpty() && kept.getLast().version() >= version) {
            kept.removeLast();
        }
        if (kept.size() == MOST) {
            kept.removeFirst();
        }
        kept.add(new Kept<>(version, value));
    }

    /** What was kept of a commit that is durable now; null for nothing. It is forgotten, as are those before it. */
    public synchronized @Nullable T take(long version) {
        T value = null;
        while (!kept.isEmpty() && kept.getFirst().version() <= version) {
            var oldest = kept.removeFirst();
            value = oldest.version() == version ? oldest.value() : null;
        }
        return value;
    }

    /** What was kept of the commit that was validated last; null for nothing. */
    public synchronized @Nullable T newest() {
        var newest = kept.peekLast();
        return newest == null ? null : newest.value();
    }
}
