package io.auspex.netconfserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.netconfserver.ssh.HostKeys;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import io.auspex.netconfserver.ssh.SshLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshListenerIT {
    private static final String HELLO = "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities>"
            + "<capability>urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>]]>]]>";
    static final Duration LONG = Duration.ofMinutes(9);
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** Three connections of one address before the login; what the server waits for is up to the test. */
    static SshLimits limits(Duration loginTime, Duration writeTime, Duration keepAlive) {
        return new SshLimits(4, 3, 16, 8, 6, loginTime, 32 << 10, writeTime, keepAlive);
    }

    @SuppressWarnings("NullAway.Init")
    private SshFixture server;

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static String rpc(String operation) {
        return "<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id='1'>" + operation + "</rpc>]]>]]>";
    }

    private static ChannelSubsystem netconf(ClientSession connection) throws IOException {
        var channel = connection.createSubsystemChannel("netconf");
        channel.open().verify(10_000);
        return channel;
    }

    /** Reads up to and with some messages. */
    private static String read(InputStream in, int messages) throws IOException {
        var text = new StringBuilder();
        while (text.toString().split("]]>]]>", -1).length <= messages) {
            var octet = in.read();
            if (octet < 0) {
                break;
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    @Nested
    class Logins {
        @Test
        void byPasswordKeyAndKeyboardInteractiveGiveASession() throws Exception {
            // Given
            server = new SshFixture();
            var byKey = server.connect(SshFixture.USER);
            byKey.addPublicKeyIdentity(server.userKey);
            byKey.auth().verify(10_000);
            var byKeyboard = server.connect(SshFixture.USER);
            byKeyboard.setUserAuthFactories(
                    List.of(org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory.INSTANCE));
            byKeyboard.addPasswordIdentity(SshFixture.PASSWORD);
            byKeyboard.auth().verify(10_000);
            for (var connection : List.of(server.login(), byKey, byKeyboard)) {
                var channel = netconf(connection);
                // When
                channel.getInvertedIn().write((HELLO + rpc("<get/>")).getBytes(UTF_8));
                channel.getInvertedIn().flush();
                // Then
                assertThat(read(channel.getInvertedOut(), 2)).contains("<hello").contains("<data>");
            }
            assertThat(server.management.callers).containsExactly("alice", "alice", "alice");
            assertThat(server.proven).containsExactly("alice");
        }

        @Test
        void aKeyThatIsShownInVainIsToldOnlyIfNoLoginComesOfTheConnection() throws Exception {
            server = new SshFixture();
            var other = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            try (var inTheEnd = server.connect(SshFixture.USER)) {
                inTheEnd.addPublicKeyIdentity(other);
                inTheEnd.addPasswordIdentity(SshFixture.PASSWORD);
                inTheEnd.auth().verify(10_000);
            }
            try (var never = server.connect("mallory")) {
                never.addPublicKeyIdentity(other);
                assertThatThrownBy(() -> never.auth().verify(10_000)).hasMessageContaining("No more authentication");
            }
            await().untilAsserted(() -> assertThat(server.refused).containsExactly("mallory 1"));
        }

        @Test
        void A107_areRefusedWithTheWrongPasswordUserOrKeyOrWithNothing() throws Exception {
            server = new SshFixture();
            var wrong = server.connect(SshFixture.USER);
            wrong.addPasswordIdentity("wrong");
            assertThatThrownBy(() -> wrong.auth().verify(10_000))
                    .hasMessageContaining("No more authentication methods");
            var mallory = server.connect("mallory");
            mallory.addPasswordIdentity(SshFixture.PASSWORD);
            assertThatThrownBy(() -> mallory.auth().verify(10_000)).isInstanceOf(IOException.class);
            var otherKey = server.connect(SshFixture.USER);
            otherKey.addPublicKeyIdentity(HostKeys.generate());
            assertThatThrownBy(() -> otherKey.auth().verify(10_000)).isInstanceOf(IOException.class);
            var nothing = server.connect(SshFixture.USER);
            assertThatThrownBy(() -> nothing.auth().verify(10_000)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> netconf(nothing)).isInstanceOf(Exception.class);
            assertThat(server.sessions.all()).isEmpty();
        }

        @Test
        void A107_keyboardInteractiveWithoutAnAnswerIsRefused() throws Exception {
            // Given
            server = new SshFixture();
            var silent = server.connect(SshFixture.USER);
            silent.setUserAuthFactories(
                    List.of(org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory.INSTANCE));
            silent.setUserInteraction(new UserInteraction() {
                @Override
                public String[] interactive(
                        ClientSession session,
                        String name,
                        String instruction,
                        String lang,
                        String[] prompt,
                        boolean[] echo) {
                    return new String[prompt.length == 0 ? 0 : 1];
                }

                @Override
                public @Nullable String getUpdatedPassword(ClientSession session, String prompt, String lang) {
                    return null;
                }
            });
            // Then
            assertThatThrownBy(() -> silent.auth().verify(10_000)).isInstanceOf(IOException.class);
            assertThat(server.sessions.all()).isEmpty();
        }

        @Test
        void A107_aKeyOfTheUserWithTheSignatureOfAnotherIsNoLogin() throws Exception {
            // Given
            server = new SshFixture();
            var thief = server.connect(SshFixture.USER);
            // When
            thief.addPublicKeyIdentity(
                    new KeyPair(server.userKey.getPublic(), HostKeys.generate().getPrivate()));
            // Then
            assertThatThrownBy(() -> thief.auth().verify(10_000)).isInstanceOf(IOException.class);
            assertThat(server.proven).isEmpty();
            assertThatThrownBy(() -> netconf(thief)).isInstanceOf(Exception.class);
        }

        @Test
        void A107_aKeyThatIsOnlyAskedAboutIsNoLogin() throws Exception {
            // Given
            server = new SshFixture(limits(Duration.ofSeconds(4), LONG, LONG), SshAlgorithms.STRICT);
            var curious = server.connect(SshFixture.USER);
            send(curious, SshConstants.SSH_MSG_SERVICE_REQUEST, b -> b.putString("ssh-userauth"));
            // When
            send(curious, SshConstants.SSH_MSG_USERAUTH_REQUEST, b -> {
                b.putString(SshFixture.USER);
                b.putString("ssh-connection");
                b.putString("publickey");
                b.putBoolean(false);
                b.putString("ssh-ed25519");
                b.putPublicKey(server.userKey.getPublic());
            });
            send(curious, SshConstants.SSH_MSG_CHANNEL_OPEN, b -> {
                b.putString("session");
                b.putUInt(0);
                b.putUInt(1 << 20);
                b.putUInt(1 << 15);
            });
            // Then
            await().untilAsserted(() -> assertThat(curious.isClosed()).isTrue());
            assertThat(server.proven).isEmpty();
            assertThat(server.sessions.opened.sum()).isZero();
        }

        @Test
        void A107_theUserMayNotChangeBetweenRequests() throws Exception {
            // Given
            server = new SshFixture();
            var changing = server.connect(SshFixture.USER);
            send(changing, SshConstants.SSH_MSG_SERVICE_REQUEST, b -> b.putString("ssh-userauth"));
            // When
            for (var user : List.of("mallory", SshFixture.USER)) {
                send(changing, SshConstants.SSH_MSG_USERAUTH_REQUEST, b -> {
                    b.putString(user);
                    b.putString("ssh-connection");
                    b.putString("password");
                    b.putBoolean(false);
                    b.putString(SshFixture.PASSWORD);
                });
            }
            // Then
            await().untilAsserted(() -> assertThat(changing.isClosed()).isTrue());
            assertThat(server.sessions.all()).isEmpty();
        }

        private static void send(ClientSession connection, byte command, Consumer<Buffer> content) throws IOException {
            var packet = connection.createBuffer(command);
            content.accept(packet);
            connection.writePacket(packet).verify(10_000);
        }

        @Test
        void areWaitedForWithoutBlockingOthers() throws Exception {
            // Given
            server = new SshFixture(limits(LONG, LONG, LONG), SshAlgorithms.STRICT);
            try (var silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                assertThat(silent.getInputStream().read()).isEqualTo('S');
                // When, then
                assertThat(server.login().isOpen()).isTrue();
            }
        }

        @Test
        void areWaitedForOnlySoLong() throws Exception {
            // Given
            server = new SshFixture(limits(SHORT, LONG, LONG), SshAlgorithms.STRICT);
            try (var silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                // When, then
                silent.setSoTimeout(60_000);
                assertThat(silent.getInputStream().readAllBytes()).startsWith("SSH-2.0-Auspex".getBytes(UTF_8));
            }
        }

        @Test
        void A51_fromOneAddressAreLimitedWhileTheyAreNotDone() throws Exception {
            // Given
            server = new SshFixture(limits(LONG, LONG, LONG), SshAlgorithms.STRICT);
            var open = new ArrayList<Socket>();
            for (var i = 0; i < 3; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                assertThat(socket.getInputStream().read()).isEqualTo('S');
                open.add(socket);
            }
            // When
            try (var oneMore = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                oneMore.setSoTimeout(60_000);
                // Then
                assertThat(oneMore.getInputStream().readAllBytes()).hasSizeLessThan(100);
            }
            for (var socket : open) {
                socket.close();
            }
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(server.login().isOpen()).isTrue());
        }

        @Test
        void A111_endWhenThePeerSendsTooMuchBefore() throws Exception {
            server = new SshFixture(
                    new SshLimits(
                            9,
                            9,
                            9,
                            8,
                            6,
                            Duration.ofMinutes(1),
                            32 << 10,
                            Duration.ofSeconds(9),
                            Duration.ofSeconds(9)),
                    SshAlgorithms.STRICT);
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout(10_000);
                assertThatThrownBy(() -> {
                            socket.getOutputStream().write("SSH-2.0-flood\r\n".getBytes(UTF_8));
                            // packets of type SSH_MSG_IGNORE without end
                            var packet = new byte[1024];
                            packet[2] = 3;
                            packet[3] = (byte) 252;
                            packet[4] = 4;
                            packet[5] = 2;
                            while (true) {
                                socket.getOutputStream().write(packet);
                                if (socket.getInputStream().available() == 0 && socket.isClosed()) {
                                    return;
                                }
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
        }

        @Test
        void withoutASubsystemDoNotStay() throws Exception {
            // Given
            server = new SshFixture(limits(SHORT, LONG, LONG), SshAlgorithms.STRICT);
            // When: it is soon enough, at the latest when it is tried again
            var idle = await().ignoreExceptions().until(server::login, ClientSession::isOpen);
            // Then
            await().untilAsserted(() -> assertThat(idle.isOpen()).isFalse());
        }
    }

    @Nested
    class Channels {
        @Test
        void A108_giveNothingButTheSubsystemNetconf() throws Exception {
            // Given
            server = new SshFixture();
            var connection = server.login();
            // Then
            for (var channel : List.of(
                    connection.createShellChannel(),
                    connection.createExecChannel("id"),
                    connection.createSubsystemChannel("sftp"))) {
                channel.open();
                await().untilAsserted(() -> assertThat(channel.isClosed()).isTrue());
                assertThat(channel.getExitStatus()).isNull();
            }
            assertThatThrownBy(() -> connection.startRemotePortForwarding(
                            new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", 1)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> connection
                            .createDirectTcpipChannel(
                                    new SshdSocketAddress("127.0.0.1", 1),
                                    new SshdSocketAddress("127.0.0.1", server.port()))
                            .open()
                            .verify(5_000))
                    .isInstanceOf(IOException.class);
            assertThat(netconf(connection).isOpen()).isTrue();
        }

        @Test
        void A109_areEightAtMost() throws Exception {
            // Given
            server = new SshFixture();
            var connection = server.login();
            for (var i = 0; i < 8; i++) {
                netconf(connection);
            }
            // Then
            assertThatThrownBy(() -> netconf(connection)).isInstanceOf(IOException.class);
            await().untilAsserted(() -> assertThat(server.sessions.all()).hasSize(8));
        }

        @Test
        void endWithTheSession() throws Exception {
            // Given
            server = new SshFixture();
            var channel = netconf(server.login());
            // When
            channel.getInvertedIn().write((HELLO + rpc("<close-session/>")).getBytes(UTF_8));
            channel.getInvertedIn().flush();
            // Then
            assertThat(read(channel.getInvertedOut(), 3)).contains("<ok/>");
            await().untilAsserted(() -> assertThat(channel.isClosed()).isTrue());
            assertThat(server.sessions.all()).isEmpty();
        }

        @Test
        void A53_whosePeerReadsNothingAreCutAndOthersAreServedMeanwhile() throws Exception {
            // Given
            server = new SshFixture(limits(LONG, Duration.ofSeconds(1), LONG), SshAlgorithms.STRICT);
            var connection = server.login();
            connection.getProperties().put("window-size", 32768L);
            var channel = netconf(connection);
            var big = new StringBuilder(HELLO);
            for (var i = 0; i < 400; i++) {
                big.append("<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id='" + i + "'>"
                        + "<get-schema xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'>"
                        + "<identifier>ietf-netconf</identifier></get-schema></rpc>]]>]]>");
            }
            // When
            OutputStream in = channel.getInvertedIn();
            Thread.ofVirtual().start(() -> {
                try {
                    in.write(big.toString().getBytes(UTF_8));
                    in.flush();
                } catch (IOException _) {
                    // the server cuts the connection
                }
            });
            // Then
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(server.sessions.all()).isEmpty();
                assertThat(connection.isOpen()).isFalse();
            });
            var other = netconf(server.login());
            other.getInvertedIn().write((HELLO + rpc("<get/>")).getBytes(UTF_8));
            other.getInvertedIn().flush();
            assertThat(read(other.getInvertedOut(), 2)).contains("<data>");
        }
    }

    @Nested
    class KeyExchange {
        @Test
        void A110_isRefusedToAClientOfWeakAlgorithmsAlone() throws Exception {
            // Given
            server = new SshFixture();
            server.client.setMacFactories(List.of(BuiltinMacs.hmacsha1));
            server.client.setCipherFactories(List.of(org.apache.sshd.common.cipher.BuiltinCiphers.aes128ctr));
            // Then
            assertThatThrownBy(server::login).isInstanceOf(IOException.class);
            server.client.setMacFactories(List.of(BuiltinMacs.hmacsha256etm));
            server.client.setKeyExchangeFactories(
                    List.of(org.apache.sshd.client.ClientBuilder.DH2KEX.apply(BuiltinDHFactories.dhg14)));
            assertThatThrownBy(server::login).isInstanceOf(IOException.class);
        }

        @Test
        void offersTheHybridWithMlKemToWhoWantsIt() throws Exception {
            // Given
            server = new SshFixture();
            server.client.setKeyExchangeFactories(
                    List.of(org.apache.sshd.client.ClientBuilder.DH2KEX.apply(BuiltinDHFactories.mlkem768x25519)));
            // Then
            assertThat(server.login().getNegotiatedKexParameter(KexProposalOption.ALGORITHMS))
                    .isEqualTo("mlkem768x25519-sha256");
        }
    }

    @Test
    void theHostKeyIsMadeOnceAndForItsOwnerAlone(@TempDir Path folder) throws Exception {
        // Given
        server = new SshFixture();
        var file = folder.resolve("ssh_host_ed25519_key");
        // When
        var first = HostKeys.loadOrCreate(file);
        var second = HostKeys.loadOrCreate(file);
        // Then
        assertThat(KeyUtils.getFingerPrint(second.getPublic())).isEqualTo(KeyUtils.getFingerPrint(first.getPublic()));
        assertThat(KeyUtils.getKeyType(first)).isEqualTo("ssh-ed25519");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "no key");
        assertThatThrownBy(() -> HostKeys.loadOrCreate(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + ": not a private key");
    }
}
