package io.auspex.netconfserver.ssh;

import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.SessionContext;

/**
 * How the server shows itself to the clients of one address.
 *
 * @param hostKeys at least one, the preferred first; asked for with each connection
 * @param idleTime after which a session ends that asks nothing; zero for never
 */
public record SshEndpoint(Supplier<List<KeyPair>> hostKeys, SshAlgorithms algorithms, Duration idleTime) {
    static final AttributeKey<SshEndpoint> OF_CONNECTION = new AttributeKey<>();

    /** The endpoint that a connection came by. */
    static SshEndpoint of(SessionContext connection) {
        var endpoint = connection.getAttribute(OF_CONNECTION);
        if (endpoint == null) {
            throw new IllegalStateException("a connection by no endpoint");
        }
        return endpoint;
    }
}
