package io.auspex.ittests.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests that no client library sends. */
final class RawHttp {
    /** The end of a request of user admin: version, headers, no content. */
    static final String HEADERS =
            " HTTP/1.1\nHost: 127.0.0.1\nAuthorization: Basic YWRtaW46YWRtaW4=\nConnection: close\n\n";

    private static final int PATIENCE = 30_000;
    private static final int MOST = 1 << 16;

    private RawHttp() {}

    static String get(int port, String target) throws IOException {
        return send(port, "GET " + target + HEADERS);
    }

    /** As {@link #send}, with content that comes in a packet for each byte, as long as the server takes it. */
    static String sendBytewise(int port, String head, String content) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            socket.setTcpNoDelay(true);
            var out = socket.getOutputStream();
            out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            for (var one : content.getBytes(StandardCharsets.UTF_8)) {
                if (socket.getInputStream().available() > 0) {
                    break;
                }
                out.write(one);
            }
            return new String(socket.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    /** Sends a head with line ends of Unix; the answer as far as it comes before the server closes or says enough. */
    static String send(int port, String head) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }
}
