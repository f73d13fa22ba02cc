package io.auspex.assuranceagent;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphFault;
import io.auspex.assuranceengine.graph.GraphFaultsException;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the engine's assurance graph what running says (RFC 9418 §3.1), and refuses a commit that would break it (§3.4).
 *
 * <p>Each change is found by comparing with the state that the engine has, so that the cost is that of the change, and
 * commits that are checked before earlier ones are durable are checked as one.
 */
final class RunningGraph implements CommitListener {
    private static final Logger LOG = LoggerFactory.getLogger(RunningGraph.class);

    private final AssuranceEngine engine;
    private final AssuranceSchema.Subservices schema;
    private final SubserviceReader reader;
    private final GraphErrors errors;
    private final Consumer<List<SubserviceId>> changed;
    private volatile Applied applied = new Applied(null, AssuranceGraph.empty());

    /** The subservices of a state of running, and the graph that was made of them. */
    private record Applied(@Nullable TreeList list, AssuranceGraph graph) {}

    /** @param changed told which subservices were added, changed or removed */
    RunningGraph(AssuranceEngine engine, AssuranceSchema schema, Consumer<List<SubserviceId>> changed) {
        this.engine = engine;
        this.schema = schema.subservices;
        this.reader = new SubserviceReader(schema.subservices);
        this.errors = new GraphErrors(schema);
        this.changed = changed;
    }

    @Override
    public void validate(ChangeSet changes) throws YangException {
        Applied base = applied;
        TreeList now = list(changes.after());
        if (now != base.list()) {
            List<GraphFault> faults = base.graph().check(change(base.list(), now));
            if (!faults.isEmpty()) {
                throw errors.of(faults);
            }
        }
    }

    @Override
    public void committed(ChangeSet changes) {
        apply(changes.after());
    }

    /** Makes the graph that of a state of running: the whole of it at the start, the difference afterwards. */
    void apply(TreeNode running) {
        TreeList before = applied.list();
        TreeList now = list(running);
        if (now == before) {
            return;
        }
        GraphChange change = change(before, now);
        try {
            applied = new Applied(now, engine.commit(change).after());
        } catch (GraphFaultsException e) {
            // Every commit was checked, so this is a running that came from elsewhere; the next commit has to mend it.
            LOG.atError()
                    .addKeyValue("subservices", change.put().size())
                    .addKeyValue("why", e.getMessage())
                    .log("the subservices of running are not assured");
            return;
        }
        List<SubserviceId> concerned = new ArrayList<>(change.put().keySet());
        concerned.addAll(change.removed());
        changed.accept(concerned);
    }

    private GraphChange change(@Nullable TreeList from, @Nullable TreeList to) {
        List<Subservice> put = new ArrayList<>();
        List<SubserviceId> removed = new ArrayList<>();
        TreeList.differences(from, to, (before, after, _) -> {
            if (after != null) {
                put.add(reader.read(after));
            } else if (before != null) {
                removed.add(SubserviceReader.id(before));
            }
        });
        return GraphChange.of(put, removed);
    }

    private @Nullable TreeList list(TreeNode root) {
        return root.child(schema.container) instanceof InnerNode container
                        && container.child(schema.list) instanceof TreeList list
                ? list
                : null;
    }
}
