package io.auspex.netconfserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.auspex.access.Principal;
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
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The client's end of a session whose transport is a pair of pipes. */
final class SessionPeer implements AutoCloseable {
    private final Pipe up = new Pipe();
    private final Pipe down = new Pipe();
    private final OutputStream toServer = up.out;
    private final InputStream fromServer = down.in;
    private final MessageDecoder decoder = new MessageDecoder(1 << 20);
    private final FramedOutput framed = new FramedOutput(toServer);
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    final NetconfSession session;
    private int lastId;

    private SessionPeer(NetconfSession session) {
        this.session = session;
        session.start(up.in, down.out, cut -> {
            try {
                down.out.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            ended.complete(cut);
        });
    }

    /** A session that waits for the hello. */
    static SessionPeer connect(NetconfSessions sessions, String user) throws IOException {
        return new SessionPeer(sessions.open(new Principal(user, Set.of(), "netconf test"), "netconf-ssh"));
    }

    /** A session after the hellos. */
    static SessionPeer ready(NetconfSessions sessions, String user, Capability... base) throws Exception {
        var peer = connect(sessions, user);
        peer.greet(base);
        return peer;
    }

    void greet(Capability... base) throws Exception {
        var mine =
                Capabilities.of(base.length == 0 ? new Capability[] {Capability.BASE_1_0, Capability.BASE_1_1} : base);
        message(new String(Hello.ofClient(mine).toBytes(), UTF_8));
        var framing = mine.framingWith(hello().capabilities());
        decoder.switchTo(framing, 64 << 20);
        framed.switchTo(framing);
    }

    Hello hello() throws Exception {
        return Hello.parse(next().getBytes(UTF_8));
    }

    Framing framing() {
        return framed.framing();
    }

    /** Sends bytes as they are. */
    void raw(byte[] bytes) throws IOException {
        toServer.write(bytes);
        toServer.flush();
    }

    void raw(String text) throws IOException {
        raw(text.getBytes(UTF_8));
    }

    /** Sends one message with the framing of the session. */
    void message(String xml) throws IOException {
        framed.writeMessage(xml.getBytes(UTF_8));
    }

    /** Sends an operation and waits for the reply. */
    String rpc(String operation) throws Exception {
        send(operation);
        return next();
    }

    /** Sends an operation. */
    int send(String operation) throws IOException {
        lastId++;
        message("<rpc xmlns='" + NetconfNamespaces.BASE + "' message-id='" + lastId + "'>" + operation + "</rpc>");
        return lastId;
    }

    /** The next message of the server. */
    String next() throws Exception {
        return CompletableFuture.supplyAsync(this::read, Thread::startVirtualThread)
                .get(60, TimeUnit.SECONDS);
    }

    /** Whether the server cut the session; waits for its end. */
    boolean cut() throws Exception {
        return ended.get(60, TimeUnit.SECONDS);
    }

    boolean isOpen() {
        return !ended.isDone();
    }

    private String read() {
        var buffer = new byte[1 << 14];
        try {
            while (true) {
                var message = decoder.poll();
                if (message.isPresent()) {
                    return new String(message.get(), UTF_8);
                }
                var count = fromServer.read(buffer);
                if (count < 0) {
                    return "";
                }
                decoder.feed(buffer, 0, count);
            }
        } catch (IOException | ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        toServer.close();
    }
}
