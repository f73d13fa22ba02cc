package io.auspex.netconfserver;

/** Told of the sessions that exchanged their hellos. */
public interface SessionListener {
    void started(NetconfSession session);

    void ended(NetconfSession session, SessionEnd end);
}
