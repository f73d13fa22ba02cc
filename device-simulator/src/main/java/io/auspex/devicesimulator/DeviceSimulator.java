package io.auspex.devicesimulator;

import io.auspex.access.AccessControl;
import io.auspex.access.LogAudit;
import io.auspex.access.Nacm;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.management.AccessGuard;
import io.auspex.management.CandidateControl;
import io.auspex.management.DatastoreManagement;
import io.auspex.management.ManagedSubscriptions;
import io.auspex.management.Operations;
import io.auspex.management.YangLibrary;
import io.auspex.netconfserver.NetconfMonitoring;
import io.auspex.netconfserver.NetconfSessions;
import io.auspex.netconfserver.ServerCapabilities;
import io.auspex.netconfserver.SessionConfig;
import io.auspex.netconfserver.SessionLimits;
import io.auspex.netconfserver.ssh.HostKeys;
import io.auspex.netconfserver.ssh.SshConfig;
import io.auspex.netconfserver.ssh.SshListener;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network device that speaks NETCONF over SSH and to which things happen, by a script or at once.
 *
 * <p>It is Auspex's own NETCONF server on a datastore in memory: its configuration can be edited, and
 * {@code enabled} of an interface has its effect.
 */
public final class DeviceSimulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSimulator.class);
    private static final Map<Set<String>, ModelContext> MODELS = new ConcurrentHashMap<>();
    private static final long TICK_MILLIS = 100;

    private final SimulatorConfig config;
    private final InstantSource clock;
    private final InterfaceState interfaces;
    private final DeviceLogin login;
    private final WireFaults wire = new WireFaults();
    private final Datastores datastores;
    private final ManagedSubscriptions subscriptions;
    private final NetconfSessions sessions;
    private final ScheduledExecutorService ticker;
    private KeyPair hostKey = HostKeys.generate();
    private volatile ScriptRunner runner = new ScriptRunner(Script.EMPTY, Instant.EPOCH);
    private @Nullable SshListener listener;
    private final int port;

    private DeviceSimulator(SimulatorConfig config, InstantSource clock) throws IOException {
        this.config = config;
        this.clock = clock;
        var model = MODELS.computeIfAbsent(config.model().modules(config.telemetry()), ModelLoader::loadOnly);
        login = new DeviceLogin(config.user(), config.password());
        interfaces = new InterfaceState(model, config.model(), config.interfaces(), config.telemetry(), clock);
        datastores = Datastores.open(model, DatastoreConfig.inMemory().with(clock));
        configure(model);
        var access = new AccessControl(Nacm.disabled(), new LogAudit());
        var operations = new Operations(model);
        subscriptions = ManagedSubscriptions.start(datastores, access, operations, new NoStreams(), clock);
        var management = new DatastoreManagement(
                datastores,
                new AccessGuard(model, access, UnaryOperator.identity()),
                operations,
                subscriptions,
                new CandidateControl(datastores, clock, null));
        var served = Set.of(DatastoreName.RUNNING, DatastoreName.OPERATIONAL);
        var capabilities = ServerCapabilities.of(model, model.contentId());
        var monitoring = new NetconfMonitoring(model, capabilities, served);
        datastores.provide(interfaces);
        datastores.provide(monitoring);
        datastores.provide(YangLibrary.provider(model, served));
        datastores.listen(new EnabledLeafs());
        sessions = new NetconfSessions(management, new SessionConfig(capabilities, SessionLimits.DEFAULT, wire), clock);
        monitoring.watch(sessions);
        listener = listen(config.port());
        port = listener.port();
        ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("device-" + config.name()).factory());
        var _ = ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts a device; it listens when this returns.
     *
     * @param clock moves the counters and the script
     * @throws IOException the address cannot be bound
     */
    public static DeviceSimulator start(SimulatorConfig config, InstantSource clock) throws IOException {
        return new DeviceSimulator(config, clock);
    }

    /** Starts a device on the time of the system. */
    public static DeviceSimulator start(SimulatorConfig config) throws IOException {
        return start(config, InstantSource.system());
    }

    public String name() {
        return config.name();
    }

    /** The port that it listens on, also when it is unreachable for a while. */
    public int port() {
        return port;
    }

    /** How many NETCONF sessions are open. */
    public int sessions() {
        return sessions.all().size();
    }

    /** Plays a script from now on, in place of the one before. */
    public void play(Script script) {
        runner = new ScriptRunner(script, clock.instant());
    }

    /**
     * Makes a fault happen now; its effect is there when this returns.
     *
     * @throws IllegalArgumentException the device has no such interface
     */
    public synchronized void apply(Fault fault) {
        LOG.atInfo()
                .addKeyValue("device", config.name())
                .addKeyValue("fault", fault)
                .log("fault");
        var now = clock.instant();
        try {
            switch (fault) {
                case Fault.InterfaceDown(var name) -> link(name, false, now);
                case Fault.InterfaceUp(var name) -> link(name, true, now);
                case Fault.InputErrors(var name, var perSecond) ->
                    interfaces.find(name).errorsPerSecond(perSecond, now);
                case Fault.DropSessions() -> cutConnections();
                case Fault.SlowReplies(var delay) -> wire.delay(delay);
                case Fault.MalformedReplies(var on) -> wire.malformed(on);
                case Fault.CutReplies(var on) -> wire.cut(on);
                case Fault.NewHostKey() -> {
                    hostKey = HostKeys.generate();
                    if (listener != null) {
                        unreachable(true);
                        unreachable(false);
                    }
                }
                case Fault.RefuseLogins(var on) -> login.refuse(on);
                case Fault.Unreachable(var on) -> unreachable(on);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void link(String name, boolean up, Instant now) {
        interfaces.find(name).link(up, now);
        interfaces.tell(name);
    }

    private void cutConnections() {
        if (listener != null) {
            listener.cutConnections();
        }
    }

    private void unreachable(boolean on) throws IOException {
        if (on && listener != null) {
            listener.close();
            listener = null;
        } else if (!on && listener == null) {
            listener = listen(port);
        }
    }

    private SshListener listen(int onPort) throws IOException {
        return SshListener.start(SshConfig.of(config.host(), onPort, hostKey), login, sessions);
    }

    private void tick() {
        try {
            interfaces.tellCounters();
            runner.runDue(clock.instant(), this::apply);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("device", config.name()).setCause(e).log("a step of the script failed");
        }
    }

    /** The configuration that the device begins with: its interfaces, enabled. */
    private void configure(ModelContext model) {
        var root = NodeBuilder.node(
                model.root(),
                r -> r.container(
                        "ietf-interfaces:interfaces",
                        list -> config.interfaces()
                                .forEach(i -> list.entry(
                                        "interface",
                                        e -> e.leaf("name", i.name())
                                                .leaf("type", model.identity("iana-if-type:" + i.type()))
                                                .leaf("enabled", true)))));
        try {
            datastores.commit(new Edit(Operation.REPLACE, DataPath.root(model.root()), root));
        } catch (YangException e) {
            throw new IllegalStateException("the device's own configuration is refused: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        ticker.shutdownNow();
        sessions.close();
        subscriptions.close();
        unreachable(true);
        datastores.close();
    }

    /** Lets {@code enabled} in the configuration have its effect; an interface without configuration is up. */
    private final class EnabledLeafs implements CommitListener {
        @Override
        public void committed(ChangeSet changes) {
            var configured = changes.after().inner("interfaces").flatMap(i -> i.list("interface"));
            for (var live : interfaces.all()) {
                var enabled = true;
                if (configured.isPresent()) {
                    for (InnerNode entry : configured.get()) {
                        if (entry.value("name").orElse("").equals(live.spec().name())) {
                            enabled =
                                    !Boolean.FALSE.equals(entry.value("enabled").orElse(true));
                        }
                    }
                }
                live.enabled(enabled, clock.instant());
                interfaces.tell(live.spec().name());
            }
        }
    }
}
