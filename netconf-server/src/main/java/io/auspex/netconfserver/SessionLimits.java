package io.auspex.netconfserver;

import io.auspex.yang.InputLimits;
import java.time.Duration;

/**
 * What NETCONF sessions may cost at most, whatever their transport.
 *
 * @param sessions at a time
 * @param sessionsPerUser at a time
 * @param helloTime from the start of a session to the peer's hello
 * @param idleTime from the last reply to the next rpc, where nothing is subscribed to
 * @param rpcsPerSecond of one session; what it asks for beyond is refused with resource-denied
 * @param subscriptions of one session
 * @param xml of one message
 */
public record SessionLimits(
        int sessions,
        int sessionsPerUser,
        Duration helloTime,
        Duration idleTime,
        int rpcsPerSecond,
        int subscriptions,
        InputLimits xml) {
    public static final SessionLimits DEFAULT =
            new SessionLimits(256, 16, Duration.ofSeconds(10), Duration.ofHours(1), 10_000, 16, InputLimits.DEFAULT);

    public SessionLimits {
        if (sessions < 1 || sessionsPerUser < 1 || rpcsPerSecond < 1 || subscriptions < 1) {
            throw new IllegalArgumentException("every limit is at least 1");
        }
    }
}
