package io.auspex.assuranceagent;

import io.auspex.assuranceagent.past.HistoryAnswers;
import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rpcs and actions that the agent answers; each takes the target of the action or the input, and gives the output. */
public final class AgentOperations {
    private final RootCause rootCause;
    private final MetricReports reports;
    private final MetricValues values;
    private final ServiceImpacts impacts;
    private final CycleRemoval cycles;
    private final HistoryAnswers past;

    AgentOperations(
            AgentConfig config,
            AssuranceSchema schema,
            AssuranceEngine engine,
            Supplier<? extends InnerNode> running,
            HistoryAnswers past) {
        this.rootCause = new RootCause(schema, engine);
        this.reports = new MetricReports(config.model(), config.catalogue(), engine);
        this.values = new MetricValues(schema, engine);
        this.impacts = new ServiceImpacts(schema, engine, running);
        this.cycles = new CycleRemoval(schema);
        this.past = past;
    }

    /** {@code root-cause} of auspex-assurance. */
    public InnerNode rootCause(DataPath subservice) throws YangException {
        return rootCause.answer(subservice);
    }

    /** {@code impact} of auspex-assurance. */
    public InnerNode impact(DataPath subservice) throws YangException {
        return impacts.answer(subservice);
    }

    /** {@code graph-at} of auspex-assurance. */
    public InnerNode graphAt(InnerNode input) throws YangException {
        return past.graphAt(input);
    }

    /** {@code graph-difference} of auspex-assurance. */
    public InnerNode graphDifference(InnerNode input) throws YangException {
        return past.difference(input);
    }

    /** {@code history} of auspex-assurance. */
    public InnerNode history(DataPath subservice, InnerNode input) throws YangException {
        return past.of(subservice, input);
    }

    /** {@code remove-cycles} of auspex-assurance. */
    public InnerNode removeCycles(InnerNode graph) {
        return cycles.answer(graph);
    }

    /** {@code report} of auspex-metrics; null where every value was taken. */
    public @Nullable InnerNode report(InnerNode input) throws YangException {
        return reports.take(input);
    }

    /** {@code metrics} of auspex-metrics. */
    public InnerNode metrics(DataPath subservice) throws YangException {
        return values.answer(subservice);
    }
}
