package io.auspex.netconfserver;

import io.auspex.access.Principal;
import io.auspex.management.DatastoreControl;
import io.auspex.management.Management;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** All sessions of a server, whatever their transport: opens them, ends those that take too long, and counts. */
public final class NetconfSessions implements AutoCloseable {
    private static final long SWEEP_MILLIS = 500;

    private final SessionConfig config;
    private final RpcProcessor processor;
    private final DatastoreControl control;
    private final InstantSource clock;
    private final Instant startTime;
    private final TreeMap<Long, NetconfSession> open = new TreeMap<>();
    private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("netconf-deadlines").factory());
    private long lastId;
    private boolean closed;
    final SessionCounters counters = new SessionCounters();
    final LongAdder badHellos = new LongAdder();
    final LongAdder opened = new LongAdder();
    final LongAdder dropped = new LongAdder();

    public NetconfSessions(Management management, SessionConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.startTime = clock.instant();
        this.control = management.control();
        this.processor = new RpcProcessor(new Operations(management, this, config.urls()), config);
        var _ = sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** As {@link #open(Principal, String, Duration, String)}, with the client's call and the idle time of the limits. */
    public NetconfSession open(Principal principal, String transport) throws TooManySessionsException {
        return open(principal, transport, config.limits().idleTime(), null);
    }

    /**
     * Makes a session that its transport then starts.
     *
     * @param transport an identity of ietf-netconf-monitoring, such as {@code netconf-ssh}
     * @param idleTime after which it ends when it asks nothing; zero for never
     * @param client the client's name in the configuration, when the server has called it
     * @throws TooManySessionsException a limit is reached, or the server stops
     */
    public NetconfSession open(Principal principal, String transport, Duration idleTime, @Nullable String client)
            throws TooManySessionsException {
        synchronized (open) {
            var limits = config.limits();
            var ofUser = open.values().stream()
                    .filter(s -> s.principal().name().equals(principal.name()))
                    .count();
            if (closed || open.size() >= limits.sessions() || ofUser >= limits.sessionsPerUser()) {
                throw new TooManySessionsException(
                        closed
                                ? "the server stops"
                                : open.size() >= limits.sessions()
                                        ? "there are " + limits.sessions() + " sessions already"
                                        : "user " + principal.name() + " has " + limits.sessionsPerUser()
                                                + " sessions already");
            }
            var session = new NetconfSession(
                    ++lastId, principal, transport, idleTime, client, this, config, processor, clock);
            open.put(session.id(), session);
            opened.increment();
            return session;
        }
    }

    /** The sessions of this moment, by number. */
    public Collection<NetconfSession> all() {
        synchronized (open) {
            return List.copyOf(open.values());
        }
    }

    public Optional<NetconfSession> find(long id) {
        synchronized (open) {
            return Optional.ofNullable(open.get(id));
        }
    }

    /** How many sessions and messages there were so far. */
    public SessionStatistics statistics() {
        return new SessionStatistics(
                all().size(),
                opened.sum(),
                dropped.sum(),
                badHellos.sum(),
                counters.inRpcs.sum(),
                counters.inBadRpcs.sum(),
                counters.outRpcErrors.sum(),
                counters.outNotifications.sum());
    }

    /** When this server was started. */
    public Instant startTime() {
        return startTime;
    }

    Instant now() {
        return clock.instant();
    }

    /** Locks, candidate and commits of the server that the sessions are of. */
    DatastoreControl control() {
        return control;
    }

    /** Tells of sessions that begin and end, from now on. */
    public void listen(SessionListener listener) {
        listeners.add(listener);
    }

    /** @param ownCandidate true when the client wants its candidate for itself (draft-ietf-netconf-privcand) */
    void started(NetconfSession session, boolean ownCandidate) {
        if (ownCandidate) {
            ScopedValue.where(DatastoreControl.SESSION, session.id()).run(control::usePrivateCandidate);
        }
        listeners.forEach(l -> l.started(session));
    }

    void ended(NetconfSession session, SessionEnd end, boolean wasReady) {
        synchronized (open) {
            open.remove(session.id());
        }
        ScopedValue.where(Principal.CURRENT, session.principal())
                .where(DatastoreControl.SESSION, session.id())
                .run(() -> control.ended(session.id()));
        if (wasReady) {
            listeners.forEach(l -> l.ended(session, end));
        }
    }

    private void sweep() {
        var now = clock.instant();
        all().forEach(s -> s.checkDeadlines(now));
    }

    /** Ends every session and opens no more. */
    @Override
    public void close() {
        synchronized (open) {
            closed = true;
        }
        sweeper.shutdownNow();
        all().forEach(s -> s.close(new SessionEnd(SessionEnd.Reason.OTHER, "the server stops")));
    }
}
