package io.auspex.netconfserver;

import io.auspex.access.AccessControl;
import io.auspex.access.AuditEvent;
import io.auspex.access.Authentication;
import io.auspex.access.Authenticator;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.management.AccessGuard;
import io.auspex.management.BaseNotifications;
import io.auspex.management.CandidateControl;
import io.auspex.management.CommitReports;
import io.auspex.management.Compare;
import io.auspex.management.DatastoreManagement;
import io.auspex.management.EditAudit;
import io.auspex.management.Operations;
import io.auspex.management.YangLibrary;
import io.auspex.netconfserver.ssh.HostKeys;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import io.auspex.netconfserver.ssh.SshConfig;
import io.auspex.netconfserver.ssh.SshLimits;
import io.auspex.netconfserver.ssh.SshListener;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.LoggedEventStreams;
import io.auspex.notifications.StreamLimits;
import io.auspex.yang.data.NodeBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A whole server of the example module on a real socket, its datastores in memory; users alice and bob, password right. */
final class LiveServer implements AutoCloseable {
    final Datastores datastores = Datastores.open(ExampleData.MODEL, DatastoreConfig.inMemory());
    final DatastoreManagement management;
    final NetconfSessions sessions;
    final EventStream events;
    final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final LoggedEventStreams streams;
    private final Path replay = Files.createTempDirectory("replay");
    private final SshListener listener;

    LiveServer(SshAlgorithms algorithms) throws IOException {
        this(algorithms, InstantSource.system());
    }

    LiveServer(SshAlgorithms algorithms, InstantSource clock) throws IOException {
        this(algorithms, clock, UrlStore.OFF);
    }

    LiveServer(SshAlgorithms algorithms, InstantSource clock, UrlStore urls) throws IOException {
        var model = ExampleData.MODEL;
        var operations = new Operations(model);
        operations.rpc(
                "example-config",
                "add",
                (_, input) -> NodeBuilder.node(
                        model.rpc("example-config", "add")
                                .flatMap(r -> r.child("output"))
                                .orElseThrow(),
                        o -> o.leaf(
                                "sum",
                                (Long) input.value("a").orElseThrow()
                                        + (Long) input.value("b").orElse(1L))));
        streams = new LoggedEventStreams(model, replay, clock, StreamLimits.DEFAULT);
        events = streams.register("NETCONF", "All events.");
        var access = new AccessControl(Nacm.disabled(), audit::add);
        var control = new CandidateControl(datastores, clock, null);
        management = new DatastoreManagement(
                datastores, new AccessGuard(model, access, running -> running), operations, streams, control);
        operations.rpc("ietf-nmda-compare", "compare", new Compare(management));
        var reports = new BaseNotifications(model, streams, clock);
        control.report(reports);
        datastores.listen(new CommitReports(reports));
        datastores.listen(new EditAudit(audit::add));
        var capabilities = ServerCapabilities.of(model, model.contentId(), urls);
        var monitoring = new NetconfMonitoring(model, capabilities, management.datastores());
        datastores.provide(monitoring);
        datastores.provide(new EventStreamState(model, streams));
        datastores.provide(YangLibrary.provider(model, management.datastores()));
        sessions = new NetconfSessions(
                management, new SessionConfig(capabilities, SessionLimits.DEFAULT, SessionTap.NONE, urls), clock);
        sessions.listen(new SessionReports(reports, audit::add));
        monitoring.watch(sessions);
        listener = SshListener.start(
                new SshConfig("127.0.0.1", 0, List.of(HostKeys.generate()), algorithms, SshLimits.DEFAULT),
                new Users(),
                sessions);
    }

    /** Listens once more, with other host keys. */
    SshListener listen(Supplier<List<KeyPair>> hostKeys, SshAlgorithms algorithms) throws IOException {
        return SshListener.start(
                new SshConfig("127.0.0.1", 0, hostKeys, algorithms, SshLimits.DEFAULT), new Users(), sessions);
    }

    int port() {
        return listener.port();
    }

    @Override
    public void close() throws IOException {
        sessions.close();
        listener.close();
        streams.close();
        datastores.close();
        try (var files = Files.walk(replay)) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
    }

    private static final class Users implements Authenticator {
        @Override
        public Authentication authenticate(String user, byte[] password, String source) {
            return Set.of("alice", "bob").contains(user)
                            && Arrays.equals(password, "right".getBytes(StandardCharsets.UTF_8))
                    ? new Authentication.Accepted(new Principal(user, Set.of(), source))
                    : new Authentication.Rejected();
        }

        @Override
        public Authentication authenticateKey(String user, byte[] keyData, String source) {
            return new Authentication.Rejected();
        }
    }
}
