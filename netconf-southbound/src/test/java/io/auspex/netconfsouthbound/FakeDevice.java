package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.auspex.netconfprotocol.Capabilities;
import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfprotocol.FramedOutput;
import io.auspex.netconfprotocol.Hello;
import io.auspex.netconfprotocol.MessageDecoder;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.Rpc;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.yang.InputLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.jspecify.annotations.Nullable;

/** A NETCONF device on a real SSH socket whose every word is up to the test. */
public final class FakeDevice implements AutoCloseable {
    /** What the device says; the default is a friendly device that answers every get with its data. */
    public static class Script {
        public byte[] hello(long sessionId) {
            return framedHello(sessionId, Capability.BASE_1_0.uri(), Capability.BASE_1_1.uri());
        }

        public void rpc(Rpc rpc, FakeDevice device, Peer peer) throws IOException {
            if (rpc.operation().name().equals("get")) {
                peer.reply(rpc, new RpcReply.Data(List.of(device.data), List.of()));
            } else {
                peer.reply(rpc, new RpcReply.Ok());
            }
        }
    }

    /** The device's end of one session. */
    public interface Peer {
        void reply(Rpc rpc, RpcReply reply) throws IOException;

        /** A whole message, from any thread. */
        void message(byte[] message) throws IOException;

        /** Bytes as they are, without framing. */
        void raw(byte[] bytes) throws IOException;

        void hangUp();
    }

    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();
    private final List<Rpc> rpcs = new CopyOnWriteArrayList<>();
    private volatile Script script = new Script();
    private volatile XmlElement data = XmlElement.of(BASE, "data");
    private volatile String password = "right";
    private KeyPair hostKey = newKey();
    private boolean keyboardInteractiveOnly;
    private long rekeyBytes;
    private @Nullable ServerSocket plain;
    private SshServer server;
    private int port;

    /** A device that listens on a free port of the loopback; user {@code auspex}, password {@code right}. */
    public static FakeDevice start() throws IOException {
        var device = new FakeDevice();
        device.listen();
        return device;
    }

    private FakeDevice() {
        server = SshServer.setUpDefaultServer();
    }

    public void listen() throws IOException {
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator((user, given, _) -> {
            logins.incrementAndGet();
            return user.equals("auspex") && given.equals(password);
        });
        server.setSubsystemFactories(List.of(new Netconf()));
        if (keyboardInteractiveOnly) {
            server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
        }
        if (rekeyBytes > 0) {
            CoreModuleProperties.REKEY_BYTES_LIMIT.set(server, rekeyBytes);
        }
        server.start();
        port = server.getPort();
    }

    /** Takes sessions over bare TCP too; returns the port. */
    public int listenPlain() throws IOException {
        var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        plain = listener;
        Thread.ofVirtual().name("fake-device-tcp").start(() -> {
            try (listener) {
                while (true) {
                    var socket = listener.accept();
                    var session = new Session();
                    session.setInputStream(socket.getInputStream());
                    session.setOutputStream(socket.getOutputStream());
                    session.setExitCallback((_, _, _) -> {
                        try {
                            socket.close();
                        } catch (IOException e) {
                            // closed already
                        }
                    });
                    Thread.ofVirtual().name("fake-device").start(session::serve);
                }
            } catch (IOException e) {
                // closed
            }
        });
        return listener.getLocalPort();
    }

    /** Closes the listener and every connection. */
    public void goDown() throws IOException {
        server.stop(true);
    }

    /** From the next {@link #listen} on. */
    public void offerKeyboardInteractiveOnly() {
        keyboardInteractiveOnly = true;
    }

    /** New keys after so many bytes, from the next {@link #listen} on. */
    public void rekeyEvery(long bytes) {
        rekeyBytes = bytes;
    }

    public void changeHostKey() {
        hostKey = newKey();
    }

    public String hostKeyLine() {
        return PublicKeyEntry.toString(hostKey.getPublic());
    }

    public void setScript(Script newScript) {
        script = newScript;
    }

    public void setPassword(String newPassword) {
        password = newPassword;
    }

    /** What is inside {@code data}. */
    public void setData(String xml) throws ProtocolException {
        data = XmlElement.parse(("<data xmlns='" + BASE + "'>" + xml + "</data>").getBytes(UTF_8), InputLimits.DEFAULT);
    }

    public int port() {
        return port;
    }

    public int sessions() {
        return sessions.get();
    }

    public int logins() {
        return logins.get();
    }

    public List<Rpc> rpcs() {
        return rpcs;
    }

    public DeviceConfig config(String name) {
        return DeviceConfig.ssh(name, "127.0.0.1", port, new Credentials.Password("auspex", new Secret("right")));
    }

    @Override
    public void close() throws IOException {
        var listener = plain;
        if (listener != null) {
            listener.close();
        }
        server.stop(true);
    }

    public static byte[] framedHello(long sessionId, String... capabilities) {
        var hello = Hello.ofServer(Capabilities.of(List.of(capabilities)), sessionId)
                .toBytes();
        return (new String(hello, UTF_8) + "]]>]]>").getBytes(UTF_8);
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Netconf implements SubsystemFactory {
        @Override
        public String getName() {
            return "netconf";
        }

        @Override
        public Command createSubsystem(ChannelSession channel) {
            return new Session();
        }
    }

    private final class Session implements Command, Peer {
        private final MessageDecoder decoder = new MessageDecoder(1 << 20);
        private InputStream in = InputStream.nullInputStream();
        private OutputStream out = OutputStream.nullOutputStream();
        private FramedOutput framed = new FramedOutput(out);
        private ExitCallback exit = (_, _, _) -> {};

        @Override
        public void setInputStream(InputStream newIn) {
            in = newIn;
        }

        @Override
        public void setOutputStream(OutputStream newOut) {
            out = newOut;
            framed = new FramedOutput(out);
        }

        @Override
        public void setErrorStream(OutputStream err) {}

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            Thread.ofVirtual().name("fake-device").start(this::serve);
        }

        @Override
        public void destroy(ChannelSession channel) {}

        @Override
        public void reply(Rpc rpc, RpcReply reply) throws IOException {
            message(reply.toBytes(rpc.head()));
        }

        @Override
        public synchronized void message(byte[] message) throws IOException {
            framed.writeMessage(message);
        }

        @Override
        public void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        @Override
        public void hangUp() {
            exit.onExit(0);
        }

        private void serve() {
            try {
                var id = sessions.incrementAndGet();
                var hello = script.hello(id);
                raw(hello);
                var mine = new String(hello, UTF_8);
                var buffer = new byte[8192];
                var ready = false;
                for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    decoder.feed(buffer, 0, count);
                    for (var message = decoder.poll(); message.isPresent(); message = decoder.poll()) {
                        if (!ready) {
                            var theirs = Hello.parse(message.get()).capabilities();
                            var own = mine.contains(Capability.BASE_1_1.uri())
                                    ? Capabilities.of(Capability.BASE_1_0, Capability.BASE_1_1)
                                    : Capabilities.of(Capability.BASE_1_0);
                            var framing = own.framingWith(theirs);
                            decoder.switchTo(framing, 1 << 20);
                            framed.switchTo(framing);
                            ready = true;
                            continue;
                        }
                        var rpc = Rpc.parse(message.get(), InputLimits.DEFAULT);
                        rpcs.add(rpc);
                        script.rpc(rpc, FakeDevice.this, this);
                        if (rpc.operation().name().equals("close-session")) {
                            hangUp();
                        }
                    }
                }
            } catch (IOException | ProtocolException e) {
                hangUp();
            }
        }
    }
}
