package io.auspex.netconfserver.configuration;

import io.auspex.access.keystore.BuiltIns;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.netconfserver.configuration.ServerSettings.Endpoint;
import io.auspex.netconfserver.ssh.SshTransport;
import io.auspex.netconfserver.tls.TlsServer;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.Placed;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.SchemaNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the NETCONF server as {@code /ietf-netconf-server:netconf-server} says, beside what it listens at by default, and takes
 * up keys and certificates that change. What cannot be used, such as a key that is none, vetoes a commit; what cannot be had
 * at the moment, such as an address in use, is told as state and tried again.
 */
public final class NetconfServerConfiguration implements CommitListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetconfServerConfiguration.class);
    private static final int RETRY_SECONDS = 2;

    private final NetconfDefaults defaults;
    private final BuiltIns builtIns;
    private final ClientLogins logins;
    private final Supplier<? extends InnerNode> running;
    private final SshTransport ssh;
    private final TlsServer tls;
    private final List<SchemaNode> roots;
    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("netconf-configuration").factory());

    /** Read by the state as well. */
    final Listeners listeners;

    final Callers callers;
    private List<Object> madeOf = List.of();

    /**
     * A server that does not listen yet.
     *
     * @param running gives the root of the running configuration of the moment
     */
    public NetconfServerConfiguration(
            NetconfDefaults defaults,
            BuiltIns builtIns,
            ClientLogins logins,
            Supplier<? extends InnerNode> running,
            SshTransport ssh,
            TlsServer tls,
            InstantSource clock) {
        this.defaults = defaults;
        this.builtIns = builtIns;
        this.logins = logins;
        this.running = running;
        this.ssh = ssh;
        this.tls = tls;
        listeners = new Listeners(ssh, tls, clock);
        callers = new Callers(ssh, tls, clock);
        var root = builtIns.model().root();
        roots = Stream.of(
                        root.child("ietf-netconf-server", "netconf-server"),
                        root.child("ietf-keystore", "keystore"),
                        root.child("ietf-truststore", "truststore"),
                        root.child("auspex-access", "client-certificates"))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Begins to listen and to call. What running brings about keeps no server from its start, else nobody could mend it:
     * where running says nothing of all this, though, the defaults have to do.
     *
     * @throws IOException an address of the defaults cannot be bound, or another part of them cannot be used
     */
    public void start() throws IOException {
        var configuration = running.get();
        var errors = new ArrayList<YangError>();
        var own = read(Placed.root(defaults.tree(configuration)), configuration, errors::add);
        var onDefaultsAlone = roots.stream().allMatch(r -> configuration.child(r) == null);
        if (onDefaultsAlone && !errors.isEmpty()) {
            throw new IOException(errors.getFirst().message());
        }
        refresh();
        for (var name : own.endpoints().keySet()) {
            var state = listeners.states().get(name);
            if (onDefaultsAlone && state != null && state.lastError() != null) {
                throw new IOException(state.lastError());
            }
        }
        var _ = retries.scheduleWithFixedDelay(this::refresh, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    private ServerSettings read(Placed from, InnerNode configuration, Consumer<YangError> errors) {
        return new SettingsReader(
                        builtIns.keystore(configuration, _ -> {}),
                        builtIns.truststore(configuration, _ -> {}),
                        logins,
                        errors)
                .read(from);
    }

    /** Takes up what has changed since the last time: configuration, files with keys, addresses that have become free. */
    private synchronized void refresh() {
        try {
            var now = running.get();
            var made = madeOf(now);
            if (!made.equals(madeOf)) {
                apply(now);
                madeOf = made;
            } else if (listeners.hasFailed()) {
                apply(now);
            }
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the configuration of the NETCONF server could not be taken up");
        }
    }

    /** Equal as long as there is nothing new to take up. */
    private List<Object> madeOf(InnerNode configuration) {
        var parts = new ArrayList<>();
        for (var root : roots) {
            var node = configuration.child(root);
            parts.add(new Same(node));
        }
        parts.add(builtIns.keys().get());
        parts.add(builtIns.bags().get());
        return parts;
    }

    /** Trees share what has not changed. */
    private record Same(@org.jspecify.annotations.Nullable Object node) {
        @Override
        public boolean equals(@org.jspecify.annotations.Nullable Object o) {
            return o instanceof Same(var other) && other == node;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(node);
        }
    }

    private void apply(InnerNode configuration) {
        Consumer<YangError> told =
                e -> LOG.atError().addKeyValue("path", e.path()).log("not taken up: " + e.message());
        var settings = read(Placed.root(defaults.tree(configuration)), configuration, told)
                .under(read(Placed.root(configuration), configuration, told));
        listeners.apply(settings.endpoints());
        callers.apply(settings.clients());
    }

    @Override
    public void validate(ChangeSet changes) throws YangException {
        if (!concerns(changes)) {
            return;
        }
        var errors = new ArrayList<YangError>();
        builtIns.keystore(changes.after(), errors::add);
        builtIns.truststore(changes.after(), errors::add);
        var settings = read(Placed.root(changes.after()), changes.after(), errors::add);
        noAddressTwice(
                read(Placed.root(defaults.tree(changes.after())), changes.after(), _ -> {})
                        .under(settings),
                errors);
        if (!errors.isEmpty()) {
            throw new YangException(errors);
        }
    }

    private static void noAddressTwice(ServerSettings settings, List<YangError> errors) {
        Map<InetSocketAddress, String> taken = new HashMap<>();
        for (Map.Entry<String, Endpoint> entry : settings.endpoints().entrySet()) {
            for (var address : entry.getValue().addresses()) {
                var other = address.getPort() == 0 ? null : taken.putIfAbsent(address, entry.getKey());
                if (other != null) {
                    var where = entry.getValue().path();
                    errors.add(YangError.of(
                            Failure.INVALID_VALUE,
                            where,
                            where + ": " + address.getAddress().getHostAddress() + " port " + address.getPort()
                                    + " is that of endpoint '" + other + "' already"));
                }
            }
        }
    }

    @Override
    public void committed(ChangeSet changes) {
        if (concerns(changes)) {
            refresh();
        }
    }

    /** Trees share what has not changed. Files are looked at from time to time anyway. */
    private boolean concerns(ChangeSet changes) {
        return roots.stream()
                .anyMatch(r -> changes.before().child(r) != changes.after().child(r));
    }

    /** Where the server listens for SSH, or for TLS. */
    public List<InetSocketAddress> addresses(boolean overSsh) {
        return listeners.addresses(overSsh);
    }

    /** The root with the part of the system's own configuration that is in force beside a configuration. */
    TreeNode defaults(InnerNode configuration) {
        return defaults.tree(configuration);
    }

    @Override
    public void close() throws IOException {
        retries.shutdownNow();
        callers.close();
        ssh.close();
        tls.close();
    }
}
