package io.auspex.netconfserver;

import java.net.InetSocketAddress;

/** An address that a transport listens at. */
public interface Door extends AutoCloseable {
    /** With the port that is listened on, which is never 0. */
    InetSocketAddress address();

    /** Lets nobody in any more; who is in stays. */
    @Override
    void close();
}
