package io.auspex.netconfserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to one client, which this server opens (RFC 8071 §4): whenever it ends, another is opened, after a pause
 * that grows as long as no session comes of it.
 */
public final class CallHome implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallHome.class);

    private final InetSocketAddress client;
    private final Call call;
    private final Duration firstPause;
    private final Duration longestPause;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Connects to a client and serves it. */
    @FunctionalInterface
    public interface Call {
        /**
         * Returns when the connection has ended.
         *
         * @return true when a session was opened on it
         * @throws IOException the client does not answer
         */
        boolean serve(InetSocketAddress client) throws IOException, InterruptedException;
    }

    /** Begins to call. */
    public CallHome(InetSocketAddress client, Call call, Duration firstPause, Duration longestPause) {
        this.client = client;
        this.call = call;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        Thread.ofVirtual().name("call-home-" + client).start(this::run);
    }

    /** With a pause of a second at first, of a minute at most. */
    public static CallHome to(InetSocketAddress client, Call call) {
        return new CallHome(client, call, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    private void run() {
        var pause = firstPause;
        try {
            do {
                if (served()) {
                    pause = firstPause;
                } else {
                    pause = pause.multipliedBy(2).compareTo(longestPause) > 0 ? longestPause : pause.multipliedBy(2);
                }
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            // as closed
        }
    }

    private boolean served() throws InterruptedException {
        try {
            return call.serve(client);
        } catch (IOException | RuntimeException e) {
            LOG.atInfo().addKeyValue("client", client).log("call home failed: " + e.getMessage());
            return false;
        }
    }

    /** Calls no more; a connection that is open is for its transport to close. */
    @Override
    public void close() {
        closed.countDown();
    }
}
