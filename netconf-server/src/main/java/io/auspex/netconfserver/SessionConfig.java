package io.auspex.netconfserver;

import io.auspex.netconfprotocol.Capabilities;

/**
 * What all sessions of a server have in common.
 *
 * @param capabilities what the server says in its hello
 */
public record SessionConfig(Capabilities capabilities, SessionLimits limits, SessionTap tap) {
    public static SessionConfig of(Capabilities capabilities) {
        return new SessionConfig(capabilities, SessionLimits.DEFAULT, SessionTap.NONE);
    }
}
