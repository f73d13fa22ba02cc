package io.auspex.assuranceengine;

import java.util.Arrays;
import java.util.BitSet;

/** The state of all subservices as the writer sees it; what is published is frozen and copied before the next change. */
final class States {
    private StateChunk[] chunks = new StateChunk[0];
    private final BitSet writable = new BitSet();
    private boolean changed;

    void ensure(int nodes) {
        int needed = nodes + StateChunk.MASK >> StateChunk.SHIFT;
        if (needed > chunks.length) {
            int old = chunks.length;
            chunks = Arrays.copyOf(chunks, Math.max(needed, old + (old >> 3)));
            for (int i = old; i < chunks.length; i++) {
                chunks[i] = new StateChunk();
                writable.set(i);
            }
            changed = true;
        }
    }

    byte health(int node) {
        return chunks[node >> StateChunk.SHIFT].health[node & StateChunk.MASK];
    }

    int flags(int node) {
        return chunks[node >> StateChunk.SHIFT].flags[node & StateChunk.MASK];
    }

    OwnSymptoms symptoms(int node) {
        return chunks[node >> StateChunk.SHIFT].symptoms[node & StateChunk.MASK];
    }

    void setHealth(int node, byte health) {
        writable(node).health[node & StateChunk.MASK] = health;
    }

    void setFlags(int node, int flags) {
        writable(node).flags[node & StateChunk.MASK] = (byte) flags;
    }

    void setSymptoms(int node, OwnSymptoms symptoms) {
        writable(node).symptoms[node & StateChunk.MASK] = symptoms;
    }

    void setHistoryStart(int node, long epochMillis) {
        writable(node).historyStart[node & StateChunk.MASK] = epochMillis;
    }

    /** What readers may see from now on. */
    StateChunk[] publish() {
        writable.clear();
        changed = false;
        StateChunk[] published = chunks;
        chunks = chunks.clone();
        return published;
    }

    /** Bytes of health, flags, history start and the reference to the symptoms, and of the chunks' headers. */
    long bytes() {
        return (long) chunks.length * (StateChunk.SIZE * (1 + 1 + Long.BYTES + 4) + 4 * 16 + 24 + 4);
    }

    boolean isChanged() {
        return changed;
    }

    private StateChunk writable(int node) {
        int chunk = node >> StateChunk.SHIFT;
        if (!writable.get(chunk)) {
            writable.set(chunk);
            chunks[chunk] = new StateChunk(chunks[chunk]);
            changed = true;
        }
        return chunks[chunk];
    }
}
