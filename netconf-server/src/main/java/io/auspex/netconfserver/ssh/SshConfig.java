package io.auspex.netconfserver.ssh;

import io.auspex.netconfserver.SessionLimits;
import java.security.KeyPair;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where and how to listen for SSH.
 *
 * @param host address of the interface
 * @param port 0 for any free one
 * @param hostKeys at least one, the preferred first; asked for with each connection
 */
public record SshConfig(
        String host, int port, Supplier<List<KeyPair>> hostKeys, SshAlgorithms algorithms, SshLimits limits) {
    /** With host keys that stay as they are. */
    public SshConfig(String host, int port, List<KeyPair> hostKeys, SshAlgorithms algorithms, SshLimits limits) {
        this(host, port, () -> hostKeys, algorithms, limits);
        if (hostKeys.isEmpty()) {
            throw new IllegalArgumentException("an SSH server needs a host key");
        }
    }

    /** With the strict algorithms and the usual limits. */
    public static SshConfig of(String host, int port, KeyPair hostKey) {
        return new SshConfig(host, port, List.of(hostKey), SshAlgorithms.STRICT, SshLimits.DEFAULT);
    }

    SshEndpoint endpoint() {
        return new SshEndpoint(hostKeys, algorithms, SessionLimits.DEFAULT.idleTime());
    }
}
