package io.auspex.assuranceagent;

import static io.auspex.assuranceagent.tree.SchemaNodes.child;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.Explanation;
import io.auspex.assuranceengine.Health;
import io.auspex.assuranceengine.Symptom;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Answers the action {@code root-cause} of auspex-assurance: the way from a subservice down to where the trouble starts. */
final class RootCause {
    private final AssuranceSchema schema;
    private final AssuranceEngine engine;
    private final SchemaNode output;
    private final SchemaNode path;

    RootCause(AssuranceSchema schema, AssuranceEngine engine) {
        this.schema = schema;
        this.engine = engine;
        this.output = child(action(schema), "output");
        this.path = child(output, "path");
    }

    static SchemaNode action(AssuranceSchema schema) {
        return schema.subservices.list.operations().stream()
                .filter(o -> o.name().equals("root-cause"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the model has no action root-cause"));
    }

    /** @throws YangException where the target is no subservice that is assured */
    InnerNode answer(DataPath target) throws YangException {
        SubserviceId id = AssuranceSchema.id(target.key()
                .orElseThrow(() -> new YangException(
                        Failure.BAD_TARGET, target, target + ": got no key, expected one subservice")));
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
        return TreeNode.of(output, List.of(TreeList.of(path, steps)));
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
                .max(java.util.Comparator.comparingInt(Symptom::weight));
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
