package io.auspex.devicesimulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.auspex.netconfprotocol.Capabilities;
import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfprotocol.FramedOutput;
import io.auspex.netconfprotocol.Hello;
import io.auspex.netconfprotocol.MessageDecoder;
import io.auspex.netconfprotocol.NetconfNamespaces;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

/** One NETCONF session over SSH with a simulated device. */
final class DeviceClient implements AutoCloseable {
    private final SshClient ssh = SshClient.setUpDefaultClient();
    private final AtomicReference<@Nullable PublicKey> hostKey = new AtomicReference<>();
    private final MessageDecoder decoder = new MessageDecoder(1 << 20);
    private final ClientSession connection;
    private final InputStream in;
    private final FramedOutput out;
    private final Hello hello;

    DeviceClient(DeviceSimulator device, String password) throws Exception {
        ssh.setServerKeyVerifier((_, _, key) -> {
            hostKey.set(key);
            return true;
        });
        ssh.start();
        try {
            connection = ssh.connect("admin", "127.0.0.1", device.port())
                    .verify(10_000)
                    .getSession();
            connection.addPasswordIdentity(password);
            connection.auth().verify(10_000);
            var channel = connection.createSubsystemChannel("netconf");
            channel.open().verify(10_000);
            in = channel.getInvertedOut();
            out = new FramedOutput(channel.getInvertedIn());
            var mine = Capabilities.of(Capability.BASE_1_1);
            out.writeMessage(Hello.ofClient(mine).toBytes());
            hello = Hello.parse(next(Duration.ofSeconds(10)).getBytes(UTF_8));
            var framing = mine.framingWith(hello.capabilities());
            out.switchTo(framing);
            decoder.switchTo(framing, 16 << 20);
        } catch (Exception e) {
            ssh.stop();
            throw e;
        }
    }

    Hello hello() {
        return hello;
    }

    @Nullable
    PublicKey hostKey() {
        return hostKey.get();
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    String rpc(String operation) throws Exception {
        send(operation);
        return next(Duration.ofSeconds(10));
    }

    void send(String operation) throws IOException {
        out.writeMessage(
                ("<rpc xmlns='" + NetconfNamespaces.BASE + "' message-id='1'>" + operation + "</rpc>").getBytes(UTF_8));
    }

    /** The text of the first element of that name in what a get of the interfaces returns. */
    String value(String tree, String leaf) throws Exception {
        var reply =
                rpc("<get><filter><" + tree + " xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'/></filter></get>");
        var start = reply.indexOf("<" + leaf + ">");
        return start < 0
                ? "nothing"
                : reply.substring(start + leaf.length() + 2, reply.indexOf("</" + leaf + ">", start));
    }

    String next(Duration time) throws Exception {
        return CompletableFuture.supplyAsync(this::read, Thread::startVirtualThread)
                .get(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private String read() {
        var buffer = new byte[1 << 14];
        try {
            while (true) {
                var message = decoder.poll();
                if (message.isPresent()) {
                    return new String(message.get(), UTF_8);
                }
                var count = in.read(buffer);
                if (count < 0) {
                    return "";
                }
                decoder.feed(buffer, 0, count);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        ssh.stop();
    }
}
