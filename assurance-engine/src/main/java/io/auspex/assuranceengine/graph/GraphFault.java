package io.auspex.assuranceengine.graph;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Why a change of the assurance graph is refused. */
public sealed interface GraphFault {
    /** How many subservices of a cycle a message shows. */
    int SHOWN = 20;

    /** The subservice whose configuration is at fault. */
    SubserviceId subject();

    /** What is wrong, naming every subservice concerned. */
    String message();

    /**
     * Dependencies that lead back to where they start, which RFC 9418 §3.4 forbids.
     *
     * @param path each subservice depends on the next; the last is the first again
     */
    record Cycle(List<SubserviceId> path) implements GraphFault {
        public Cycle {
            path = List.copyOf(path);
        }

        @Override
        public SubserviceId subject() {
            return path.getFirst();
        }

        @Override
        public String message() {
            String shown = path.size() <= SHOWN
                    ? arrows(path)
                    : arrows(path.subList(0, SHOWN / 2)) + " -> (" + (path.size() - SHOWN) + " more) -> "
                            + arrows(path.subList(path.size() - SHOWN / 2, path.size()));
            return "the dependencies form a cycle: " + shown;
        }

        private static String arrows(List<SubserviceId> ids) {
            return ids.stream().map(SubserviceId::toString).collect(Collectors.joining(" -> "));
        }
    }

    /** A dependency on a subservice that does not exist. */
    record UnknownDependency(SubserviceId from, SubserviceId to) implements GraphFault {
        @Override
        public SubserviceId subject() {
            return from;
        }

        @Override
        public String message() {
            return from + " depends on " + to + ", which does not exist";
        }
    }

    /** A second subservice of the same type and parameters: RFC 9417 §3.1.1 makes them one. */
    record Duplicate(SubserviceId second, SubserviceId first, Map<String, String> parameters) implements GraphFault {
        public Duplicate {
            parameters = Map.copyOf(parameters);
        }

        @Override
        public SubserviceId subject() {
            return second;
        }

        @Override
        public String message() {
            return second + " has the same type and parameters as " + first + ": " + new TreeMap<>(parameters);
        }
    }
}
