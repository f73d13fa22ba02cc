package io.auspex.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The graph and its health as of a time.
 *
 * @param version of the graph; 0 where there was none yet
 * @param since when that version came about
 * @param scores of the subservices whose score is known to the history
 * @param symptoms that went on, by subservice
 * @param unreadable subservices that were there, but of which the record was damaged
 */
public record GraphAt(
        long version,
        Instant since,
        List<NodeState> nodes,
        Map<NodeKey, Integer> scores,
        Map<NodeKey, List<PastSymptom>> symptoms,
        List<NodeKey> unreadable) {
    public GraphAt {
        nodes = List.copyOf(nodes);
        scores = Map.copyOf(scores);
        symptoms = Map.copyOf(symptoms);
        unreadable = List.copyOf(unreadable);
    }

    /** The version that an event tells; 0 where there is none, or what there is was damaged. */
    static long version(@Nullable String content) {
        try {
            return content == null ? 0 : Long.parseLong(content);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
