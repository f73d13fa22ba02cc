package io.auspex.netconfserver.ssh.sockets;

import java.time.Duration;
import org.apache.sshd.common.Factory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Sockets for SSH on virtual threads: one reads each connection, and whoever writes waits until the bytes are with the
 * kernel. So nothing piles up for a peer that does not read, and no request is handed from thread to thread.
 *
 * @see SocketSession
 */
public final class BlockingSockets extends AbstractCloseable implements IoServiceFactory {
    private final Duration writeTime;
    private @Nullable IoServiceEventListener listener;

    private BlockingSockets(Duration writeTime) {
        this.writeTime = writeTime;
    }

    /** @param writeTime a peer that takes longer for a packet is cut off */
    public static IoServiceFactoryFactory within(Duration writeTime) {
        return new IoServiceFactoryFactory() {
            @Override
            public IoServiceFactory create(FactoryManager manager) {
                return new BlockingSockets(writeTime);
            }

            @Override
            public void setExecutorServiceFactory(Factory<CloseableExecutorService> factory) {
                // there is no pool of threads
            }
        };
    }

    @Override
    public IoConnector createConnector(IoHandler handler) {
        return new SocketConnector(handler, writeTime, listener);
    }

    @Override
    public IoAcceptor createAcceptor(IoHandler handler) {
        return new SocketAcceptor(handler, writeTime, listener);
    }

    @Override
    public @Nullable IoServiceEventListener getIoServiceEventListener() {
        return listener;
    }

    @Override
    public void setIoServiceEventListener(@Nullable IoServiceEventListener eventListener) {
        listener = eventListener;
    }
}
