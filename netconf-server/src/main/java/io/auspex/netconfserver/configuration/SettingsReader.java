package io.auspex.netconfserver.configuration;

import io.auspex.access.keystore.Keystore;
import io.auspex.access.keystore.Truststore;
import io.auspex.netconfserver.CallHome;
import io.auspex.yang.data.Placed;
import io.auspex.yang.error.YangError;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads {@code /ietf-netconf-server:netconf-server} into settings; what is wrong is told, with its place. */
final class SettingsReader {
    private final TransportReader transports;

    SettingsReader(Keystore keys, Truststore anchors, ClientLogins logins, Consumer<YangError> errors) {
        transports = new TransportReader(keys, anchors, logins, errors);
    }

    ServerSettings read(Placed root) {
        var server = root.top("ietf-netconf-server", "netconf-server");
        var endpoints = new TreeMap<String, ServerSettings.Endpoint>();
        server.flatMap(s -> s.inner("listen")).ifPresent(listen -> {
            var idle = Duration.ofSeconds((Long) listen.valueInUse("idle-timeout"));
            listen.inner("endpoints")
                    .ifPresent(all ->
                            all.entries("endpoint").forEach(e -> endpoints.put(e.text("name"), endpoint(e, idle))));
        });
        var clients = new TreeMap<String, ServerSettings.Client>();
        server.flatMap(s -> s.inner("call-home"))
                .ifPresent(all -> all.entries("netconf-client").forEach(c -> clients.put(c.text("name"), client(c))));
        return new ServerSettings(endpoints, clients);
    }

    private ServerSettings.Endpoint endpoint(Placed entry, Duration idle) {
        var tcp = entry.inner("ssh")
                .or(() -> entry.inner("tls"))
                .flatMap(t -> t.inner("tcp-server-parameters"))
                .orElseThrow();
        var addresses = new ArrayList<InetSocketAddress>();
        for (var bind : tcp.entries("local-bind")) {
            var text = bind.text("local-address");
            try {
                addresses.add(new InetSocketAddress(InetAddress.ofLiteral(text), port(bind, "local-port")));
            } catch (IllegalArgumentException _) {
                // a zone is the name of an interface, which may come and go
                return new ServerSettings.Endpoint(
                        entry.path(),
                        addresses,
                        new TransportSettings.Unusable(text + " is no address here: there is no such interface"));
            }
        }
        return new ServerSettings.Endpoint(entry.path(), addresses, transports.read(entry, idle));
    }

    private static int port(Placed node, String leaf) {
        return Math.toIntExact((Long) node.valueInUse(leaf));
    }

    /** A client whose connection is kept: it may be silent for as long as it likes. */
    private ServerSettings.Client client(Placed entry) {
        var targets = new ArrayList<CallHome.Target>();
        Map<String, TransportSettings> found = new HashMap<>();
        for (var endpoint : entry.inner("endpoints").orElseThrow().entries("endpoint")) {
            var name = endpoint.text("name");
            var tcp = endpoint.inner("ssh")
                    .or(() -> endpoint.inner("tls"))
                    .flatMap(t -> t.inner("tcp-client-parameters"))
                    .orElseThrow();
            targets.add(new CallHome.Target(name, tcp.text("remote-address"), port(tcp, "remote-port")));
            found.put(name, transports.read(endpoint, Duration.ZERO));
        }
        return new ServerSettings.Client(plan(entry, targets), found);
    }

    private static CallHome.Plan plan(Placed entry, ArrayList<CallHome.Target> targets) {
        var strategy = entry.inner("reconnect-strategy");
        var startWith = strategy.map(s -> s.valueInUse("start-with")).orElse("first-listed");
        var schema = new Strategy(entry);
        return new CallHome.Plan(
                targets,
                CallHome.StartWith.valueOf(
                        startWith.toString().replace('-', '_').toUpperCase(Locale.ROOT)),
                Duration.ofSeconds(schema.number("max-wait")),
                schema.number("max-attempts"));
    }

    /** The leafs of reconnect-strategy, which has defaults where it is missing. */
    private record Strategy(Placed client) {
        int number(String leaf) {
            var value = client.inner("reconnect-strategy")
                    .flatMap(s -> s.value(leaf))
                    .orElseGet(() -> client.node()
                            .schema()
                            .child("reconnect-strategy")
                            .flatMap(s -> s.child(leaf))
                            .orElseThrow()
                            .defaults()
                            .getFirst());
            return Math.toIntExact((Long) value);
        }
    }
}
