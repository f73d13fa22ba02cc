package io.auspex.benchmarks.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.auspex.netconfprotocol.Capabilities;
import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfprotocol.FramedOutput;
import io.auspex.netconfprotocol.Framing;
import io.auspex.netconfprotocol.Hello;
import io.auspex.netconfprotocol.MessageDecoder;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.Rpc;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.yang.InputLimits;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A device that takes one subscription on a bare connection, and tells of its parts what and when the benchmark wants. */
final class PushingDevice implements AutoCloseable {
    private static final String SUBSCRIBED = "urn:ietf:params:xml:ns:yang:ietf-subscribed-notifications";
    private static final String PUSH = "urn:ietf:params:xml:ns:yang:ietf-yang-push";
    private static final int OUTPUT_BYTES = 1 << 16;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable FramedOutput output;
    private @Nullable BufferedOutputStream buffer;
    /** What each part's first metric has, as far as it was told to have another value. */
    private final Map<Integer, Integer> changed = new HashMap<>();

    private int parts;
    private int value;
    private long patch;

    PushingDevice() throws IOException {
        Thread.ofPlatform().daemon().name("pushing-device").start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    void awaitSubscription() throws InterruptedException {
        if (!subscribed.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody subscribed");
        }
    }

    private void serve() {
        try (var socket = listener.accept()) {
            socket.setTcpNoDelay(true);
            buffer = new BufferedOutputStream(socket.getOutputStream(), OUTPUT_BYTES);
            output = new FramedOutput(buffer);
            var capabilities = Capabilities.of(
                    List.of(Capability.BASE_1_1.uri(), "urn:bench?module=bench", PUSH + "?module=ietf-yang-push"));
            say(Hello.ofServer(capabilities, 1).toBytes());
            flush();
            var decoder = new MessageDecoder(Hello.MAX_BYTES);
            var in = socket.getInputStream();
            var bytes = new byte[OUTPUT_BYTES];
            var ready = false;
            for (var count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                decoder.feed(bytes, 0, count);
                for (var message = decoder.poll(); message.isPresent(); message = decoder.poll()) {
                    if (ready) {
                        answer(Rpc.parse(message.get(), InputLimits.DEFAULT));
                    } else {
                        decoder.switchTo(Framing.CHUNKED, InputLimits.DEFAULT.messageBytes());
                        output.switchTo(Framing.CHUNKED);
                        ready = true;
                    }
                }
            }
        } catch (IOException | ProtocolException e) {
            // the end of the benchmark
        }
    }

    private void answer(Rpc rpc) throws IOException {
        var establish = rpc.operation().name().equals("establish-subscription");
        RpcReply reply = establish
                ? new RpcReply.Data(List.of(XmlElement.leaf(SUBSCRIBED, "id", "1")), List.of())
                : new RpcReply.Ok();
        say(reply.toBytes(rpc.head()));
        flush();
        if (rpc.operation().name().equals("resync-subscription")) {
            update(parts, value);
        }
        if (establish) {
            subscribed.countDown();
        }
    }

    private void say(byte[] message) throws IOException {
        writing.lock();
        try {
            var out = output;
            if (out != null) {
                out.writeMessage(message);
            }
        } finally {
            writing.unlock();
        }
    }

    void flush() throws IOException {
        writing.lock();
        try {
            if (buffer != null) {
                buffer.flush();
            }
        } finally {
            writing.unlock();
        }
    }

    /** All that is selected, every metric of every part with this value but where a change has told another since. */
    void update(int newParts, int newValue) throws IOException {
        writing.lock();
        try {
            parts = newParts;
            value = newValue;
            notification(contents());
        } finally {
            writing.unlock();
        }
        flush();
    }

    private StringBuilder contents() {
        var content = new StringBuilder(
                "<push-update xmlns='" + PUSH + "'><id>1</id><datastore-contents><parts xmlns='urn:bench'>");
        for (var i = 0; i < parts; i++) {
            content.append("<part><name>part").append(i).append("</name>");
            for (var m = 0; m < Parts.METRICS; m++) {
                content.append("<m")
                        .append(m)
                        .append('>')
                        .append(m == 0 ? changed.getOrDefault(i, value) : value)
                        .append("</m")
                        .append(m)
                        .append('>');
            }
            content.append("</part>");
        }
        return content.append("</parts></datastore-contents></push-update>");
    }

    /** The first metric of one part has another value; sent with the next flush, or when enough waits. */
    void change(int part, int newValue) throws IOException {
        writing.lock();
        try {
            changed.put(part, newValue);
            notification(change(part, 0, newValue));
        } finally {
            writing.unlock();
        }
    }

    private StringBuilder change(int part, int metric, int newValue) {
        return new StringBuilder(
                        "<push-change-update xmlns='" + PUSH + "'><id>1</id><datastore-changes><yang-patch><patch-id>")
                .append(patch++)
                .append(
                        "</patch-id><edit><edit-id>edit1</edit-id><operation>replace</operation><target>/bench:parts/part=part")
                .append(part)
                .append("/m")
                .append(metric)
                .append("</target><value><m")
                .append(metric)
                .append(" xmlns='urn:bench'>")
                .append(newValue)
                .append("</m")
                .append(metric)
                .append("></value></edit></yang-patch></datastore-changes></push-change-update>");
    }

    private void notification(StringBuilder content) throws IOException {
        say(("<notification xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'><eventTime>" + Instant.now()
                        + "</eventTime>" + content + "</notification>")
                .getBytes(UTF_8));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
