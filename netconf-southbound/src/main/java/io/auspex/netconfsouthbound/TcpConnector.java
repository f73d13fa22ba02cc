package io.auspex.netconfsouthbound;

import io.auspex.netconfsouthbound.SessionException.Kind;
import io.auspex.yang.InputLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.InstantSource;

/** NETCONF over bare TCP, for measurements only; one virtual thread reads per session. */
final class TcpConnector implements Connector {
    private static final int READ_BUFFER_BYTES = 8 << 10;

    private final InputLimits limits;
    private final InstantSource clock;

    TcpConnector(InputLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public NetconfClientSession connect(DeviceConfig config, SessionListener listener)
            throws SessionException, InterruptedException {
        var session = new NetconfClientSession(config.timers(), limits, listener, clock);
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            var address = new InetSocketAddress(config.address(), config.port());
            if (address.isUnresolved()) {
                throw new SessionException(
                        Kind.UNREACHABLE, config.address() + ": the name does not resolve to an address");
            }
            socket.connect(address, Math.toIntExact(config.timers().connect().toMillis()));
            Thread.ofVirtual().name("netconf-tcp-" + config.name()).start(() -> read(socket, session));
            session.start(new TcpWire(socket.getOutputStream(), socket));
            return session;
        } catch (SessionException e) {
            close(socket);
            throw e;
        } catch (IOException e) {
            close(socket);
            throw new SessionException(
                    Kind.UNREACHABLE, config.address() + " port " + config.port() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {}

    private static void read(Socket socket, NetconfClientSession session) {
        try (var in = socket.getInputStream()) {
            var buffer = new byte[READ_BUFFER_BYTES];
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                session.received(buffer, 0, count);
            }
            session.transportClosed("the device closed the connection");
        } catch (IOException e) {
            session.transportClosed("the connection is gone: " + e.getMessage());
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is left to be closed
        }
    }

    private record TcpWire(OutputStream output, Socket socket) implements Wire {
        @Override
        public void close() {
            TcpConnector.close(socket);
        }
    }
}
