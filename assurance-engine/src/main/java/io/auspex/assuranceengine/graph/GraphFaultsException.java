package io.auspex.assuranceengine.graph;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A change of the assurance graph was refused; the graph is as it was. */
public final class GraphFaultsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<GraphFault> faults;

    GraphFaultsException(List<GraphFault> faults) {
        super(faults.stream().map(GraphFault::message).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, never empty. */
    public List<GraphFault> faults() {
        return faults;
    }
}
