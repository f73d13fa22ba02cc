package io.auspex.server;

import io.auspex.netconfserver.UrlStore;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import io.auspex.yang.InputLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server speaks NETCONF.
 *
 * @param ssh where it listens for SSH; null for nowhere
 * @param profile the algorithms of SSH
 * @param tls where it listens for TLS; null for nowhere
 * @param callHomeSsh the clients that it calls over SSH (RFC 8071)
 * @param callHomeTls the clients that it calls over TLS
 * @param urls where NETCONF may keep configurations
 */
record NetconfConfig(
        @Nullable HostPort ssh,
        SshAlgorithms profile,
        @Nullable HostPort tls,
        List<HostPort> callHomeSsh,
        List<HostPort> callHomeTls,
        UrlStore urls) {
    NetconfConfig {
        callHomeSsh = List.copyOf(callHomeSsh);
        callHomeTls = List.copyOf(callHomeTls);
    }

    boolean usesTls() {
        return tls != null || !callHomeTls.isEmpty();
    }

    static SshAlgorithms profile(String name) {
        return switch (name) {
            case "strict" -> SshAlgorithms.STRICT;
            case "compatible" -> SshAlgorithms.COMPATIBLE;
            default ->
                throw new IllegalArgumentException("'" + name + "' is no profile, expected strict or compatible");
        };
    }

    static UrlStore urls(List<String> urls) {
        return new UrlStore(urls.stream().map(java.net.URI::create).toList(), InputLimits.DEFAULT.messageBytes());
    }
}
