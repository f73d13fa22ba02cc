package io.auspex.netconfsouthbound;

import io.auspex.netconfprotocol.Capabilities;
import java.time.Instant;

/**
 * How the session with a device is; while a device stays down for the same reason, the state and its {@code since} stay.
 *
 * <pre>
 *              ┌────────────── configuration changed ◄───────────────┐
 *              ▼                                                     │
 *  ──► Connecting ──hello──► Up ──end of transport, no replies──► Down ◄─┐
 *              │              └──malformed, stalled──► ProtocolFailed ◄──┤ each attempt ends in one of these
 *              └─────────────────────────────────────► AuthenticationFailed, HostKeyChanged
 *                                                        │  next attempt at retryAt
 *                                                        └──hello──► Up
 * </pre>
 */
public sealed interface DeviceState {
    /** Since when this is so. */
    Instant since();

    /** What happened, in words; empty when all is well. */
    String detail();

    /** The first attempt since the start or since a change of the configuration. */
    record Connecting(Instant since) implements DeviceState {
        @Override
        public String detail() {
            return "";
        }
    }

    /** The session is up and answers. */
    record Up(Instant since, long sessionId, Capabilities capabilities) implements DeviceState {
        @Override
        public String detail() {
            return "";
        }
    }

    /** The device cannot be reached, or the session broke. */
    record Down(Instant since, String detail, Instant retryAt) implements DeviceState {}

    /**
     * The device refused user or secret.
     *
     * @param tries refused logins in a row; from {@link SessionTimers#MAX_AUTHENTICATION_TRIES} on the device is left
     *     alone for the time of the hold
     */
    record AuthenticationFailed(Instant since, String detail, int tries, Instant retryAt) implements DeviceState {}

    /** The device showed another key than the pinned one; nothing was sent to it. */
    record HostKeyChanged(Instant since, String detail, Instant retryAt) implements DeviceState {}

    /** The device sent what is no NETCONF, broke a limit, or stopped in the middle of a message. */
    record ProtocolFailed(Instant since, String detail, Instant retryAt) implements DeviceState {}

    default boolean isUp() {
        return this instanceof Up;
    }

    /** The state after a failed attempt or a broken session; {@code since} is kept when the kind stays. */
    default DeviceState failed(SessionException why, Instant now, Instant retryAt) {
        var detail = String.valueOf(why.getMessage());
        return switch (why.kind()) {
            case UNREACHABLE, TIMEOUT -> new Down(this instanceof Down d ? d.since() : now, detail, retryAt);
            case AUTHENTICATION_FAILED ->
                this instanceof AuthenticationFailed a
                        ? new AuthenticationFailed(a.since(), detail, a.tries() + 1, retryAt)
                        : new AuthenticationFailed(now, detail, 1, retryAt);
            case HOST_KEY_CHANGED ->
                new HostKeyChanged(this instanceof HostKeyChanged h ? h.since() : now, detail, retryAt);
            case PROTOCOL_ERROR ->
                new ProtocolFailed(this instanceof ProtocolFailed p ? p.since() : now, detail, retryAt);
        };
    }
}
