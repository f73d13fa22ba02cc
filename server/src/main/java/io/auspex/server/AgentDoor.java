package io.auspex.server;

import io.auspex.assuranceagent.AgentOperations;
import io.auspex.management.Operations;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.Objects;

/** Hands the rpcs and actions of the agent to both northbound protocols. */
final class AgentDoor {
    private static final String SUBSERVICE = "/ietf-service-assurance:subservices/subservice/";

    private AgentDoor() {}

    /** Answers for one subservice. */
    private interface Answer {
        InnerNode to(DataPath subservice) throws YangException;
    }

    static void open(AgentOperations agent, Operations operations) {
        operations.rpc("auspex-metrics", "report", (_, input) -> agent.report(input));
        operations.rpc("auspex-assurance", "remove-cycles", (_, input) -> agent.removeCycles(input));
        operations.rpc("auspex-assurance", "graph-at", (_, input) -> agent.graphAt(input));
        operations.rpc("auspex-assurance", "graph-difference", (_, input) -> agent.graphDifference(input));
        operations.action(
                SUBSERVICE + "auspex-assurance:history",
                (target, input) -> agent.history(Objects.requireNonNull(target), input));
        action(operations, "auspex-assurance:root-cause", agent::rootCause);
        action(operations, "auspex-assurance:impact", agent::impact);
        action(operations, "auspex-metrics:metrics", agent::metrics);
    }

    private static void action(Operations operations, String name, Answer answer) {
        operations.action(SUBSERVICE + name, (target, _) -> answer.to(Objects.requireNonNull(target)));
    }
}
