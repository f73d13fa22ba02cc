package io.auspex.netconfsouthbound;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * The deadlines of a device's session.
 *
 * @param connect until the transport is up and the login done, each
 * @param hello from our hello to the device's
 * @param rpc from an rpc to its reply
 * @param stall the longest pause within one message
 * @param keepAlive between probes; a silent peer is given up after two probes without an answer
 * @param retryBase the first pause before a new attempt is a random part of it, each further bound twice the last
 * @param retryCap the upper bound of these pauses
 * @param authenticationHold the pause after {@link #MAX_AUTHENTICATION_TRIES} refused logins
 */
public record SessionTimers(
        Duration connect,
        Duration hello,
        Duration rpc,
        Duration stall,
        Duration keepAlive,
        Duration retryBase,
        Duration retryCap,
        Duration authenticationHold) {
    /** Refused logins in a row after which a device is left alone, so that no account is locked. */
    public static final int MAX_AUTHENTICATION_TRIES = 3;

    public static final SessionTimers DEFAULT = new SessionTimers(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(8),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15));

    /** The same with another upper bound of the pauses between attempts. */
    public SessionTimers withRetryCap(Duration cap) {
        return new SessionTimers(connect, hello, rpc, stall, keepAlive, retryBase, cap, authenticationHold);
    }

    /** As {@code 2 s} or {@code 0.5 s}. */
    static String text(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
