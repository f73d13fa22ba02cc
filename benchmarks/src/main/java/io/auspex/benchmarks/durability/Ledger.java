package io.auspex.benchmarks.durability;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one client, that makes one edit after the other, was told about its entries: those that are acknowledged, and what the
 * edit on its way would change. After a crash the datastore holds the one or the other, whole.
 */
final class Ledger {
    /** The value of an entry that is not there. */
    static final String ABSENT = "";

    private final Map<String, String> acknowledged = new TreeMap<>();
    private Map<String, String> onItsWay = Map.of();
    private long edits;

    /** An edit is sent: the new values by entry. */
    synchronized void sent(Map<String, String> edit) {
        onItsWay = Map.copyOf(edit);
    }

    /** The edit that was sent is durable, the server says. */
    synchronized void acknowledged() {
        acknowledged.putAll(onItsWay);
        acknowledged.values().removeIf(ABSENT::equals);
        onItsWay = Map.of();
        edits++;
    }

    /** The edit that was sent was refused. */
    synchronized void refused() {
        onItsWay = Map.of();
    }

    synchronized boolean has(String entry) {
        return acknowledged.containsKey(entry);
    }

    /** How many edits were acknowledged. */
    synchronized long edits() {
        return edits;
    }

    /** A copy that later acknowledgements do not reach. */
    synchronized Ledger frozen() {
        var copy = new Ledger();
        copy.acknowledged.putAll(acknowledged);
        copy.onItsWay = onItsWay;
        copy.edits = edits;
        return copy;
    }

    /**
     * Compares with what is found after a crash, and goes on from that.
     *
     * @return how many entries are neither as acknowledged nor as the edit on its way has them
     */
    synchronized int lost(Map<String, String> found) {
        var after = new HashMap<>(acknowledged);
        after.putAll(onItsWay);
        after.values().removeIf(ABSENT::equals);
        var wrong = found.equals(acknowledged) || found.equals(after) ? 0 : differences(found);
        acknowledged.clear();
        acknowledged.putAll(found);
        onItsWay = Map.of();
        return wrong;
    }

    private int differences(Map<String, String> found) {
        var wrong = 0;
        for (var entry : acknowledged.entrySet()) {
            if (!entry.getValue().equals(found.get(entry.getKey()))) {
                wrong++;
            }
        }
        return Math.max(1, wrong);
    }
}
