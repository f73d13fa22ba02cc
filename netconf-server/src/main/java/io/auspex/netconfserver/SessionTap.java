package io.auspex.netconfserver;

import io.auspex.yang.error.YangException;
import java.io.OutputStream;

/** Stands between a server and its sessions, as a simulated device does to misbehave. */
public interface SessionTap {
    /** Does nothing. */
    SessionTap NONE = new SessionTap() {};

    /** Called before an operation is done, on the session's own thread. */
    default void before(String operation) throws YangException, InterruptedException {}

    /** What a session's bytes, framing included, go through on their way to the transport. */
    default OutputStream output(OutputStream transport) {
        return transport;
    }
}
