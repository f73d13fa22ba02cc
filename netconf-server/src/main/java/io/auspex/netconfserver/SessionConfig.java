package io.auspex.netconfserver;

import io.auspex.netconfprotocol.Capabilities;

/**
 * What all sessions of a server have in common.
 *
 * @param capabilities what the server says in its hello
 * @param urls the configurations outside of the server that operations may name
 */
public record SessionConfig(Capabilities capabilities, SessionLimits limits, SessionTap tap, UrlStore urls) {
    /** Without URLs. */
    public SessionConfig(Capabilities capabilities, SessionLimits limits, SessionTap tap) {
        this(capabilities, limits, tap, UrlStore.OFF);
    }

    public static SessionConfig of(Capabilities capabilities) {
        return new SessionConfig(capabilities, SessionLimits.DEFAULT, SessionTap.NONE);
    }
}
