package io.auspex.assuranceagent;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphFaultsException;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the engine's assurance graph what running says (RFC 9418 §3.1), and refuses a commit that would break it (§3.4).
 *
 * <p>Each change is found by comparing with the state checked or applied before, so that the cost is that of the change.
 */
final class RunningGraph implements CommitListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningGraph.class);

    private final AssuranceEngine engine;
    private final AssuranceSchema schema;
    private final SubserviceReader reader;
    private final GraphErrors errors;
    private final Consumer<List<SubserviceId>> changed;
    private final MaintenanceWindows windows;
    private final ReentrantLock applying = new ReentrantLock();
    private volatile Applied applied = new Applied(null, Map.of(), AssuranceGraph.empty());

    /** What the newest commit that was checked leads to; others may have refused it since. */
    private volatile Applied checked = applied;

    /** The subservices of a state of running, those that windows put under maintenance, and the graph that was made of them. */
    private record Applied(@Nullable TreeList list, Map<SubserviceId, String> maintenance, AssuranceGraph graph) {}

    /** @param changed told which subservices were added, changed or removed */
    RunningGraph(
            AssuranceEngine engine, AssuranceSchema schema, InstantSource clock, Consumer<List<SubserviceId>> changed) {
        this.engine = engine;
        this.schema = schema;
        this.windows = new MaintenanceWindows(schema.maintenance, clock, this::maintenanceChanged);
        this.reader = new SubserviceReader(schema.subservices);
        this.errors = new GraphErrors(schema);
        this.changed = changed;
    }

    @Override
    public void validate(ChangeSet changes) throws YangException {
        windows.check(changes.after());
        Applied base = applied;
        Applied newest = checked;
        if (base.list() != list(changes.before()) && newest.list() == list(changes.before())) {
            base = newest;
        }
        TreeList now = list(changes.after());
        if (now == base.list()) {
            return;
        }
        try {
            GraphChange change = change(base, now, base.maintenance());
            checked = new Applied(
                    now,
                    base.maintenance(),
                    base.graph().with(change, base.graph().lastChange()).after());
        } catch (GraphFaultsException e) {
            throw errors.of(e.faults());
        }
    }

    @Override
    public void committed(ChangeSet changes) {
        apply(changes.after());
    }

    /** Makes the graph that of a state of running: the whole of it at the start, the difference afterwards. */
    void apply(TreeNode running) {
        applying.lock();
        try {
            Map<SubserviceId, String> maintenance = windows.apply(running);
            TreeList now = list(running);
            if (now != applied.list() || !maintenance.equals(applied.maintenance())) {
                apply(now, maintenance);
            }
        } finally {
            applying.unlock();
        }
    }

    /** A maintenance window begins or is over. */
    private void maintenanceChanged() {
        applying.lock();
        try {
            Map<SubserviceId, String> maintenance = windows.active();
            if (!maintenance.equals(applied.maintenance())) {
                apply(applied.list(), maintenance);
            }
        } finally {
            applying.unlock();
        }
    }

    private void apply(@Nullable TreeList now, Map<SubserviceId, String> maintenance) {
        GraphChange change = change(applied, now, maintenance);
        try {
            applied = new Applied(now, maintenance, engine.commit(change).after());
            if (checked.list() == now) {
                // Else what each graph has of its own would be kept twice.
                checked = applied;
            }
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

    /** The subservices that differ in running, and those for which a window begins or is over. */
    private GraphChange change(Applied base, @Nullable TreeList to, Map<SubserviceId, String> maintenance) {
        Map<SubserviceId, Subservice> put = new LinkedHashMap<>();
        List<SubserviceId> removed = new ArrayList<>();
        TreeList.differences(base.list(), to, (before, after, _) -> {
            if (after != null) {
                Subservice subservice = reader.read(after, maintenance);
                put.put(subservice.id(), subservice);
            } else if (before != null) {
                removed.add(SubserviceReader.id(before));
            }
        });
        Set<SubserviceId> concerned = new LinkedHashSet<>(base.maintenance().keySet());
        concerned.addAll(maintenance.keySet());
        for (SubserviceId id : concerned) {
            boolean differs = !Objects.equals(base.maintenance().get(id), maintenance.get(id));
            InnerNode entry = to == null || !differs ? null : to.entry(schema.key(id));
            if (entry != null) {
                put.putIfAbsent(id, reader.read(entry, maintenance));
            }
        }
        return new GraphChange(put, new LinkedHashSet<>(removed));
    }

    @Override
    public void close() {
        windows.close();
    }

    private @Nullable TreeList list(TreeNode root) {
        return root.child(schema.subservices.container) instanceof InnerNode container
                        && container.child(schema.subservices.list) instanceof TreeList list
                ? list
                : null;
    }
}
