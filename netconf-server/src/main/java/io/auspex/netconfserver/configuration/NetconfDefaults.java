package io.auspex.netconfserver.configuration;

import io.auspex.access.keystore.BuiltIns;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.Placed;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.SchemaNode;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.jspecify.annotations.Nullable;

/**
 * What the server listens at and whom it calls without any configuration in running: entries of origin system, each in force
 * until running has one of the same name.
 *
 * @param ssh null for nowhere
 * @param algorithms of SSH
 * @param tls null for nowhere
 * @param callSsh clients to call over SSH
 * @param callTls clients to call over TLS
 */
public record NetconfDefaults(
        BuiltIns builtIns,
        @Nullable InetSocketAddress ssh,
        SshAlgorithms algorithms,
        @Nullable InetSocketAddress tls,
        List<InetSocketAddress> callSsh,
        List<InetSocketAddress> callTls) {
    /** The endpoint of {@link #ssh}. */
    public static final String SSH = "default-ssh";

    /** The endpoint of {@link #tls}. */
    public static final String TLS = "default-tls";

    /** The built-in key of TLS, and its certificate. */
    public static final String TLS_KEY = "tls-server";

    /** The built-in bag of the CAs of clients. */
    public static final String CLIENT_CA = "client-ca";

    public NetconfDefaults {
        callSsh = List.copyOf(callSsh);
        callTls = List.copyOf(callTls);
    }

    /** The names of endpoints and clients that a configuration has. */
    Set<String> configured(InnerNode running) {
        var names = new HashSet<String>();
        var server = Placed.root(running).top("ietf-netconf-server", "netconf-server");
        server.flatMap(s -> s.inner("listen", "endpoints"))
                .ifPresent(all -> all.entries("endpoint").forEach(e -> names.add(e.text("name"))));
        server.flatMap(s -> s.inner("call-home"))
                .ifPresent(all -> all.entries("netconf-client").forEach(e -> names.add(e.text("name"))));
        return names;
    }

    /** A root with the entries that running has none of the same name of; what running says of all endpoints holds for them too. */
    TreeNode tree(InnerNode running) {
        var taken = configured(running);
        var idle = Placed.root(running)
                .top("ietf-netconf-server", "netconf-server")
                .flatMap(s -> s.inner("listen"))
                .flatMap(l -> l.value("idle-timeout"));
        return NodeBuilder.node(
                builtIns.model().root(),
                root -> root.container("ietf-netconf-server:netconf-server", server -> {
                    var bySsh = taken.contains(SSH) ? null : ssh;
                    var byTls = taken.contains(TLS) ? null : tls;
                    if (bySsh != null || byTls != null) {
                        server.container("listen", listen -> {
                            idle.ifPresent(seconds -> listen.leaf("idle-timeout", seconds));
                            listen.container("endpoints", all -> {
                                if (bySsh != null) {
                                    all.entry("endpoint", e -> ssh(e.leaf("name", SSH), bySsh));
                                }
                                if (byTls != null) {
                                    all.entry("endpoint", e -> tls(e.leaf("name", TLS), byTls, running));
                                }
                            });
                        });
                    }
                    calls(server, taken, running);
                }));
    }

    private void ssh(NodeBuilder endpoint, InetSocketAddress address) {
        endpoint.container("ssh", transport -> {
            transport.container("tcp-server-parameters", tcp -> bind(tcp, address));
            sshServer(transport);
        });
    }

    private static void bind(NodeBuilder tcp, InetSocketAddress address) {
        tcp.entry(
                "local-bind",
                b -> b.leaf("local-address", address.getAddress().getHostAddress())
                        .leaf("local-port", (long) address.getPort()));
    }

    /** The host keys that there are, the one of Ed25519 first. */
    private void sshServer(NodeBuilder transport) {
        transport.container("ssh-server-parameters", ssh -> {
            ssh.container(
                    "server-identity",
                    identity -> builtIns.keys().get().keySet().stream()
                            .filter(name -> !name.equals(TLS_KEY))
                            .sorted()
                            .forEach(name -> identity.entry(
                                    "host-key",
                                    k -> k.leaf("name", name)
                                            .container(
                                                    "public-key", p -> p.leaf("central-keystore-reference", name)))));
            if (!algorithms.equals(SshAlgorithms.STRICT)) {
                ssh.container("transport-params", params -> {
                    names(params, "host-key", "host-key-alg", algorithms.hostKeys());
                    names(params, "key-exchange", "key-exchange-alg", algorithms.keyExchanges());
                    names(params, "encryption", "encryption-alg", algorithms.ciphers());
                    names(params, "mac", "mac-alg", algorithms.macs());
                });
            }
        });
    }

    /** Those that the enumeration of IANA has, which lags behind what is in use. */
    private static void names(NodeBuilder params, String kind, String leafList, List<? extends NamedResource> names) {
        params.container(
                kind,
                k -> names.stream()
                        .map(NamedResource::getName)
                        .filter(name -> k.schema()
                                .child(leafList)
                                .map(SchemaNode::type)
                                .orElseThrow()
                                .accepts(name))
                        .forEach(name -> k.value(leafList, name)));
    }

    private void tls(NodeBuilder endpoint, InetSocketAddress address, InnerNode running) {
        endpoint.container("tls", transport -> {
            transport.container("tcp-server-parameters", tcp -> bind(tcp, address));
            tlsServer(transport, running);
        });
    }

    private static void tlsServer(NodeBuilder transport, InnerNode running) {
        transport.container("tls-server-parameters", tls -> {
            tls.container(
                    "server-identity",
                    identity -> identity.container(
                            "certificate",
                            c -> c.container(
                                    "central-keystore-reference",
                                    r -> r.leaf("asymmetric-key", TLS_KEY).leaf("certificate", TLS_KEY))));
            tls.container(
                    "client-authentication",
                    clients -> clients.container("ca-certs", ca -> ca.leaf("central-truststore-reference", CLIENT_CA)));
        });
        transport.container(
                "netconf-server-parameters",
                parameters -> parameters.container(
                        "client-identity-mappings",
                        mappings -> Placed.root(running)
                                .top("auspex-access", "client-certificates")
                                .ifPresent(own -> own.entries("cert-to-name")
                                        .forEach(entry -> mappings.entry("cert-to-name", e -> {
                                            for (var leaf : List.of("id", "fingerprint", "map-type", "name")) {
                                                e.leaf(leaf, entry.value(leaf));
                                            }
                                        })))));
    }

    private void calls(NodeBuilder server, Set<String> taken, InnerNode running) {
        var ssh = callSsh.stream()
                .filter(a -> !taken.contains(clientName("ssh", a)))
                .toList();
        var tls = callTls.stream()
                .filter(a -> !taken.contains(clientName("tls", a)))
                .toList();
        if (ssh.isEmpty() && tls.isEmpty()) {
            return;
        }
        server.container("call-home", all -> {
            for (var address : ssh) {
                client(all, "ssh", address, this::sshServer);
            }
            for (var address : tls) {
                client(all, "tls", address, transport -> tlsServer(transport, running));
            }
        });
    }

    private static String clientName(String transport, InetSocketAddress address) {
        return "default-" + transport + "-" + address.getHostString() + ":" + address.getPort();
    }

    private static void client(
            NodeBuilder all,
            String kind,
            InetSocketAddress address,
            java.util.function.Consumer<NodeBuilder> parameters) {
        all.entry(
                "netconf-client",
                client -> client.leaf("name", clientName(kind, address))
                        .container(
                                "endpoints",
                                endpoints -> endpoints.entry(
                                        "endpoint",
                                        e -> e.leaf("name", "default").container(kind, transport -> {
                                            transport.container(
                                                    "tcp-client-parameters",
                                                    tcp -> tcp.leaf("remote-address", address.getHostString())
                                                            .leaf("remote-port", (long) address.getPort()));
                                            parameters.accept(transport);
                                        })))
                        .container("connection-type", type -> type.container("persistent", _ -> {})));
    }
}
