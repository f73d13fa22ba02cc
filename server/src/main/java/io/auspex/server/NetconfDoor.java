package io.auspex.server;

import io.auspex.access.Audit;
import io.auspex.access.Authenticator;
import io.auspex.access.certificate.CertificateLogins;
import io.auspex.access.keystore.BuiltIns;
import io.auspex.datastore.Datastores;
import io.auspex.management.BaseNotifications;
import io.auspex.management.Management;
import io.auspex.netconfserver.EventStreamState;
import io.auspex.netconfserver.NetconfMonitoring;
import io.auspex.netconfserver.NetconfSessions;
import io.auspex.netconfserver.ServerCapabilities;
import io.auspex.netconfserver.SessionConfig;
import io.auspex.netconfserver.SessionLimits;
import io.auspex.netconfserver.SessionReports;
import io.auspex.netconfserver.SessionTap;
import io.auspex.netconfserver.configuration.NetconfDefaults;
import io.auspex.netconfserver.configuration.NetconfServerConfiguration;
import io.auspex.netconfserver.configuration.NetconfServerState;
import io.auspex.netconfserver.ssh.SshLimits;
import io.auspex.netconfserver.ssh.SshTransport;
import io.auspex.netconfserver.tls.TlsLimits;
import io.auspex.netconfserver.tls.TlsServer;
import io.auspex.notifications.EventStreams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;

/** NETCONF of one server: its sessions, and the transports that they come by. */
final class NetconfDoor {
    private final NetconfSessions sessions;
    private final NetconfServerConfiguration configuration;

    private NetconfDoor(NetconfSessions sessions, NetconfServerConfiguration configuration) {
        this.sessions = sessions;
        this.configuration = configuration;
    }

    /** What it needs of the rest of the server. */
    record Parts(
            Management management,
            Authenticator passwords,
            Datastores datastores,
            BuiltIns builtIns,
            EventStreams streams,
            BaseNotifications notifications,
            Audit audit,
            InstantSource clock) {}

    /** Opens it; what has to be closed is added to the shutdown. */
    static NetconfDoor open(Config config, Parts parts, Shutdown shutdown) throws IOException {
        var netconf = config.netconf();
        var model = parts.management().model();
        var capabilities = ServerCapabilities.of(model, model.contentId(), netconf.urls());
        var monitoring =
                new NetconfMonitoring(model, capabilities, parts.management().datastores());
        parts.datastores().provide(monitoring);
        parts.datastores().provide(new EventStreamState(model, parts.streams()));
        var sessions = shutdown.add(new NetconfSessions(
                parts.management(),
                new SessionConfig(capabilities, SessionLimits.DEFAULT, SessionTap.NONE, netconf.urls()),
                parts.clock()));
        sessions.listen(new SessionReports(parts.notifications(), parts.audit()));
        monitoring.watch(sessions);
        var configuration = shutdown.add(new NetconfServerConfiguration(
                defaults(config, parts.builtIns()),
                parts.builtIns(),
                (anchors, names) ->
                        new CertificateLogins(() -> anchors, names, parts.audit(), parts.clock())::authenticate,
                parts.datastores()::running,
                new SshTransport(SshLimits.DEFAULT, parts.passwords(), sessions),
                new TlsServer(sessions, TlsLimits.DEFAULT),
                parts.clock()));
        parts.datastores().provide(new NetconfServerState(model, configuration));
        parts.datastores().listen(configuration);
        configuration.start();
        return new NetconfDoor(sessions, configuration);
    }

    private static NetconfDefaults defaults(Config config, BuiltIns builtIns) {
        var netconf = config.netconf();
        if (netconf.usesTls() && config.tls().clientCa() == null) {
            throw new ConfigException(ConfigKey.NETCONF_TLS.key() + " needs " + ConfigKey.RESTCONF_TLS_CLIENT_CA.key());
        }
        var ssh = netconf.ssh();
        var tls = netconf.tls();
        return new NetconfDefaults(
                builtIns,
                ssh == null ? null : ssh.address(),
                netconf.profile(),
                tls == null ? null : tls.address(),
                unresolved(netconf.callHomeSsh()),
                unresolved(netconf.callHomeTls()));
    }

    private static List<InetSocketAddress> unresolved(List<HostPort> places) {
        return places.stream()
                .map(p -> InetSocketAddress.createUnresolved(p.host(), p.port()))
                .toList();
    }

    NetconfSessions sessions() {
        return sessions;
    }

    /** Where it listens for SSH. */
    List<InetSocketAddress> ssh() {
        return configuration.addresses(true);
    }

    /** Where it listens for TLS. */
    List<InetSocketAddress> tls() {
        return configuration.addresses(false);
    }
}
