package io.auspex.restconfserver.netty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A bare TCP client, for requests that no HTTP client would send. */
final class Wire implements AutoCloseable {
    private final Socket socket;

    Wire(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout(60_000);
    }

    Wire send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** All that comes until the server closes. */
    String all() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** What comes until a text has come. */
    String until(String text) throws IOException {
        var got = new StringBuilder();
        while (got.indexOf(text) < 0) {
            var b = socket.getInputStream().read();
            if (b < 0) {
                return got.toString();
            }
            got.append((char) b);
        }
        return got.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
