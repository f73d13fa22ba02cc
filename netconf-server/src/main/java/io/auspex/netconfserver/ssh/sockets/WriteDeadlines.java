package io.auspex.netconfserver.ssh.sockets;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.io.IoSession;

/** Cuts connections whose peer takes too long for a piece of what is written: who writes to a socket waits without a deadline of its own. */
final class WriteDeadlines implements AutoCloseable {
    private static final Duration LEAST = Duration.ofMillis(50);

    private final Duration writeTime;
    private final Collection<IoSession> sessions;
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile boolean closed;

    WriteDeadlines(Duration writeTime, Collection<IoSession> sessions) {
        this.writeTime = writeTime;
        this.sessions = sessions;
    }

    /** Begins, if it has not begun. */
    void watch() {
        if (watched.compareAndSet(false, true)) {
            Thread.ofVirtual().name("netconf-write-deadlines").start(this::run);
        }
    }

    private void run() {
        var pause = writeTime.dividedBy(8);
        try {
            while (!closed) {
                Thread.sleep(pause.compareTo(LEAST) < 0 ? LEAST : pause);
                var now = System.nanoTime();
                for (var session : sessions) {
                    if (session instanceof SocketSession one && one.writesSince(now - writeTime.toNanos())) {
                        session.close(true);
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
