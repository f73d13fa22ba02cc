package io.auspex.netconfserver;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to one client, which this server opens (RFC 8071 §4): whenever it ends, another is opened, after a pause
 * that grows as long as no session comes of it.
 *
 * <pre>
 *            answers                 ends
 * CONNECTING ───────► CONNECTED ───────────► WAITING ─┐
 *   ▲    └────────────────────────────────────▲       │
 *   │              does not answer                    │ pause
 *   └─────────────────────────────────────────────────┘
 * </pre>
 */
public final class CallHome implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallHome.class);

    private final Plan plan;
    private final Call call;
    private final Pauses pauses;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile State state;

    /** One place that the client may be at. */
    public record Target(String name, String host, int port) {
        @Override
        public String toString() {
            return name + " (" + host + ":" + port + ")";
        }
    }

    /** Which target a new series of calls begins with. */
    public enum StartWith {
        FIRST_LISTED,
        LAST_CONNECTED,
        RANDOM_SELECTION
    }

    /**
     * Whom to call, and how (the reconnect-strategy of draft-ietf-netconf-netconf-client-server).
     *
     * @param targets at least one
     * @param maxWait for a target to answer
     * @param maxAttempts at one target in a row
     */
    public record Plan(List<Target> targets, StartWith startWith, Duration maxWait, int maxAttempts) {
        public Plan {
            targets = List.copyOf(targets);
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("nobody to call");
            }
        }
    }

    /** The first pause between two calls, and the longest. */
    public record Pauses(Duration first, Duration longest) {
        public static final Pauses DEFAULT = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1));

        Duration after(Duration pause) {
            var next = pause.multipliedBy(2);
            return next.compareTo(longest) > 0 ? longest : next;
        }
    }

    public enum Status {
        CONNECTING,
        CONNECTED,
        WAITING
    }

    /**
     * How it stands.
     *
     * @param attempts calls in a row that no session came of
     * @param lastError why the last call failed; null when none has
     */
    public record State(
            Status status,
            Target target,
            int attempts,
            @Nullable String lastError,
            Instant since) {}

    /** Connects to a client and serves it. */
    @FunctionalInterface
    public interface Call {
        /**
         * Returns when the connection has ended.
         *
         * @param patience for the client to answer
         * @param answered to be told when it does
         * @return true when a session was opened on it
         * @throws IOException the client does not answer
         */
        boolean serve(Target target, Duration patience, Runnable answered) throws IOException, InterruptedException;
    }

    /** Begins to call. */
    public CallHome(Plan plan, Call call, Pauses pauses, InstantSource clock) {
        this.plan = plan;
        this.call = call;
        this.pauses = pauses;
        this.clock = clock;
        state = new State(Status.CONNECTING, plan.targets().getFirst(), 0, null, clock.instant());
        Thread.ofVirtual().name("call-home-" + plan.targets().getFirst()).start(this::run);
    }

    public State state() {
        return state;
    }

    private void run() {
        var pause = pauses.first();
        var lastConnected = 0;
        var at = start(lastConnected);
        var attempts = 0;
        try {
            do {
                var target = plan.targets().get(at);
                var error = serve(target, attempts);
                if (error == null) {
                    attempts = 0;
                    pause = pauses.first();
                    lastConnected = at;
                    at = start(lastConnected);
                } else {
                    attempts++;
                    pause = attempts == 1 ? pauses.first() : pauses.after(pause);
                    at = attempts % plan.maxAttempts() == 0
                            ? (at + 1) % plan.targets().size()
                            : at;
                }
                state = new State(Status.WAITING, target, attempts, error, clock.instant());
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            // as closed
        }
    }

    private int start(int lastConnected) {
        return switch (plan.startWith()) {
            case FIRST_LISTED -> 0;
            case LAST_CONNECTED -> lastConnected;
            case RANDOM_SELECTION ->
                ThreadLocalRandom.current().nextInt(plan.targets().size());
        };
    }

    /** @return null when a session came of it, else why none did */
    private @Nullable String serve(Target target, int attempts) throws InterruptedException {
        var before = state.lastError();
        state = new State(Status.CONNECTING, target, attempts, before, clock.instant());
        try {
            var answered = call.serve(
                    target,
                    plan.maxWait(),
                    () -> state = new State(Status.CONNECTED, target, attempts, before, clock.instant()));
            return answered ? null : target + ": the connection ended before a session was opened";
        } catch (IOException | RuntimeException e) {
            var why = target + ": " + e.getMessage();
            LOG.atInfo().addKeyValue("client", target).log("call home failed: " + why);
            return why;
        }
    }

    /** Calls no more; a connection that is open is for its transport to close. */
    @Override
    public void close() {
        closed.countDown();
    }
}
