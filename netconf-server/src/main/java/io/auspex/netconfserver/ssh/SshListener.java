package io.auspex.netconfserver.ssh;

import io.auspex.access.Authenticator;
import io.auspex.netconfserver.Door;
import io.auspex.netconfserver.NetconfSessions;
import java.io.IOException;
import java.net.InetSocketAddress;

/** NETCONF over SSH at one address that stays as it is. */
public final class SshListener implements AutoCloseable {
    private final SshTransport transport;
    private final Door door;

    private SshListener(SshTransport transport, Door door) {
        this.transport = transport;
        this.door = door;
    }

    /**
     * Begins to listen.
     *
     * @throws IOException the address cannot be bound
     */
    public static SshListener start(SshConfig config, Authenticator authenticator, NetconfSessions sessions)
            throws IOException {
        var transport = new SshTransport(config.limits(), authenticator, sessions);
        try {
            var address = new InetSocketAddress(config.host(), config.port());
            return new SshListener(transport, transport.listen(address, config::endpoint));
        } catch (IOException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    /** The port that is listened on. */
    public int port() {
        return door.address().getPort();
    }

    /** Cuts every connection, without a word; goes on listening. */
    public void cutConnections() {
        transport.cutConnections();
    }

    /** Stops listening and cuts every connection. */
    @Override
    public void close() throws IOException {
        transport.close();
    }
}
