package io.auspex.benchmarks.restconf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;

/** HTTP/1.1 over keep-alive connections, one request at a time on each, all by one thread. */
final class LoadClient implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final Selector selector = Selector.open();
    private final Supplier<byte[]> requests;

    /** @param requests makes the next request whole; its answer has a Content-Length or none */
    LoadClient(int port, int connections, Supplier<byte[]> requests) throws IOException {
        this.requests = requests;
        for (var i = 0; i < connections; i++) {
            var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.socket().setTcpNoDelay(true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(BUFFER));
        }
    }

    /** Makes so many requests. */
    void run(int count) throws IOException {
        var sent = 0;
        for (var key : selector.keys()) {
            if (sent < count) {
                send((SocketChannel) key.channel());
                sent++;
            }
        }
        for (var answered = 0; answered < count; ) {
            selector.select();
            var ready = selector.selectedKeys();
            for (var key : ready) {
                if (answered(key)) {
                    answered++;
                    if (sent < count) {
                        send((SocketChannel) key.channel());
                        sent++;
                    }
                }
            }
            ready.clear();
        }
    }

    private void send(SocketChannel channel) throws IOException {
        var request = ByteBuffer.wrap(requests.get());
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /** Reads what there is; true when an answer is whole. */
    private static boolean answered(SelectionKey key) throws IOException {
        var buffer = (ByteBuffer) key.attachment();
        var read = ((SocketChannel) key.channel()).read(buffer);
        if (read < 0) {
            throw new IOException("the server has closed the connection");
        }
        if (read == 0) {
            return false;
        }
        var text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        if (end < 0 || buffer.position() < end + 4 + length(text, end)) {
            return false;
        }
        if (text.charAt("HTTP/1.1 ".length()) != '2') {
            throw new IOException(text);
        }
        buffer.clear();
        return true;
    }

    private static int length(String text, int end) {
        var name = "content-length: ";
        var at = text.substring(0, end).toLowerCase(Locale.ROOT).indexOf(name);
        if (at < 0) {
            return 0;
        }
        var start = at + name.length();
        var line = text.indexOf('\r', start);
        return Integer.parseInt(text.substring(start, line));
    }

    @Override
    public void close() throws IOException {
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
