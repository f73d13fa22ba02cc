package io.auspex.netconfserver.configuration;

import io.auspex.datastore.OperationalProvider;
import io.auspex.netconfserver.CallHome;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.Placed;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the NETCONF server is in the operational datastore (RFC 8342 §5.3): its endpoints and clients of origin system, and of
 * all of them whether they are up, as auspex-netconf-server has it.
 */
public final class NetconfServerState implements OperationalProvider {
    private static final String STATE = "auspex-netconf-server:";

    private final ModelContext model;
    private final NetconfServerConfiguration server;

    public NetconfServerState(ModelContext model, NetconfServerConfiguration server) {
        this.model = model;
        this.server = server;
    }

    @Override
    public Set<SchemaNode> roots() {
        return model.root()
                .child("ietf-netconf-server", "netconf-server")
                .map(Set::of)
                .orElseGet(Set::of);
    }

    @Override
    public @Nullable InnerNode state(InnerNode running) {
        var own = Placed.root(server.defaults(running)).top("ietf-netconf-server", "netconf-server");
        var endpoints = entries(own.flatMap(s -> s.inner("listen", "endpoints")), "endpoint");
        var clients = entries(own.flatMap(s -> s.inner("call-home")), "netconf-client");
        var listening = server.listeners.states();
        var calling = server.callers.states();
        listening.keySet().forEach(name -> endpoints.putIfAbsent(name, Optional.empty()));
        calling.keySet().forEach(name -> clients.putIfAbsent(name, Optional.empty()));
        return NodeBuilder.node(
                model.root(),
                root -> root.container("ietf-netconf-server:netconf-server", top -> {
                    if (!endpoints.isEmpty()) {
                        top.container(
                                "listen",
                                listen -> listen.container(
                                        "endpoints",
                                        all -> endpoints.forEach((name, entry) -> all.entry("endpoint", e -> {
                                            copy(e, name, entry);
                                            Optional.ofNullable(listening.get(name))
                                                    .ifPresent(s -> listener(e, s));
                                        }))));
                    }
                    if (!clients.isEmpty()) {
                        top.container(
                                "call-home",
                                all -> clients.forEach((name, entry) -> all.entry("netconf-client", e -> {
                                    copy(e, name, entry);
                                    Optional.ofNullable(calling.get(name)).ifPresent(s -> connection(e, s));
                                })));
                    }
                }));
    }

    private static TreeMap<String, Optional<Placed>> entries(Optional<Placed> parent, String list) {
        var found = new TreeMap<String, Optional<Placed>>();
        parent.ifPresent(p -> p.entries(list).forEach(e -> found.put(e.text("name"), Optional.of(e))));
        return found;
    }

    private static void copy(NodeBuilder to, String name, Optional<Placed> entry) {
        to.leaf("name", name);
        entry.ifPresent(e -> {
            for (DataNode child : e.node().children()) {
                to.child(child);
            }
        });
    }

    private static void listener(NodeBuilder endpoint, Listeners.State state) {
        endpoint.container(STATE + "listener", l -> {
            status(l, state.status(), state.since(), state.lastError());
            state.addresses().forEach(a -> l.entry("bound", b -> bound(b, a)));
        });
    }

    private static void bound(NodeBuilder bound, InetSocketAddress address) {
        bound.leaf("address", address.getAddress().getHostAddress()).leaf("port", (long) address.getPort());
    }

    private static void connection(NodeBuilder client, CallHome.State state) {
        client.container(STATE + "connection", c -> {
            status(c, state.status(), state.since(), state.lastError());
            c.leaf("endpoint", state.target().name()).leaf("attempts", (long) state.attempts());
        });
    }

    private static void status(NodeBuilder node, Enum<?> status, Instant since, @Nullable String error) {
        Consumer<String> last = text -> node.leaf("last-error", text);
        node.leaf("status", status.name().toLowerCase(Locale.ROOT)).text("since", since.toString());
        Optional.ofNullable(error).ifPresent(last);
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public AutoCloseable feed(Feed feed) {
        return () -> {};
    }
}
