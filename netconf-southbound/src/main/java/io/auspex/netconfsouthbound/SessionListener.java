package io.auspex.netconfsouthbound;

/** Who hears what a session's device sends unasked; called on transport threads, must not block. */
interface SessionListener {
    /** A notification arrived, as a whole unparsed message. */
    void notification(byte[] message);

    /** A reply arrived for somebody who waits for it. */
    void replied();

    /** The session is over; called once. */
    void ended(SessionException why);
}
