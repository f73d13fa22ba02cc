package io.auspex.history;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Something that happened and is to be remembered. */
public sealed interface HistoryRecord {
    Instant at();

    /**
     * A subservice stands otherwise.
     *
     * @param score −1 where it could not be computed
     * @param symptoms all of its own that go on
     */
    record Health(Instant at, NodeKey node, int score, List<PastSymptom> symptoms) implements HistoryRecord {
        public Health {
            symptoms = List.copyOf(symptoms);
        }
    }

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
