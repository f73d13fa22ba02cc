package io.auspex.history;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Something that happened and is to be remembered. */
public sealed interface HistoryRecord {
    Instant at();

    /** The score of a subservice is another one; −1 where it could not be computed. */
    record Score(Instant at, NodeKey node, int score) implements HistoryRecord {}

    /** A symptom was seen at a subservice. */
    record SymptomStarted(Instant at, NodeKey node, String symptomId, String name, int weight, String description)
            implements HistoryRecord {}

    /** A symptom is over. */
    record SymptomStopped(Instant at, String symptomId) implements HistoryRecord {}

    /** A value that a score was computed from. */
    record MetricValue(Instant at, NodeKey node, String metric, String value) implements HistoryRecord {}

    /**
     * The graph is another one.
     *
     * @param whole whether {@code present} is all of it; else what is in neither stays as it is
     */
    record Graph(Instant at, boolean whole, List<NodeState> present, Set<NodeKey> removed) implements HistoryRecord {
        public Graph {
            present = List.copyOf(present);
            removed = Set.copyOf(removed);
        }
    }
}
