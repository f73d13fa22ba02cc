package io.auspex.netconfserver.configuration;

import io.auspex.netconfserver.CallHome;
import io.auspex.netconfserver.configuration.ServerSettings.Client;
import io.auspex.netconfserver.configuration.TransportSettings.Ssh;
import io.auspex.netconfserver.configuration.TransportSettings.Tls;
import io.auspex.netconfserver.configuration.TransportSettings.Unusable;
import io.auspex.netconfserver.ssh.SshTransport;
import io.auspex.netconfserver.tls.TlsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** The clients that the server calls (RFC 8071). A connection that is open when its client goes ends in its own time. */
final class Callers implements AutoCloseable {
    private final SshTransport ssh;
    private final TlsServer tls;
    private final InstantSource clock;
    private final Map<String, Caller> all = new TreeMap<>();

    Callers(SshTransport ssh, TlsServer tls, InstantSource clock) {
        this.ssh = ssh;
        this.tls = tls;
        this.clock = clock;
    }

    private final class Caller {
        private final String client;
        private volatile Client wanted;
        private final CallHome calling;

        Caller(String client, Client wanted) {
            this.client = client;
            this.wanted = wanted;
            calling = new CallHome(wanted.plan(), this::serve, CallHome.Pauses.DEFAULT, clock);
        }

        private boolean serve(CallHome.Target target, Duration patience, Runnable answered)
                throws IOException, InterruptedException {
            var address = new InetSocketAddress(target.host(), target.port());
            if (address.isUnresolved()) {
                throw new IOException("there is no host " + target.host());
            }
            return switch (wanted.transports().get(target.name())) {
                case Ssh(var endpoint) -> ssh.call(client, address, endpoint, patience, answered);
                case Tls(var endpoint) -> tls.call(client, address, endpoint, patience, answered);
                case Unusable(var why) -> throw new IOException(why);
                case null -> throw new IOException("it is not configured any more");
            };
        }
    }

    /** Makes the clients those that are wanted; one whose plan stays is not called anew. */
    synchronized void apply(Map<String, Client> wanted) {
        all.entrySet().removeIf(entry -> {
            var client = wanted.get(entry.getKey());
            var caller = entry.getValue();
            if (client != null && client.plan().equals(caller.wanted.plan())) {
                caller.wanted = client;
                return false;
            }
            caller.calling.close();
            return true;
        });
        wanted.forEach((name, client) -> all.computeIfAbsent(name, _ -> new Caller(name, client)));
    }

    /** How the calls stand, by name of the client. */
    synchronized Map<String, CallHome.State> states() {
        var states = new TreeMap<String, CallHome.State>();
        all.forEach((name, caller) -> states.put(name, caller.calling.state()));
        return states;
    }

    @Override
    public synchronized void close() {
        all.values().forEach(c -> c.calling.close());
        all.clear();
    }
}
