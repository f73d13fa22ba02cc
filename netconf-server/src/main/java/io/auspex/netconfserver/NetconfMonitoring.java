package io.auspex.netconfserver;

import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.OperationalProvider;
import io.auspex.management.DatastoreControl.PartialLock;
import io.auspex.netconfprotocol.Capabilities;
import io.auspex.netconfprotocol.SessionState;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The state of module ietf-netconf-monitoring (RFC 6022 §2.1): capabilities, datastores, schemas, sessions, statistics. */
public final class NetconfMonitoring implements OperationalProvider {
    private static final String MODULE = "ietf-netconf-monitoring";
    private static final long COUNTER32 = 1L << 32;

    private final ModelContext model;
    private final Capabilities capabilities;
    private final Set<DatastoreName> datastores;
    private final SchemaNode stateSchema;
    private final TreeNode fixed;
    private volatile @Nullable NetconfSessions sessions;

    /** Serves what is known before there are sessions; {@link #watch} adds them. */
    public NetconfMonitoring(ModelContext model, Capabilities capabilities, Set<DatastoreName> datastores) {
        this.model = model;
        this.capabilities = capabilities;
        this.datastores = Set.copyOf(datastores);
        this.stateSchema = model.root()
                .child(MODULE, "netconf-state")
                .orElseThrow(() -> new IllegalArgumentException("the model has no " + MODULE));
        this.fixed = NodeBuilder.node(stateSchema, this::fixedPart);
    }

    /** From now on the sessions and statistics of these are served. */
    public void watch(NetconfSessions served) {
        sessions = served;
    }

    @Override
    public Set<SchemaNode> roots() {
        return Set.of(stateSchema);
    }

    @Override
    public InnerNode state(InnerNode running) {
        var served = sessions;
        var state = fixed;
        if (served != null) {
            var moving = NodeBuilder.node(stateSchema, b -> movingPart(b, served));
            for (var child : moving.children()) {
                state = state.with(child);
            }
        }
        return TreeNode.empty(model.root()).with(state);
    }

    @Override
    public AutoCloseable feed(Feed feed) {
        return () -> {};
    }

    private void fixedPart(NodeBuilder state) {
        state.container("capabilities", c -> capabilities.all().forEach(uri -> c.value("capability", uri.uri())));
        state.container("datastores", this::datastores);
        state.container("schemas", s -> {
            for (var module : model.modules()) {
                schema(s, module, module.name(), module.revision() == null ? "" : module.revision());
                for (Map.Entry<String, String> part :
                        model.submodules(module.name()).entrySet()) {
                    schema(s, module, part.getKey(), part.getValue());
                }
            }
        });
    }

    private void datastores(NodeBuilder state) {
        var served = sessions;
        for (var name : datastores) {
            if (name == DatastoreName.RUNNING || name == DatastoreName.CANDIDATE) {
                state.entry("datastore", e -> {
                    e.text("name", name.toString());
                    if (served != null) {
                        var parts = name == DatastoreName.RUNNING
                                ? served.control().partialLocks()
                                : List.<PartialLock>of();
                        if (!parts.isEmpty()) {
                            e.container(
                                    "locks", l -> parts.forEach(p -> l.entry("partial-lock", lock -> part(lock, p))));
                        }
                        served.control()
                                .lockOf(name)
                                .ifPresent(lock -> e.container(
                                        "locks",
                                        l -> l.container(
                                                "global-lock",
                                                g -> g.leaf("locked-by-session", lock.session())
                                                        .leaf("locked-time", dateAndTime(lock.since())))));
                    }
                });
            }
        }
    }

    private static void part(NodeBuilder entry, PartialLock lock) {
        entry.leaf("lock-id", lock.id())
                .leaf("locked-by-session", lock.session())
                .leaf("locked-time", dateAndTime(lock.since()));
        lock.select().forEach(s -> entry.value("select", s));
        lock.nodes().forEach(n -> entry.value("locked-node", n));
    }

    private void schema(NodeBuilder schemas, ModuleInfo module, String name, String revision) {
        schemas.entry("schema", e -> {
            e.leaf("identifier", name).leaf("version", revision);
            e.leaf("format", model.identity(MODULE + ":yang"));
            e.leaf("namespace", module.namespace());
            e.value("location", "NETCONF");
        });
    }

    private void movingPart(NodeBuilder state, NetconfSessions served) {
        state.container("datastores", this::datastores);
        state.container(
                "sessions",
                list -> served.all().stream()
                        .filter(s -> s.state() instanceof SessionState.Ready)
                        .forEach(s -> session(list, s)));
        state.container("statistics", s -> {
            s.leaf("netconf-start-time", dateAndTime(served.startTime()));
            s.leaf("in-bad-hellos", counter(served.badHellos));
            s.leaf("in-sessions", counter(served.opened));
            s.leaf("dropped-sessions", counter(served.dropped));
            counters(s, served.counters);
        });
    }

    private void session(NodeBuilder list, NetconfSession session) {
        list.entry("session", s -> {
            s.leaf("session-id", session.id());
            s.leaf("transport", model.identity(MODULE + ":" + session.transport()));
            s.leaf("username", session.principal().name());
            if (!session.principal().host().isEmpty()) {
                s.text("source-host", session.principal().host());
            }
            s.leaf("login-time", dateAndTime(session.loginTime()));
            counters(s, session.counters);
        });
    }

    private static void counters(NodeBuilder node, SessionCounters counters) {
        node.leaf("in-rpcs", counter(counters.inRpcs));
        node.leaf("in-bad-rpcs", counter(counters.inBadRpcs));
        node.leaf("out-rpc-errors", counter(counters.outRpcErrors));
        node.leaf("out-notifications", counter(counters.outNotifications));
    }

    private static Long counter(LongAdder adder) {
        return adder.sum() % COUNTER32;
    }

    private static String dateAndTime(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
