package io.auspex.netconfserver.configuration;

import io.auspex.netconfserver.ssh.SshEndpoint;
import io.auspex.netconfserver.tls.TlsEndpoint;

/** What carries the sessions of an endpoint, with its keys and trust anchors at hand. */
sealed interface TransportSettings {
    record Ssh(SshEndpoint endpoint) implements TransportSettings {}

    record Tls(TlsEndpoint endpoint) implements TransportSettings {}

    /** Something about it, such as a key whose file is gone, cannot be used. */
    record Unusable(String why) implements TransportSettings {}
}
