package io.auspex.datastore;

/** Counts by 64-bit hash in two flat arrays; a count that falls to 0 is forgotten. Used by one thread at a time. */
final class LongCounts {
    private static final int SMALLEST = 16;
    private static final long[] NO_HASHES = new long[1];
    private static final int[] NO_COUNTS = new int[1];

    /** Shared with all others that hold nothing, as are the counts, until something is counted. */
    private long[] hashes = NO_HASHES;

    private int[] counts = NO_COUNTS;
    private int used;

    int get(long hash) {
        return counts[place(hash)];
    }

    void add(long hash, int more) {
        if (hashes == NO_HASHES) {
            hashes = new long[SMALLEST];
            counts = new int[SMALLEST];
        }
        var place = place(hash);
        if (counts[place] == 0 && more != 0) {
            hashes[place] = hash;
            used++;
        }
        counts[place] += more;
        if (counts[place] == 0 && more != 0) {
            used--;
            close(place);
        } else if (used > hashes.length / 4 * 3) {
            grow();
        }
    }

    int size() {
        return used;
    }

    interface Each {
        void count(long hash, int count);
    }

    void forEach(Each told) {
        for (var i = 0; i < hashes.length; i++) {
            if (counts[i] != 0) {
                told.count(hashes[i], counts[i]);
            }
        }
    }

    void addAll(LongCounts other) {
        other.forEach(this::add);
    }

    /** Where a hash is, or the empty place where it would go. */
    private int place(long hash) {
        var mask = hashes.length - 1;
        var at = start(hash);
        while (counts[at] != 0 && hashes[at] != hash) {
            at = at + 1 & mask;
        }
        return at;
    }

    private int start(long hash) {
        return (int) (hash ^ hash >>> 32) & hashes.length - 1;
    }

    /** Fills an empty place with what probing would no longer reach over it. */
    private void close(int empty) {
        var mask = hashes.length - 1;
        var hole = empty;
        for (var at = hole + 1 & mask; counts[at] != 0; at = at + 1 & mask) {
            var home = start(hashes[at]);
            if ((at - home & mask) >= (at - hole & mask)) {
                hashes[hole] = hashes[at];
                counts[hole] = counts[at];
                counts[at] = 0;
                hole = at;
            }
        }
    }

    private void grow() {
        var oldHashes = hashes;
        var oldCounts = counts;
        hashes = new long[oldHashes.length * 2];
        counts = new int[oldHashes.length * 2];
        for (var i = 0; i < oldHashes.length; i++) {
            if (oldCounts[i] != 0) {
                var place = place(oldHashes[i]);
                hashes[place] = oldHashes[i];
                counts[place] = oldCounts[i];
            }
        }
    }
}
