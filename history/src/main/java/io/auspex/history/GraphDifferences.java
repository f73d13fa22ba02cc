package io.auspex.history;

import java.util.List;

/**
 * What differs between the graph at two times.
 *
 * @param unreadable subservices that differ too, but of which a record was damaged
 */
public record GraphDifferences(List<GraphDifference> differences, List<NodeKey> unreadable) {
    public GraphDifferences {
        differences = List.copyOf(differences);
        unreadable = List.copyOf(unreadable);
    }
}
