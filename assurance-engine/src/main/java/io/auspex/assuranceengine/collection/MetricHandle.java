package io.auspex.assuranceengine.collection;

/**
 * Packs what a value is for into a long: the subservice's index, which of its metrics, which candidate gave the value, and
 * the generation of the index, so that a value on its way to a subservice that is gone reaches no other.
 */
public final class MetricHandle {
    private MetricHandle() {}

    public static long of(int node, int metric, int candidate, int generation) {
        return (long) generation << 40 | (long) candidate << 36 | (long) metric << 31 | node;
    }

    public static int node(long handle) {
        return (int) (handle & 0x7FFF_FFFF);
    }

    public static int metric(long handle) {
        return (int) (handle >>> 31) & 31;
    }

    public static int candidate(long handle) {
        return (int) (handle >>> 36) & 15;
    }

    public static int generation(long handle) {
        return (int) (handle >>> 40) & 0xFFFF;
    }
}
