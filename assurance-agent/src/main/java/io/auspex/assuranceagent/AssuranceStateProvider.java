package io.auspex.assuranceagent;

import io.auspex.assuranceagent.tree.FeedHub;
import io.auspex.assuranceagent.tree.StateNode;
import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.datastore.OperationalProvider;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Serves the state of ietf-service-assurance (RFC 9418 §3) from the engine's snapshot: health and symptoms of subservices, the
 * glossary of this agent, and the index of assured services; besides, the id of this agent and the
 * version of the graph.
 */
final class AssuranceStateProvider implements OperationalProvider {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final AssuranceSchema schema;
    private final AssuranceEngine engine;
    private final String agentId;
    private final Instant started;
    private final Set<SchemaNode> roots;
    private final List<SchemaNode> parts;
    private final FeedHub feeds = new FeedHub();

    AssuranceStateProvider(AssuranceSchema schema, AssuranceEngine engine, String agentId, Instant started) {
        this.schema = schema;
        this.engine = engine;
        this.agentId = agentId;
        this.started = started;
        this.roots = Set.of(
                schema.graphLastChange,
                schema.subservices.container,
                schema.agents.container,
                schema.assuredServices.container,
                schema.graphVersion,
                schema.agentId);
        this.parts = schema.root.children().stream().filter(roots::contains).toList();
    }

    @Override
    public Set<SchemaNode> roots() {
        return roots;
    }

    @Override
    public boolean inMemory() {
        return isSettled();
    }

    @Override
    public InnerNode state(InnerNode running) {
        // Who has just changed the graph reads what became of it, unless the engine has much else to do.
        if (!isSettled()) {
            engine.settle(PATIENCE);
        }
        EngineSnapshot snapshot = engine.snapshot();
        AssuranceGraph graph = engine.graph();
        return new StateNode(schema.root, parts, part -> {
            if (part == schema.graphLastChange) {
                return new LeafNode(part, lastChange(graph).toString());
            }
            if (part == schema.graphVersion) {
                return new LeafNode(part, graph.version());
            }
            if (part == schema.subservices.container) {
                return new SubserviceStates(schema, snapshot, graph, agentId).all(running);
            }
            if (part == schema.agents.container) {
                return new Glossary(schema.agents, snapshot, agentId).all();
            }
            if (part == schema.assuredServices.container) {
                return new ServiceIndex(schema, graph).all();
            }
            return new LeafNode(part, agentId);
        });
    }

    private boolean isSettled() {
        return engine.snapshot().graph() == engine.graph();
    }

    /** An empty graph that never was another has not changed since the start. */
    private Instant lastChange(AssuranceGraph graph) {
        return graph.version() == 0 ? started : graph.lastChange();
    }

    @Override
    public boolean feeds() {
        return true;
    }

    @Override
    public AutoCloseable feed(Feed feed) {
        return feeds.add(feed);
    }

    /** The configuration of these subservices has changed, and with it the index of services. */
    void graphChanged(Collection<SubserviceId> subservices) {
        if (!feeds.isEmpty()) {
            DataPath root = DataPath.root(schema.root);
            feeds.changed(root.child(schema.graphLastChange));
            feeds.changed(root.child(schema.graphVersion));
            feeds.changed(root.child(schema.assuredServices.container));
            subservices.forEach(this::healthChanged);
        }
    }

    /** Health or symptoms of a subservice, or what it depends on, have changed. */
    void healthChanged(SubserviceId subservice) {
        feeds.changed(schema.path(subservice));
    }

    void glossaryChanged() {
        feeds.changed(DataPath.root(schema.root)
                .child(schema.agents.container)
                .entry(schema.agents.list, ListKey.of(agentId)));
    }

    boolean hasFeeds() {
        return !feeds.isEmpty();
    }
}
