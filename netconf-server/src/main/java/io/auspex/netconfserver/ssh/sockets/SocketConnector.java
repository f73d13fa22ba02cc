package io.auspex.netconfserver.ssh.sockets;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.DefaultIoConnectFuture;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.jspecify.annotations.Nullable;

/** Makes connections, each on a virtual thread that then reads it. */
final class SocketConnector extends SocketService implements IoConnector {
    private final Set<SocketChannel> connecting = ConcurrentHashMap.newKeySet();

    SocketConnector(IoHandler handler, Duration writeTime, @Nullable IoServiceEventListener listener) {
        super(handler, writeTime, listener);
    }

    @Override
    public IoConnectFuture connect(
            SocketAddress target, @Nullable AttributeRepository context, @Nullable SocketAddress local) {
        var future = new DefaultIoConnectFuture(target, null);
        Thread.ofVirtual().name("netconf-connection").start(() -> connect(target, context, local, future));
        return future;
    }

    private void connect(
            SocketAddress target,
            @Nullable AttributeRepository context,
            @Nullable SocketAddress local,
            IoConnectFuture future) {
        try {
            var session = connection(connected(target, local), context, null);
            session.begin();
            future.setSession(session);
            session.run();
        } catch (Exception e) {
            future.setException(e);
        }
    }

    private SocketChannel connected(SocketAddress target, @Nullable SocketAddress local) throws IOException {
        var socket = SocketChannel.open();
        connecting.add(socket);
        try {
            if (local != null) {
                socket.bind(local);
            }
            if (isClosing()) {
                throw new IOException("the connector is closed");
            }
            socket.connect(target);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        } finally {
            connecting.remove(socket);
        }
    }

    @Override
    protected void preClose() {
        for (var socket : connecting) {
            try {
                socket.close();
            } catch (IOException e) {
                log.debug("a connection under way cannot be closed", e);
            }
        }
        super.preClose();
    }
}
