package io.auspex.benchmarks.engine;

import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import java.util.StringJoiner;

/** The same rules in Esper, a stream processor: a table of the parts' metrics, and their score at each update; no services. */
final class EsperPeer {
    private final EPEventService events;
    private long scores;

    EsperPeer() {
        try {
            var configuration = new Configuration();
            var compiled = EPCompilerProvider.getCompiler().compile(rules(), new CompilerArguments(configuration));
            var runtime = EPRuntimeProvider.getRuntime("bench", configuration);
            var deployment = runtime.getDeploymentService().deploy(compiled);
            runtime.getDeploymentService()
                    .getStatement(deployment.getDeploymentId(), "score")
                    .addListener((news, olds, statement, source) -> scores++);
            events = runtime.getEventService();
        } catch (EPCompileException | EPDeployException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String rules() {
        var rules = new StringJoiner(";\n", "", ";\n");
        rules.add("@public @buseventtype create objectarray schema MetricUpdate (node int, metric int, value double)");
        rules.add("@public create table Part (node int primary key, m0 double, m1 double, m2 double, m3 double)");
        for (int m = 0; m < Parts.METRICS; m++) {
            var values = new StringJoiner(", ");
            for (int i = 0; i < Parts.METRICS; i++) {
                values.add((i == m ? "u.value" : "0d") + " as m" + i);
            }
            rules.add("on MetricUpdate(metric = " + m + ") as u merge Part as p where p.node = u.node"
                    + " when matched then update set m" + m + " = u.value"
                    + " when not matched then insert select u.node as node, " + values);
        }
        rules.add("@name('score') on MetricUpdate as u select p.node as node, 100"
                + " - (case when p.m0 > 90 then 30 else 0 end) - (case when p.m1 > 90 then 30 else 0 end)"
                + " - (case when p.m2 > 90 then 30 else 0 end) - (case when p.m3 > 90 then 30 else 0 end) as score"
                + " from Part as p where p.node = u.node");
        return rules.toString();
    }

    void update(int part, int metric, double value) {
        events.sendEventObjectArray(new Object[] {part, metric, value}, "MetricUpdate");
    }

    /** How many scores came out so far. */
    long scores() {
        return scores;
    }
}
