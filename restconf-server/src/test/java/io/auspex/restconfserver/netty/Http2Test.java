package io.auspex.restconfserver.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.restconfserver.http.HttpLimits;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP/2 with prior knowledge, frame by frame (RFC 9113), as no well-behaved client sends it. */
@Timeout(60)
class Http2Test {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int ENHANCE_YOUR_CALM = 11;

    private final EchoHandler handler = new EchoHandler();
    private HttpServer server;
    private Socket socket;
    private DataInputStream in;

    @BeforeEach
    void connect() throws IOException {
        server = new HttpServer(handler, HttpLimits.DEFAULT, 1 << 20, 1);
        var address = server.listenPlain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(60_000);
        in = new DataInputStream(socket.getInputStream());
        write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        server.close();
    }

    private record Frame(int type, int flags, int stream, byte[] payload) {
        int errorCode() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private static byte[] bytes(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        write(bytes(type, flags, stream, payload));
    }

    private Frame read() throws IOException {
        var head = new byte[9];
        in.readFully(head);
        var buffer = ByteBuffer.wrap(head);
        var length = (buffer.get() & 0xff) << 16 | (buffer.getShort() & 0xffff);
        var type = buffer.get();
        var flags = buffer.get();
        var stream = buffer.getInt();
        var payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, flags, stream, payload);
    }

    private Frame until(int type) throws IOException {
        while (true) {
            var frame = read();
            if (frame.type() == type) {
                return frame;
            }
        }
    }

    /** A header block without compression: literal fields never indexed (RFC 7541 §6.2.3). */
    private static byte[] block(String... fields) {
        var block = new ByteArrayOutputStream();
        for (var i = 0; i < fields.length; i += 2) {
            block.write(0x10);
            for (var text : new String[] {fields[i], fields[i + 1]}) {
                var value = text.getBytes(StandardCharsets.US_ASCII);
                if (value.length < 127) {
                    block.write(value.length);
                } else {
                    block.write(127);
                    var rest = value.length - 127;
                    while (rest >= 128) {
                        block.write(rest % 128 + 128);
                        rest /= 128;
                    }
                    block.write(rest);
                }
                block.writeBytes(value);
            }
        }
        return block.toByteArray();
    }

    private static byte[] get(String path) {
        return block(":method", "GET", ":scheme", "http", ":path", path, ":authority", "a");
    }

    @Test
    void aRequestIsAnswered() throws IOException {
        // When
        frame(HEADERS, END_STREAM | END_HEADERS, 1, get("/x?y"));

        // Then
        assertThat(until(DATA).payload()).asString(StandardCharsets.UTF_8).isEqualTo("GET /x?y");
    }

    @Test
    void a90TheServerSaysHowManyStreamsAndHeadersItTakes() throws IOException {
        // When
        var settings = ByteBuffer.wrap(until(SETTINGS).payload());

        // Then
        var text = new StringBuilder();
        while (settings.hasRemaining()) {
            text.append(settings.getShort())
                    .append('=')
                    .append(settings.getInt())
                    .append(' ');
        }
        assertThat(text.toString()).contains("3=100 ", "6=16384 ");
    }

    @Test
    void a86StreamsOpenedAndResetInAHurryEndTheConnection() throws IOException {
        // Given
        var all = new ByteArrayOutputStream();
        for (var stream = 1; stream < 2000; stream += 2) {
            all.writeBytes(bytes(HEADERS, END_STREAM | END_HEADERS, stream, get("/x")));
            all.writeBytes(bytes(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
        }

        // When
        write(all.toByteArray());

        // Then
        assertThat(until(GOAWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }

    @Test
    void a88HeadersThatNeverEndEndTheConnection() throws IOException {
        // Given
        var all = new ByteArrayOutputStream();
        all.writeBytes(bytes(HEADERS, END_STREAM, 1, get("/x")));
        for (var i = 0; i < 1000; i++) {
            all.writeBytes(bytes(CONTINUATION, 0, 1, new byte[0]));
        }

        // When
        write(all.toByteArray());

        // Then
        assertThat(until(GOAWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }

    @Test
    void a89PingsWhoseAnswersNobodyReadsEndTheConnection() throws IOException {
        // Given
        var pings = new ByteArrayOutputStream();
        for (var i = 0; i < 10_000; i++) {
            pings.writeBytes(bytes(PING, 0, 0, new byte[8]));
        }

        // When
        var ended = false;
        try {
            for (var i = 0; i < 200 && !ended; i++) {
                write(pings.toByteArray());
                ended = in.available() > (16 << 20);
            }
            until(GOAWAY);
            ended = true;
        } catch (SocketException | EOFException _) {
            ended = true;
        }

        // Then
        assertThat(ended).isTrue();
    }

    @Test
    void a89EmptyDataFramesInAFloodEndTheConnection() throws IOException {
        // Given
        var all = new ByteArrayOutputStream();
        all.writeBytes(bytes(
                HEADERS,
                END_HEADERS,
                1,
                block(":method", "POST", ":scheme", "http", ":path", "/body", ":authority", "a")));
        for (var i = 0; i < 1000; i++) {
            all.writeBytes(bytes(DATA, 0, 1, new byte[0]));
        }

        // When
        write(all.toByteArray());

        // Then
        assertThat(until(GOAWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }

    @Test
    void a89HeadersThatAreTooLargeAreRefusedAndTheNextRequestIsServed() throws IOException {
        // When
        var large = "x".repeat(9_000);
        frame(
                HEADERS,
                END_STREAM,
                1,
                block(":method", "GET", ":scheme", "http", ":path", "/x", ":authority", "a", "x", large));
        frame(CONTINUATION, END_HEADERS, 1, block("y", large));
        frame(HEADERS, END_STREAM | END_HEADERS, 3, get("/next"));

        // Then
        Frame frame;
        do {
            frame = read();
        } while (frame.stream() != 3 || frame.type() != DATA);
        assertThat(handler.requests).hasValue(1);
    }

    @Test
    void a87ABodyLongerThanItsDeclaredLengthIsAnError() throws IOException {
        // When
        frame(
                HEADERS,
                END_HEADERS,
                1,
                block(
                        ":method",
                        "POST",
                        ":scheme",
                        "http",
                        ":path",
                        "/body",
                        ":authority",
                        "a",
                        "content-length",
                        "1"));
        frame(DATA, END_STREAM, 1, new byte[] {'a', 'b'});

        // Then
        assertThat(until(RST_STREAM).stream()).isEqualTo(1);
    }

    @Test
    void aStreamThatIsResetTellsItsReply() throws Exception {
        // Given
        frame(HEADERS, END_STREAM | END_HEADERS, 1, get("/events"));
        until(DATA);

        // When
        frame(RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});

        // Then
        assertThat(handler.disconnected.await(30, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
    }
}
