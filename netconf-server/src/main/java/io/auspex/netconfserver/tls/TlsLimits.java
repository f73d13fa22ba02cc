package io.auspex.netconfserver.tls;

import java.time.Duration;

/**
 * What TLS connections may cost at most.
 *
 * @param unauthenticated connections at a time whose handshake is not done; the oldest makes room for a new one
 * @param unauthenticatedPerSource the same from one address; a further one is refused
 * @param loginTime for the handshake
 * @param writeTime for one write
 */
public record TlsLimits(int unauthenticated, int unauthenticatedPerSource, Duration loginTime, Duration writeTime) {
    public static final TlsLimits DEFAULT = new TlsLimits(64, 8, Duration.ofSeconds(10), Duration.ofSeconds(30));
}
