package io.auspex.server.observability;

import io.auspex.restconfserver.http.HttpLimits;
import io.auspex.restconfserver.netty.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The meters and the readiness of a server, with a listener of their own that a busy RESTCONF cannot starve. */
public final class Observability implements AutoCloseable {
    private static final int BODY_BYTES = 1 << 10;
    private static final int ONE_LOOP = 1;

    private final Meters meters = new Meters();
    private final Readiness readiness = new Readiness();
    private final @Nullable HttpServer http;
    private final @Nullable InetSocketAddress address;

    /**
     * Begins to watch, and to answer at an address.
     *
     * @param listen loopback only; null for no listener
     * @throws IOException when the address cannot be listened on
     */
    public Observability(@Nullable InetSocketAddress listen) throws IOException {
        if (listen == null) {
            http = null;
            address = null;
            return;
        }
        http = new HttpServer(new HealthEndpoint(meters, readiness), HttpLimits.DEFAULT, BODY_BYTES, ONE_LOOP);
        try {
            address = http.listenPlain(listen);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    public Meters meters() {
        return meters;
    }

    public Readiness readiness() {
        return readiness;
    }

    /** Where it listens; null when it does not. */
    public @Nullable InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        if (http != null) {
            http.close();
        }
        meters.close();
    }
}
