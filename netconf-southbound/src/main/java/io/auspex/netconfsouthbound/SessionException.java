package io.auspex.netconfsouthbound;

import java.io.IOException;

/** A session could not be set up, or broke, or an rpc got no reply in time. */
public final class SessionException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What to do about it differs by kind. */
    public enum Kind {
        /** No transport, or it ended. */
        UNREACHABLE,
        /** The device refused user or secret. */
        AUTHENTICATION_FAILED,
        /** The device showed another key than the pinned one. */
        HOST_KEY_CHANGED,
        /** The device sent what is no NETCONF, broke a limit or stopped in the middle of a message. */
        PROTOCOL_ERROR,
        /** No reply in time; the session is still there. */
        TIMEOUT
    }

    private final Kind kind;

    public SessionException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public SessionException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
