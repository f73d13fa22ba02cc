package io.auspex.server;

import io.auspex.access.AccessControl;
import io.auspex.access.LocalUsers;
import io.auspex.access.LogAudit;
import io.auspex.access.Nacm;
import io.auspex.access.RecoveryLogin;
import io.auspex.access.RunningUsers;
import io.auspex.assuranceagent.AgentConfig;
import io.auspex.assuranceagent.AssuranceAgent;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.FactorySettings;
import io.auspex.datastore.storage.StorageException;
import io.auspex.history.HistoryConfig;
import io.auspex.management.AccessGuard;
import io.auspex.management.AuditStream;
import io.auspex.management.BaseNotifications;
import io.auspex.management.CandidateControl;
import io.auspex.management.CommitReports;
import io.auspex.management.Compare;
import io.auspex.management.DatastoreManagement;
import io.auspex.management.EditAudit;
import io.auspex.management.Extension;
import io.auspex.management.KeystoreState;
import io.auspex.management.ManagedSubscriptions;
import io.auspex.management.Management;
import io.auspex.management.NacmState;
import io.auspex.management.Operations;
import io.auspex.management.RestconfMonitoring;
import io.auspex.management.YangLibrary;
import io.auspex.netconfserver.receivers.CallHomeReceivers;
import io.auspex.notifications.EventStreams;
import io.auspex.notifications.LoggedEventStreams;
import io.auspex.notifications.StreamLimits;
import io.auspex.packs.Packs;
import io.auspex.restconfserver.RestconfConfig;
import io.auspex.restconfserver.RestconfEndpoint;
import io.auspex.restconfserver.http.HttpLimits;
import io.auspex.restconfserver.http.ObservedHandler;
import io.auspex.restconfserver.login.HttpLogins;
import io.auspex.restconfserver.netty.HttpServer;
import io.auspex.restconfserver.openapi.OpenApiEndpoint;
import io.auspex.restconfserver.receivers.HttpsReceivers;
import io.auspex.server.observability.Observability;
import io.auspex.server.observability.RequestMeter;
import io.auspex.yang.InputLimits;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelException;
import io.auspex.yang.schema.ModelLoader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole server in one process: builds the parts by hand, starts them in order, stops them in the opposite one. */
final class AuspexServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuspexServer.class);

    private final Shutdown shutdown = new Shutdown();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final InstantSource clock = InstantSource.system();
    private final Config config;
    private final Observability watch;
    private final Listening listening;

    /**
     * Where the server listens, as a user has to know it.
     *
     * @param passwordFile of the first user
     */
    private record Listening(Web web, NetconfDoor netconf, Path passwordFile) {}

    /** @param plain where RESTCONF listens without TLS; null where it does not */
    private record Web(InetSocketAddress restconf, @Nullable InetSocketAddress plain) {}

    private AuspexServer(Config config) throws IOException, YangException {
        this.config = config;
        try {
            var health = config.health();
            watch = shutdown.add(new Observability(health == null ? null : health.address()));
            listening = build();
        } catch (IOException | YangException | RuntimeException e) {
            shutdown.run();
            throw e;
        }
    }

    /**
     * Starts a server.
     *
     * @throws CommandException when it cannot start for a reason that the operator can mend
     */
    static AuspexServer start(Config config) {
        try {
            return new AuspexServer(config);
        } catch (ModelException | StorageException e) {
            throw CommandException.of(e);
        } catch (IOException e) {
            throw new CommandException("The server cannot start: " + e.getMessage());
        } catch (YangException e) {
            throw new CommandException("The server cannot start, its configuration is refused: " + e.getMessage());
        }
    }

    private Listening build() throws IOException, YangException {
        var meters = watch.meters();
        var data = DataDirectory.open(config.dataDir());
        var dataDir = data.path();
        var model = ModelLoader.load(modules());
        var datastores = shutdown.add(
                Datastores.open(model, DatastoreConfig.in(data.datastore()), FactorySettings.in(dataDir, model)));
        var first = SystemConfiguration.of(model, dataDir);
        // may undo a confirmed commit: whatever is made of running comes after it
        var control = shutdown.add(new CandidateControl(datastores, clock, data.confirmedCommit()));

        var streams =
                shutdown.add(new LoggedEventStreams(model, dataDir.resolve("replay"), clock, StreamLimits.DEFAULT));
        streams.register(AssuranceAgent.NETCONF, "All notifications of the modules.");
        streams.register(AssuranceAgent.RELEVANT_STATE, "Relevant states of services, when they begin and end.");
        streams.register(AssuranceAgent.HEALTH, "Changes of health scores with their symptoms.");

        var audited = streams.register(AuditStream.NAME, "What the audit log records, for whom a rule permits it.");
        var audit = meters.counting(new AuditStream(model, audited, clock, new LogAudit()));
        var access = new AccessControl(Nacm.of(model, first.apply(datastores.running())), audit);
        meters.watch(access);
        meters.watch(datastores);
        datastores.listen(shutdown.add(new EditAudit(audit)));
        watch.readiness().add("datastore", datastores::checkWritable);
        var users = new LocalUsers(new RunningUsers(model, () -> first.apply(datastores.running())), audit, clock);
        var authenticator = new RecoveryLogin(users, dataDir, audit);

        var operations = new Operations(model);
        var subscriptions = shutdown.add(ManagedSubscriptions.start(datastores, access, operations, streams, clock));
        var management = new DatastoreManagement(
                datastores, new AccessGuard(model, access, first), operations, subscriptions, control);
        operations.rpc("ietf-factory-default", "factory-reset", (_, _) -> {
            control.factoryReset();
            return null;
        });
        operations.rpc("ietf-nmda-compare", "compare", new Compare(management));
        var notifications = new BaseNotifications(model, streams, clock);
        datastores.listen(new CommitReports(notifications));
        control.report(notifications);
        datastores.provide(new NacmState(model, access));
        meters.watch(startAgent(datastores, operations, streams, dataDir));
        meters.watch(streams);
        var door = new ExtensionDoor(model, operations, streams, datastores);
        ServiceLoader.load(Extension.class).forEach(e -> e.start(door));
        var logins = RestconfTrust.logins(config, authenticator, datastores, audit, clock);
        var builtIns = ServerKeys.of(model, config, clock);
        datastores.provide(new KeystoreState(builtIns));
        // RESTCONF first: whatever endpoint of NETCONF is configured, it does not take RESTCONF's address.
        var web = listen(management, logins, datastores, streams);
        var netconf = NetconfDoor.open(
                config,
                new NetconfDoor.Parts(
                        management, authenticator, datastores, builtIns, streams, notifications, audit, clock),
                shutdown);
        meters.watch(netconf.sessions());
        subscriptions.serve(List.of(new HttpsReceivers(), new CallHomeReceivers(netconf.sessions())));
        watch.readiness().started();
        shutdown.add(watch.readiness()::stopping);
        return new Listening(web, netconf, first.passwordFile());
    }

    /** Folders of further YANG modules; those of packs bring the modules of their subservice types. */
    private List<Path> modules() {
        return Stream.concat(config.yangDirectories().stream(), Packs.folders(config.packsDirectories()).stream())
                .toList();
    }

    private AssuranceAgent startAgent(
            Datastores datastores, Operations operations, LoggedEventStreams streams, Path dataDir) {
        var packs = Packs.load(config.packsDirectories());
        packs.refused().forEach(p -> LOG.atError().addKeyValue("pack", p.file()).log(p.getMessage()));
        var agent = shutdown.add(AssuranceAgent.start(
                new AgentConfig(dataDir, datastores.model(), packs.catalogue(), clock, history(dataDir)),
                datastores,
                streams));
        AgentDoor.open(agent.operations(), operations);
        return agent;
    }

    private HistoryConfig history(Path dataDir) {
        var url = config.historyUrl();
        try {
            return url == null ? HistoryConfig.in(dataDir) : HistoryConfig.of(url);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ConfigKey.HISTORY_JDBC_URL.key() + ": " + e.getMessage());
        }
    }

    private Web listen(Management management, HttpLogins logins, Datastores datastores, EventStreams streams)
            throws IOException {
        var endpoint = new OpenApiEndpoint(
                new RestconfEndpoint(management, logins, RestconfConfig.DEFAULT, clock),
                logins,
                management,
                RestconfConfig.DEFAULT.root());
        var http = shutdown.add(new HttpServer(
                new ObservedHandler(endpoint, new RequestMeter(watch.meters())),
                HttpLimits.DEFAULT,
                InputLimits.DEFAULT.messageBytes(),
                Runtime.getRuntime().availableProcessors()));
        var restconf = http.listen(config.restconf().address(), RestconfTrust.tls(config, clock));
        var url = "https://" + authority(restconf) + RestconfConfig.DEFAULT.root();
        datastores.provide(YangLibrary.provider(management.model(), management.datastores(), url));
        datastores.provide(new RestconfMonitoring(management.model(), streams, url));
        var plainHttp = config.plainHttp();
        var plain = plainHttp == null ? null : http.listenPlain(plainHttp.address());
        return new Web(restconf, plain);
    }

    /** Where it listens and how to log in, for people. */
    String greeting() {
        var text = new StringBuilder(VersionCommand.text())
                .append("\n  RESTCONF  ")
                .append(restconfUrl());
        if (listening.web().plain() != null) {
            text.append("\n            http://")
                    .append(authority(listening.web().plain()))
                    .append("/restconf");
        }
        listening
                .netconf()
                .ssh()
                .forEach(a -> text.append("\n  NETCONF   ssh://").append(authority(a)));
        listening
                .netconf()
                .tls()
                .forEach(a -> text.append("\n  NETCONF   tls://").append(authority(a)));
        if (watch.address() != null) {
            text.append("\n  Health    http://")
                    .append(authority(watch.address()))
                    .append("/health/ready, /metrics");
        }
        if (Files.exists(listening.passwordFile())) {
            text.append("\n  User admin, first password in ").append(listening.passwordFile());
        }
        return text.toString();
    }

    String restconfUrl() {
        return "https://" + authority(listening.web().restconf()) + "/restconf";
    }

    private static String authority(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort()).toString();
    }

    /** Waits until the server is closed. */
    void awaitClose() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        shutdown.run();
        closed.countDown();
    }
}
