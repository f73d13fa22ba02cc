package io.auspex.assuranceagent;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphFaultsException;
import io.auspex.assuranceengine.graph.GraphUpdate;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.datastore.PendingCommits;
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
    private final Consumer<GraphUpdate> changed;
    private final MaintenanceWindows windows;
    private final ReentrantLock applying = new ReentrantLock();
    private final InstantSource clock;
    private volatile Applied applied = new Applied(null, Map.of(), AssuranceGraph.empty());

    /** What commits that were checked lead to; others may have refused them since. */
    private final PendingCommits<Checked> checked = new PendingCommits<>();

    /** The subservices of a state of running, those that windows put under maintenance, and the graph that was made of them. */
    private record Applied(@Nullable TreeList list, Map<SubserviceId, String> maintenance, AssuranceGraph graph) {}

    private record Checked(Applied result, GraphUpdate update) {}

    /** @param changed told of each change of the graph */
    RunningGraph(AssuranceEngine engine, AssuranceSchema schema, InstantSource clock, Consumer<GraphUpdate> changed) {
        this.engine = engine;
        this.schema = schema;
        this.clock = clock;
        this.windows = new MaintenanceWindows(schema.maintenance, clock, this::maintenanceChanged);
        this.reader = new SubserviceReader(schema.subservices);
        this.errors = new GraphErrors(schema);
        this.changed = changed;
    }

    @Override
    public void validate(ChangeSet changes) throws YangException {
        windows.check(changes.after());
        Applied base = base(list(changes.before()));
        TreeList now = list(changes.after());
        if (now == base.list()) {
            return;
        }
        try {
            GraphUpdate update = base.graph().with(change(base, now, base.maintenance()), clock.instant());
            checked.put(changes.version(), new Checked(new Applied(now, base.maintenance(), update.after()), update));
        } catch (GraphFaultsException e) {
            throw errors.of(e.faults());
        }
    }

    /** What a commit builds on: what the one before it leads to, where that is known. */
    private Applied base(@Nullable TreeList before) {
        Checked newest = checked.newest();
        Applied known = applied;
        return known.list() == before || newest == null || newest.result().list() != before ? known : newest.result();
    }

    @Override
    public void committed(ChangeSet changes) {
        apply(changes.after(), checked.take(changes.version()));
    }

    /** Makes the graph that of a state of running: the whole of it at the start, the difference afterwards. */
    void apply(TreeNode running) {
        apply(running, null);
    }

    /** @param known what the check of the commit found; null for nothing */
    private void apply(TreeNode running, @Nullable Checked known) {
        applying.lock();
        try {
            Map<SubserviceId, String> maintenance = windows.apply(running);
            TreeList now = list(running);
            if (known != null
                    && known.result().list() == now
                    && known.result().maintenance().equals(maintenance)
                    && engine.commit(known.update())) {
                applied = known.result();
                tell(known.update());
            } else if (now != applied.list() || !maintenance.equals(applied.maintenance())) {
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
        GraphUpdate update;
        try {
            update = engine.commit(change);
            applied = new Applied(now, maintenance, update.after());
        } catch (GraphFaultsException e) {
            // Every commit was checked, so this is a running that came from elsewhere; the next commit has to mend it.
            LOG.atError()
                    .addKeyValue("subservices", change.put().size())
                    .addKeyValue("why", e.getMessage())
                    .log("the subservices of running are not assured");
            return;
        }
        tell(update);
    }

    private void tell(GraphUpdate update) {
        if (update.after() != update.before()) {
            changed.accept(update);
        }
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
