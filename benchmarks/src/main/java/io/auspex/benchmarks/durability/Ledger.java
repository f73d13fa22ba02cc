package io.auspex.benchmarks.durability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one client, that makes one edit after the other, sent and was told: after a crash the datastore holds all edits that were
 * acknowledged, and of the later ones the first few or none, each whole.
 */
final class Ledger {
    /** The value of an entry that is not there. */
    static final String ABSENT = "";

    private final Map<String, String> base = new TreeMap<>();
    private final Map<String, String> present = new HashMap<>();
    private final List<Map<String, String>> sent = new ArrayList<>();
    private int acknowledged;
    private long edits;

    /** An edit is sent: the new values by entry. */
    synchronized void sent(Map<String, String> edit) {
        sent.add(Map.copyOf(edit));
    }

    /** The edit that was sent last is durable, the server says. */
    synchronized void acknowledged() {
        apply(sent.getLast(), present);
        acknowledged = sent.size();
        edits++;
    }

    private static void apply(Map<String, String> edit, Map<String, String> values) {
        edit.forEach((entry, value) -> {
            if (value.equals(ABSENT)) {
                values.remove(entry);
            } else {
                values.put(entry, value);
            }
        });
    }

    synchronized boolean has(String entry) {
        return present.containsKey(entry);
    }

    /** How many edits were acknowledged in all. */
    synchronized long edits() {
        return edits;
    }

    /** How many edits were acknowledged since the last crash. */
    synchronized int mark() {
        return acknowledged;
    }

    /** As {@link #lost(Map, int)}, with all that were acknowledged. */
    synchronized int lost(Map<String, String> found) {
        return lost(found, acknowledged);
    }

    /**
     * Compares with what is found after a crash, and goes on from that.
     *
     * @param mark how many edits were acknowledged before the crash for sure
     * @return how many of these are lost; 0 when all are there
     */
    synchronized int lost(Map<String, String> found, int mark) {
        var kept = -1;
        var values = new TreeMap<>(base);
        for (var i = 0; i <= sent.size(); i++) {
            kept = values.equals(found) ? i : kept;
            if (i < sent.size()) {
                apply(sent.get(i), values);
            }
        }
        base.clear();
        base.putAll(found);
        present.clear();
        present.putAll(found);
        sent.clear();
        acknowledged = 0;
        return kept < 0 ? Math.max(1, mark) : Math.max(0, mark - kept);
    }
}
