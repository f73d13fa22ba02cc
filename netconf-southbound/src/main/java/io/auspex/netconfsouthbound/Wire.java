package io.auspex.netconfsouthbound;

import java.io.OutputStream;

/** The transport under a session, as far as the session needs it; what arrives is pushed into the session. */
interface Wire {
    /** Bytes to the device; a write may block until the transport's own deadline. */
    OutputStream output();

    /** Ends the transport at once; may be called more than once and from any thread. */
    void close();
}
