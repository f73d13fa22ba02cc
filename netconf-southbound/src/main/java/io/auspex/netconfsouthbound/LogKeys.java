package io.auspex.netconfsouthbound;

/** The names of the values in this module's log events. */
final class LogKeys {
    static final String DEVICE = "device";
    static final String DETAIL = "detail";
    static final String SESSION = "session-id";
    static final String STATE = "state";

    private LogKeys() {}
}
