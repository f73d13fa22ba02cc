package io.auspex.assuranceagent;

import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.HealthChange;
import io.auspex.assuranceengine.HealthListener;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.GraphUpdate;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Publishes {@code graph-changed} of auspex-assurance for each change of the assurance graph (RFC 9417 §3, Graph Updates), before
 * anything is said of the health that follows.
 */
final class GraphNotifications implements HealthListener {
    private static final int MOST = 1_000;

    private final AssuranceSchema schema;
    private final SchemaNode notification;
    private final String agentId;
    private final EventStream stream;
    /** Versions up to this one were there before, and are no news. */
    private volatile long known;

    GraphNotifications(ModelContext model, AssuranceSchema schema, String agentId, EventStream stream) {
        this.schema = schema;
        this.notification = model.notification("auspex-assurance", "graph-changed")
                .orElseThrow(() -> new IllegalArgumentException("the model has no notification graph-changed"));
        this.agentId = agentId;
        this.stream = stream;
    }

    /** Nothing is to be said of versions up to this one. */
    void knows(long version) {
        known = version;
    }

    @Override
    public void healthChanged(List<HealthChange> changes, EngineSnapshot snapshot, Instant at) {}

    @Override
    public void graphChanged(GraphUpdate update) {
        if (update.after().version() > known) {
            stream.publish(new Notification(update.after().lastChange(), content(update)));
        }
    }

    private InnerNode content(GraphUpdate update) {
        AssuranceGraph after = update.after();
        return NodeBuilder.node(notification, n -> {
            n.leaf("agent-id", agentId)
                    .leaf("version", after.version())
                    .leaf("last-change", after.lastChange().toString())
                    .leaf("changes", (long) update.changed().size());
            first(update.changed())
                    .forEach(id -> n.entry(
                            "subservice",
                            s -> s.leaf("type", schema.identity(id.type()))
                                    .leaf("id", id.id())
                                    .leaf("change", change(update, id))));
        });
    }

    /** The first of them in their order; a change may be of a whole graph, which is not brought in order for that. */
    private static List<SubserviceId> first(Set<SubserviceId> ids) {
        var first = new PriorityQueue<SubserviceId>(Comparator.reverseOrder());
        for (SubserviceId id : ids) {
            if (first.size() < MOST) {
                first.add(id);
            } else if (id.compareTo(first.element()) < 0) {
                first.remove();
                first.add(id);
            }
        }
        return first.stream().sorted().toList();
    }

    private static String change(GraphUpdate update, SubserviceId id) {
        if (update.after().node(id).isEmpty()) {
            return "removed";
        }
        return update.before().node(id).isEmpty() ? "added" : "changed";
    }
}
