package io.auspex.restconfserver.http;

import java.time.Duration;

/**
 * The limits of the HTTP edge.
 *
 * @param connections most open connections; more are closed at once
 * @param connectionsPerSource most open connections of one address
 * @param requests most requests in work at one time; more are answered 503
 * @param uriBytes longest request line; 414
 * @param headerBytes largest header section; 431
 * @param headerFields most header fields; 431
 * @param headerTime to receive a whole header section, the TLS handshake included; the connection is closed
 * @param idleTime between requests; the connection is closed
 * @param bodyRate least bytes per second of a request body over any {@code bodyGrace}; 408
 * @param bodyGrace how long a body may be slower than that
 * @param writeTime for the peer to take a buffer of a reply; the connection is closed
 * @param streams most streams of one HTTP/2 connection
 */
public record HttpLimits(
        int connections,
        int connectionsPerSource,
        int requests,
        int uriBytes,
        int headerBytes,
        int headerFields,
        Duration headerTime,
        Duration idleTime,
        int bodyRate,
        Duration bodyGrace,
        Duration writeTime,
        int streams) {
    public static final HttpLimits DEFAULT = new HttpLimits(
            4096,
            1024,
            4096,
            8 << 10,
            16 << 10,
            200,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            1 << 10,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            100);
}
