package io.auspex.netconfserver;

/** Ends the transport of a session. */
@FunctionalInterface
public interface HangUp {
    /**
     * Called once.
     *
     * @param cut true to drop the connection, false to let go what was written and close in order
     */
    void end(boolean cut);
}
