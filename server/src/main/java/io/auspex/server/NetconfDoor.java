package io.auspex.server;

import io.auspex.access.Audit;
import io.auspex.access.Authenticator;
import io.auspex.access.certificate.CertificateLogins;
import io.auspex.access.certificate.CertificateNames;
import io.auspex.datastore.Datastores;
import io.auspex.management.BaseNotifications;
import io.auspex.management.Management;
import io.auspex.management.YangLibrary;
import io.auspex.netconfserver.CallHome;
import io.auspex.netconfserver.EventStreamState;
import io.auspex.netconfserver.NetconfMonitoring;
import io.auspex.netconfserver.NetconfSessions;
import io.auspex.netconfserver.ServerCapabilities;
import io.auspex.netconfserver.SessionConfig;
import io.auspex.netconfserver.SessionLimits;
import io.auspex.netconfserver.SessionReports;
import io.auspex.netconfserver.SessionTap;
import io.auspex.netconfserver.ssh.HostKeys;
import io.auspex.netconfserver.ssh.SshConfig;
import io.auspex.netconfserver.ssh.SshLimits;
import io.auspex.netconfserver.ssh.SshListener;
import io.auspex.netconfserver.tls.PemIdentity;
import io.auspex.netconfserver.tls.TlsLimits;
import io.auspex.netconfserver.tls.TlsServer;
import io.auspex.notifications.EventStreams;
import io.auspex.restconfserver.netty.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** NETCONF of one server: its sessions, and the transports that they come by. */
final class NetconfDoor {
    private final NetconfSessions sessions;
    private final InetSocketAddress ssh;
    private final @Nullable InetSocketAddress tls;

    private NetconfDoor(NetconfSessions sessions, InetSocketAddress ssh, @Nullable InetSocketAddress tls) {
        this.sessions = sessions;
        this.ssh = ssh;
        this.tls = tls;
    }

    /** What it needs of the rest of the server. */
    record Parts(
            Management management,
            Authenticator passwords,
            Datastores datastores,
            EventStreams streams,
            BaseNotifications notifications,
            Audit audit,
            InstantSource clock) {}

    /** Opens it; what has to be closed is added to the shutdown. */
    static NetconfDoor open(Config config, Parts parts, Shutdown shutdown) throws IOException {
        var netconf = config.netconf();
        var model = parts.management().model();
        var capabilities = ServerCapabilities.of(model, YangLibrary.contentId(model), netconf.urls());
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
        var ssh = ssh(config, parts, sessions, shutdown);
        var tls = netconf.usesTls() ? tls(config, parts, sessions, shutdown) : null;
        return new NetconfDoor(sessions, ssh, tls);
    }

    private static InetSocketAddress ssh(Config config, Parts parts, NetconfSessions sessions, Shutdown shutdown)
            throws IOException {
        var netconf = config.netconf();
        var listener = shutdown.add(SshListener.start(
                new SshConfig(
                        netconf.ssh().host(),
                        netconf.ssh().port(),
                        HostKeys.in(config.dataDir()),
                        netconf.profile(),
                        SshLimits.DEFAULT),
                parts.passwords(),
                sessions));
        netconf.callHomeSsh().forEach(c -> shutdown.add(CallHome.to(c.address(), listener::call)));
        return new InetSocketAddress(netconf.ssh().address().getAddress(), listener.port());
    }

    private static @Nullable InetSocketAddress tls(
            Config config, Parts parts, NetconfSessions sessions, Shutdown shutdown) throws IOException {
        var anchors = config.tls().clientCa();
        if (anchors == null) {
            throw new ConfigException(ConfigKey.NETCONF_TLS.key() + " needs " + ConfigKey.RESTCONF_TLS_CLIENT_CA.key());
        }
        var files = RestconfTrust.tls(config, parts.clock());
        var clients = new CertificateLogins(
                TlsFiles.anchors(anchors, config.tls().clientCrl()),
                new CertificateNames(parts.management().model(), parts.datastores()::running),
                parts.audit(),
                parts.clock());
        var server = shutdown.add(new TlsServer(
                new PemIdentity(files.certificate(), files.key()), clients::authenticate, sessions, TlsLimits.DEFAULT));
        var netconf = config.netconf();
        netconf.callHomeTls().forEach(c -> shutdown.add(CallHome.to(c.address(), server::call)));
        var address = netconf.tls();
        return address == null
                ? null
                : new InetSocketAddress(address.address().getAddress(), server.listen(address.address()));
    }

    NetconfSessions sessions() {
        return sessions;
    }

    InetSocketAddress ssh() {
        return ssh;
    }

    /** Where it listens for TLS; null for nowhere. */
    @Nullable
    InetSocketAddress tls() {
        return tls;
    }
}
