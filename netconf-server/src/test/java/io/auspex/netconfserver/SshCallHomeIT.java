package io.auspex.netconfserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server opens the connection, and is the server on it (RFC 8071 §4). */
class SshCallHomeIT {
    private final SshFixture fixture;

    SshCallHomeIT() throws IOException {
        fixture = new SshFixture();
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    @Test
    void theServerCallsHome() throws Exception {
        // Given: a relay that joins what the server opens with what an ordinary client opens
        try (var waiting = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                var forClient = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                var home = new CallHome(
                        Calls.plan(waiting.getLocalPort()),
                        (_, patience, answered) -> fixture.transport.call(
                                "oss",
                                (InetSocketAddress) waiting.getLocalSocketAddress(),
                                fixture.endpoint(),
                                patience,
                                answered),
                        Calls.SHORT,
                        InstantSource.system())) {
            waiting.setSoTimeout(10_000);
            Thread.startVirtualThread(() -> {
                try (var called = waiting.accept();
                        var own = forClient.accept()) {
                    Thread.startVirtualThread(() -> copy(called, own));
                    copy(own, called);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            // When
            try (var connection = fixture.client
                    .connect(SshFixture.USER, "127.0.0.1", forClient.getLocalPort())
                    .verify(20_000)
                    .getSession()) {
                connection.addPasswordIdentity(SshFixture.PASSWORD);
                connection.auth().verify(20_000);
                // Then
                assertThat(((AbstractSession) connection).isAuthenticated()).isTrue();
            }
        }
    }

    private static void copy(java.net.Socket from, java.net.Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // one of them is closed
        }
    }
}
