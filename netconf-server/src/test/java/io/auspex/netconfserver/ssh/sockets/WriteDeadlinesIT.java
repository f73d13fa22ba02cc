package io.auspex.netconfserver.ssh.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WriteDeadlinesIT {
    private static final int BYTES = 32 << 10;
    private static final int SMALL = 2 << 10;

    @Test
    @Timeout(60)
    void cutWhoeverTakesALittleNowAndThen() throws Exception {
        // Given
        try (var door = ServerSocketChannel.open();
                var peer = SocketChannel.open();
                var writers = Executors.newVirtualThreadPerTaskExecutor();
                var reader = Executors.newSingleThreadScheduledExecutor()) {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            peer.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
            peer.connect(door.getLocalAddress());
            var socket = door.accept();
            socket.setOption(StandardSocketOptions.SO_SNDBUF, SMALL);
            var sockets = new SocketAcceptor(new Deaf(), Duration.ofSeconds(2), null);
            var connection = sockets.connection(socket, null, null);
            var _ = reader.scheduleWithFixedDelay(() -> takeALittle(peer), 0, 100, TimeUnit.MILLISECONDS);
            // When
            var written = writers.submit(() -> connection.writeBuffer(new ByteArrayBuffer(new byte[BYTES])));
            // Then
            assertThat(written.get().getException()).isNotNull();
            assertThat(connection.isClosed()).isTrue();
            sockets.close(true);
        }
    }

    private static void takeALittle(SocketChannel peer) {
        try {
            peer.read(ByteBuffer.allocate(SMALL / 4));
        } catch (IOException _) {
            // the connection is cut
        }
    }

    /** Takes no notice of a connection. */
    private static final class Deaf implements IoHandler {
        @Override
        public void sessionCreated(IoSession session) {}

        @Override
        public void sessionClosed(IoSession session) {}

        @Override
        public void exceptionCaught(IoSession session, Throwable cause) {}

        @Override
        public void messageReceived(IoSession session, Readable message) {}
    }
}
