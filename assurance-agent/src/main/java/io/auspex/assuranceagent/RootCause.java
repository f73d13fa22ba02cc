package io.auspex.assuranceagent;

import static io.auspex.assuranceagent.tree.SchemaNodes.child;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.Explanation;
import io.auspex.assuranceengine.Health;
import io.auspex.assuranceengine.Symptom;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Answers the action {@code root-cause} of auspex-assurance: the way from a subservice down to where the trouble starts, and all
 * symptoms behind its score, ranked.
 */
final class RootCause {
    /** Most causes that an answer has. */
    private static final int MOST = 100;

    private final AssuranceSchema schema;
    private final AssuranceEngine engine;
    private final SchemaNode output;
    private final SchemaNode path;

    RootCause(AssuranceSchema schema, AssuranceEngine engine) {
        this.schema = schema;
        this.engine = engine;
        this.output = schema.output("root-cause");
        this.path = child(output, "path");
    }

    /** @throws YangException where the target is no subservice that is assured */
    InnerNode answer(DataPath target) throws YangException {
        SubserviceId id = schema.assured(target, engine.graph());
        Explanation explanation = engine.explain(id)
                .orElseThrow(() ->
                        new YangException(Failure.NO_SUCH_RESOURCE, target, target + ": there is no such subservice"));
        List<InnerNode> steps = new ArrayList<>();
        Optional<Explanation.Cause> cause = cause(explanation);
        if (cause.isEmpty()) {
            steps.add(step(id, explanation.health(), Optional.empty()));
        } else {
            for (Explanation.Step step : cause.get().path()) {
                steps.add(step(step.id(), step.health(), symptom(step, cause.get(), engine.snapshot())));
            }
        }
        return NodeBuilder.node(output, o -> {
            o.child(TreeList.of(path, steps));
            int rank = 0;
            for (Explanation.Cause known : explanation.causes()) {
                if (++rank > MOST) {
                    break;
                }
                long place = rank;
                o.entry("cause", c -> cause(c.leaf("rank", place), known));
            }
            o.leaf("causes", (long) explanation.causes().size());
            o.container("rests-on", c -> restsOn(c, id));
        });
    }

    private void cause(NodeBuilder entry, Explanation.Cause cause) {
        Symptom symptom = cause.symptom();
        Explanation.Step origin = cause.path().getLast();
        entry.leaf("type", schema.identity(origin.id().type()))
                .leaf("id", origin.id().id())
                .leaf("label", origin.label())
                .leaf("score", (long) origin.health().wireValue())
                .leaf("symptom", symptom.id())
                .leaf("description", symptom.description())
                .leaf("weight", (long) symptom.weight())
                .leaf("since", symptom.start().toString())
                .leaf("condition", Optional.ofNullable(cause.expression()));
        cause.values()
                .forEach((metric, value) ->
                        entry.entry("value", v -> v.leaf("metric", metric).leaf("value", value.toString())));
        for (int i = 1; i < cause.path().size() - 1; i++) {
            SubserviceId via = cause.path().get(i).id();
            entry.entry("via", v -> v.leaf("type", schema.identity(via.type())).leaf("id", via.id()));
        }
    }

    private void restsOn(NodeBuilder entry, SubserviceId id) {
        EngineSnapshot snapshot = engine.snapshot();
        long[] counts = new long[4];
        for (GraphNode node : snapshot.graph().descendants(id)) {
            if (!node.id().equals(id)) {
                int score = snapshot.health(node.id()).map(Health::wireValue).orElse(-1);
                counts[score == 100 ? 0 : score > 0 ? 1 : score == 0 ? 2 : 3]++;
            }
        }
        entry.leaf("well", counts[0])
                .leaf("degraded", counts[1])
                .leaf("broken", counts[2])
                .leaf("unknown", counts[3]);
    }

    /** The first cause is the heaviest; what weighs nothing lowers no score. */
    private static Optional<Explanation.Cause> cause(Explanation explanation) {
        return explanation.causes().stream()
                .findFirst()
                .filter(c -> c.symptom().weight() > 0 && !explanation.health().isPerfect());
    }

    private static Optional<Symptom> symptom(Explanation.Step step, Explanation.Cause cause, EngineSnapshot snapshot) {
        if (step.id().equals(cause.symptom().origin())) {
            return Optional.of(cause.symptom());
        }
        return snapshot.status(step.id()).stream()
                .flatMap(status -> status.activeSymptoms().stream())
                .filter(s -> s.origin().equals(step.id()))
                .max(Comparator.comparingInt(Symptom::weight));
    }

    private InnerNode step(SubserviceId id, Health health, Optional<Symptom> symptom) {
        List<DataNode> leaves = new ArrayList<>();
        leaves.add(leaf("type", schema.identity(id.type())));
        leaves.add(leaf("id", id.id()));
        leaves.add(leaf("score", (long) health.wireValue()));
        symptom.ifPresent(s -> {
            leaves.add(leaf("symptom", s.id()));
            leaves.add(leaf("description", s.description()));
            leaves.add(leaf("since", s.start().toString()));
        });
        return TreeNode.of(path, leaves);
    }

    private LeafNode leaf(String name, Object value) {
        return new LeafNode(child(path, name), Objects.requireNonNull(value));
    }
}
