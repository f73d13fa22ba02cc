package io.auspex.netconfsouthbound;

/** Sets up sessions over one kind of transport. */
interface Connector extends AutoCloseable {
    /**
     * Connects, logs in and exchanges hellos; blocks at most for the device's timers.
     *
     * @throws SessionException by its kind, why there is no session
     */
    NetconfClientSession connect(DeviceConfig config, SessionListener listener)
            throws SessionException, InterruptedException;

    @Override
    void close();
}
