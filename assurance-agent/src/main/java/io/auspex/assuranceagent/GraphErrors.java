package io.auspex.assuranceagent;

import io.auspex.assuranceengine.graph.GraphFault;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.List;

/** Says what is wrong with an assurance graph as errors of NETCONF and RESTCONF (RFC 9418 §3.4, RFC 6241 §4.3). */
final class GraphErrors {
    private static final String YANG = "urn:ietf:params:xml:ns:yang:1";
    private static final int MOST = 50;

    private final AssuranceSchema schema;

    GraphErrors(AssuranceSchema schema) {
        this.schema = schema;
    }

    YangException of(List<GraphFault> faults) {
        return new YangException(faults.stream().limit(MOST).map(this::error).toList());
    }

    private YangError error(GraphFault fault) {
        return switch (fault) {
            case GraphFault.Cycle(var path) -> {
                DataPath edge = dependency(path.get(0), path.get(1));
                yield YangError.of(
                        Failure.INVALID_VALUE,
                        edge,
                        edge + ": " + fault.message() + "; expected a graph without cycles");
            }
            case GraphFault.UnknownDependency(var from, var to) -> {
                DataPath edge = dependency(from, to);
                yield YangError.of(
                                Failure.DATA_MISSING,
                                edge,
                                edge + ": dependency on " + to + " which does not exist; expected a subservice of that"
                                        + " type and id")
                        .withAppTag("instance-required");
            }
            case GraphFault.Duplicate(var second, var first, var _) -> {
                DataPath entry = schema.path(second);
                // As RFC 7950 §15.1 has it for 'unique', which YANG cannot say of parameters in a choice.
                yield YangError.of(
                                Failure.INVALID_CONFIGURATION,
                                entry,
                                entry + ": " + fault.message()
                                        + "; expected one subservice for one type and one set of parameters")
                        .withAppTag("data-not-unique")
                        .withInfo(
                                new ErrorInfo(YANG, "non-unique", entry),
                                new ErrorInfo(YANG, "non-unique", schema.path(first)));
            }
        };
    }

    private DataPath dependency(SubserviceId from, SubserviceId to) {
        return schema.path(from)
                .child(schema.subservices.dependencies)
                .entry(schema.subservices.dependency, schema.key(to));
    }
}
