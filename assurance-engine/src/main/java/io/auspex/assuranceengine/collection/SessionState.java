package io.auspex.assuranceengine.collection;

import java.util.Locale;

/** How the session with a device stands. */
public enum SessionState {
    /** Not up, and nothing failed so far. */
    CONNECTING,
    UP,
    /** Was up or should be, and is not: refused, closed, timed out. */
    LOST,
    /** The device refuses the credentials. */
    AUTH_FAILED,
    /** The device shows another host key than the one that is pinned. */
    HOST_KEY_CHANGED,
    /** The device sent what NETCONF does not allow. */
    PROTOCOL_ERROR;

    /** The state as the text that expressions compare: {@code up}, {@code auth-failed}, … */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
