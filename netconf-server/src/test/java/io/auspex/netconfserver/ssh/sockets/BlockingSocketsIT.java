package io.auspex.netconfserver.ssh.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockingSocketsIT {
    private static final int BYTES = 32 << 10;
    private static final int SMALL = 2 << 10;

    private final Broken handler = new Broken();
    private final SocketAcceptor sockets = new SocketAcceptor(handler, Duration.ofSeconds(2), null);

    @SuppressWarnings("NullAway.Init")
    private SocketChannel peer;

    @SuppressWarnings("NullAway.Init")
    private SocketChannel socket;

    @BeforeEach
    void connect() throws IOException {
        try (var door = ServerSocketChannel.open()) {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            peer = SocketChannel.open();
            peer.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
            peer.connect(door.getLocalAddress());
            socket = door.accept();
            socket.setOption(StandardSocketOptions.SO_SNDBUF, SMALL);
        }
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        sockets.close(true);
    }

    @Test
    void aPeerThatTakesALittleNowAndThenIsCut() throws Exception {
        // Given
        try (var writers = Executors.newVirtualThreadPerTaskExecutor();
                var reader = Executors.newSingleThreadScheduledExecutor()) {
            var connection = sockets.connection(socket, null, null);
            var _ = reader.scheduleWithFixedDelay(this::takeALittle, 0, 100, TimeUnit.MILLISECONDS);
            // When
            var written = writers.submit(() -> connection.writeBuffer(new ByteArrayBuffer(new byte[BYTES])));
            // Then
            assertThat(written.get().getException()).isNotNull();
            assertThat(connection.isClosed()).isTrue();
        }
    }

    private void takeALittle() {
        try {
            peer.read(ByteBuffer.allocate(SMALL / 4));
        } catch (IOException _) {
            // the connection is cut
        }
    }

    @Test
    void anErrorOfTheHandlerEndsTheConnection() throws Exception {
        // Given
        var connection = sockets.connection(socket, null, null);
        peer.write(ByteBuffer.allocate(1));
        // When
        connection.run();
        // Then
        assertThat(handler.heardOfTheEnd).isTrue();
        assertThat(peer.read(ByteBuffer.allocate(1))).isNegative();
    }

    @Test
    void aConnectionThatComesWhileAllAreClosedIsClosedToo() throws Exception {
        // Given
        sockets.close(true);
        // Then
        assertThatThrownBy(() -> sockets.connection(socket, null, null)).hasMessageContaining("closed");
        assertThat(peer.read(ByteBuffer.allocate(1))).isNegative();
    }

    /** Understands nothing that it hears. */
    private static final class Broken implements IoHandler {
        private boolean heardOfTheEnd;

        @Override
        public void sessionCreated(IoSession session) {}

        @Override
        public void sessionClosed(IoSession session) {
            heardOfTheEnd = true;
        }

        @Override
        public void exceptionCaught(IoSession session, Throwable cause) {}

        @Override
        public void messageReceived(IoSession session, Readable message) {
            throw new LinkageError("a class is missing");
        }
    }
}
