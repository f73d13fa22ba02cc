package io.auspex.netconfserver.ssh;

import java.time.Duration;

/**
 * What SSH connections may cost at most.
 *
 * @param unauthenticated connections at a time whose peer has not logged in; the oldest makes room for a new one
 * @param unauthenticatedPerSource the same from one address; a further one is refused
 * @param connectionsPerUser logged in at a time
 * @param channels of one connection
 * @param attempts to log in on one connection
 * @param loginTime from the connection to the login, and from there to the first subsystem
 * @param loginBytes received before the login
 * @param writeTime in which a peer takes a packet that is written to it
 * @param keepAlive between probes of a peer, which has as long to answer
 */
public record SshLimits(
        int unauthenticated,
        int unauthenticatedPerSource,
        int connectionsPerUser,
        int channels,
        int attempts,
        Duration loginTime,
        int loginBytes,
        Duration writeTime,
        Duration keepAlive) {
    public static final SshLimits DEFAULT = new SshLimits(
            64, 8, 16, 8, 6, Duration.ofSeconds(10), 256 << 10, Duration.ofSeconds(30), Duration.ofSeconds(25));

    public SshLimits {
        if (unauthenticated < 1
                || unauthenticatedPerSource < 1
                || connectionsPerUser < 1
                || channels < 1
                || attempts < 1
                || loginBytes < 1) {
            throw new IllegalArgumentException("every limit is at least 1");
        }
    }
}
