package io.auspex.netconfserver;

import java.io.IOException;

/**
 * What a session sends of its own accord, between its replies (RFC 5277 §2.2, RFC 8640 §6).
 *
 * <p>The queue is with the feed: it is asked for nothing, and sends the next message when the peer has taken the one before.
 */
public interface NotificationFeed extends AutoCloseable {
    /**
     * Sends until there is nothing more to send; on a virtual thread of its own, which is interrupted when the session ends.
     *
     * @throws IOException the peer cannot be written to; the session ends
     */
    void run(Sink sink) throws IOException, InterruptedException;

    /** Lets go what it holds: called when it is over or the session ends, perhaps before it was run, perhaps twice. */
    @Override
    void close();

    /** Where the messages of a feed go. */
    interface Sink {
        /**
         * Sends one whole message; waits until the peer takes it.
         *
         * @throws IOException the peer cannot be written to, or took too long
         */
        void send(byte[] notification) throws IOException;
    }
}
