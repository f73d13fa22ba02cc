package io.auspex.benchmarks.netconf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.auspex.netconfprotocol.Capabilities;
import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfprotocol.FramedOutput;
import io.auspex.netconfprotocol.Framing;
import io.auspex.netconfprotocol.Hello;
import io.auspex.netconfprotocol.MessageDecoder;
import io.auspex.netconfprotocol.NetconfNamespaces;
import io.auspex.netconfprotocol.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;

/** A NETCONF session over SSH that does no more than send operations and take the replies. */
final class NetconfClient implements AutoCloseable {
    private static final long PATIENCE = 120_000;
    private static final int MOST_BYTES = 1 << 30;
    private static final byte[] REFUSED = "<rpc-error>".getBytes(UTF_8);

    private final ClientSession connection;
    private final ChannelSubsystem channel;
    private final InputStream in;
    private final FramedOutput out;
    private final MessageDecoder decoder = new MessageDecoder(Hello.MAX_BYTES);
    private final byte[] buffer = new byte[64 << 10];
    private int lastId;

    private NetconfClient(ClientSession connection, ChannelSubsystem channel) {
        this.connection = connection;
        this.channel = channel;
        this.in = channel.getInvertedOut();
        this.out = new FramedOutput(channel.getInvertedIn());
    }

    /** @param login adds what the user proves itself with */
    static NetconfClient connect(SshClient ssh, String user, int port, Consumer<ClientSession> login)
            throws IOException {
        var connection = ssh.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession();
        login.accept(connection);
        connection.auth().verify(PATIENCE);
        var channel = connection.createSubsystemChannel("netconf");
        channel.open().verify(PATIENCE);
        var client = new NetconfClient(connection, channel);
        client.out.writeMessage(
                Hello.ofClient(Capabilities.of(Capability.BASE_1_1)).toBytes());
        client.next();
        client.out.switchTo(Framing.CHUNKED);
        client.decoder.switchTo(Framing.CHUNKED, MOST_BYTES);
        return client;
    }

    /**
     * Does an operation.
     *
     * @return the bytes of the reply
     * @throws IOException the session ended, or the operation was refused
     */
    byte[] call(String operation) throws IOException {
        out.writeMessage(("<rpc xmlns=\"" + NetconfNamespaces.BASE + "\" message-id=\"" + ++lastId + "\">" + operation
                        + "</rpc>")
                .getBytes(UTF_8));
        var reply = next();
        if (indexOf(reply, REFUSED) >= 0) {
            throw new IOException(new String(reply, UTF_8));
        }
        return reply;
    }

    /** How many operations were asked for. */
    long calls() {
        return lastId;
    }

    /** Where an error would begin: just behind the start of the reply. */
    private static int indexOf(byte[] text, byte[] part) {
        for (var i = 0; i < Math.min(text.length - part.length, 256); i++) {
            if (java.util.Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    private byte[] next() throws IOException {
        try {
            while (true) {
                var message = decoder.poll();
                if (message.isPresent()) {
                    return message.get();
                }
                var count = in.read(buffer);
                if (count < 0) {
                    throw new IOException("the session ended");
                }
                decoder.feed(buffer, 0, count);
            }
        } catch (ProtocolException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close(true);
        connection.close(true);
    }
}
