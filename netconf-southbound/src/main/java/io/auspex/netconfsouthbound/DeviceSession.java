package io.auspex.netconfsouthbound;

import io.auspex.netconfsouthbound.SessionException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one device on one virtual thread: connects, collects, and after a failure tries again when
 * {@link RetryPolicy} says; the states are those of {@link DeviceState}.
 */
final class DeviceSession {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSession.class);
    private static final int MAX_TIMEOUTS = 2;
    private static final Duration HELD = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final String name;
    private final Shared shared;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final DrawnPlan plan = new DrawnPlan();
    private DeviceConfig config;
    private boolean configChanged;
    private boolean stopped;
    private boolean interruptible = true;
    private RetryPolicy retries;
    private volatile DeviceState state;
    private volatile @Nullable NetconfClientSession session;
    private volatile @Nullable Telemetry telemetry;
    private @Nullable Telemetry told;
    private volatile NotificationQueue inbox = new NotificationQueue(System::nanoTime);
    private @Nullable Thread thread;

    /** What all devices use together. */
    record Shared(
            Connector ssh,
            Connector tcp,
            Semaphore connecting,
            DeviceListener listener,
            InstantSource clock,
            RandomGenerator random) {
        Connector connector(DeviceConfig config) {
            return switch (config.transport()) {
                case SSH -> ssh;
                case PLAIN_TCP -> tcp;
            };
        }
    }

    DeviceSession(DeviceConfig config, Shared shared) {
        this.name = config.name();
        this.config = config;
        this.shared = shared;
        this.retries = new RetryPolicy(config.timers(), shared.random());
        this.state = new DeviceState.Connecting(shared.clock().instant());
    }

    void start() {
        thread = Thread.ofVirtual().name("device-" + name).start(this::run);
    }

    DeviceState state() {
        return state;
    }

    /** How values come in over the session that is up now. */
    Optional<Telemetry> telemetry() {
        return session == null ? Optional.empty() : Optional.ofNullable(telemetry);
    }

    /** The session that is up now. */
    Optional<NetconfClientSession> session() {
        return Optional.ofNullable(session);
    }

    /** Takes effect at once: a session with the old configuration is closed, a pause ends. */
    void configure(DeviceConfig newConfig) {
        signal(() -> {
            if (!config.equals(newConfig)) {
                config = newConfig;
                configChanged = true;
            }
        });
    }

    void collect(Supplier<CollectionPlan> newPlan) {
        signal(() -> plan.outdated(newPlan));
    }

    void stop() {
        signal(() -> {
            stopped = true;
            if (interruptible && thread != null) {
                thread.interrupt();
            }
        });
    }

    boolean awaitStop(Duration timeout) throws InterruptedException {
        var running = thread;
        return running == null || running.join(timeout);
    }

    private void run() {
        tell(l -> l.stateChanged(name, state));
        try {
            while (true) {
                var attempt = nextAttempt();
                if (attempt.isEmpty()) {
                    return;
                }
                SessionException why;
                try {
                    why = runSession(attempt.get());
                } catch (SessionException e) {
                    why = e;
                } catch (RuntimeException e) {
                    LOG.atError().addKeyValue(LogKeys.DEVICE, name).setCause(e).log("session failed by our own fault");
                    why = new SessionException(Kind.UNREACHABLE, "internal fault, see the log", e);
                }
                session = null;
                if (!isStoppedOrReconfigured()) {
                    var pause = retries.afterFailure(why.kind());
                    var now = shared.clock().instant();
                    enter(state.failed(why, now, now.plus(pause)));
                    pause(pause);
                }
            }
        } catch (InterruptedException e) {
            LOG.atDebug().addKeyValue(LogKeys.DEVICE, name).log("device stopped");
        } finally {
            session = null;
        }
    }

    /** The configuration to connect with; empty when the device was removed. */
    private Optional<DeviceConfig> nextAttempt() {
        boolean isNew;
        DeviceConfig attempt;
        lock.lock();
        try {
            if (stopped) {
                return Optional.empty();
            }
            isNew = configChanged;
            configChanged = false;
            attempt = config;
        } finally {
            lock.unlock();
        }
        if (isNew) {
            retries = new RetryPolicy(attempt.timers(), shared.random());
            enter(new DeviceState.Connecting(shared.clock().instant()));
        }
        return Optional.of(attempt);
    }

    /** Connects and collects until the session ends; returns why it did. */
    private SessionException runSession(DeviceConfig attempt) throws SessionException, InterruptedException {
        NetconfClientSession open;
        inbox = new NotificationQueue(System::nanoTime);
        shared.connecting().acquire();
        try {
            open = shared.connector(attempt).connect(attempt, new WakeUp(inbox));
        } finally {
            shared.connecting().release();
        }
        session = open;
        telemetry = null;
        told = null;
        var upSince = shared.clock().instant();
        enter(new DeviceState.Up(upSince, open.sessionId(), open.capabilities()));
        try {
            var modules = DeviceModules.learn(open);
            tell(l -> l.modulesLearned(attempt.name(), modules));
            var collector = new SessionCollector(attempt, open, modules, inbox, shared.clock());
            collectUntilEnd(collector, open, upSince);
        } catch (SessionException e) {
            return e;
        } finally {
            sayGoodbye(open);
        }
        return open.end().orElseThrow();
    }

    /** Not interruptible, or the device would not hear it. */
    private void sayGoodbye(NetconfClientSession open) {
        setInterruptible(false);
        var interrupted = Thread.interrupted();
        open.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        setInterruptible(true);
    }

    private void setInterruptible(boolean now) {
        lock.lock();
        try {
            interruptible = now;
        } finally {
            lock.unlock();
        }
    }

    private void collectUntilEnd(SessionCollector collector, NetconfClientSession open, Instant upSince)
            throws SessionException, InterruptedException {
        var current = plan.draw();
        collector.follow(current);
        var schedule = new PollSchedule(current.period(), shared.random(), System.nanoTime());
        while (open.isOpen() && !isStoppedOrReconfigured()) {
            var hasAsked = collector.isAsking();
            pass(collector, collector.heard());
            collector.mend();
            if (collector.isAsking()) {
                var end = System.nanoTime() + NetconfClientSession.SLICE.toNanos();
                waitForChange(now -> Math.min(end - now, collector.untilMend(now)), open, collector);
                continue;
            }
            if (hasAsked) {
                endOfCollection(collector, open, schedule, upSince);
                continue;
            }
            var old = current;
            current = plan.draw();
            if (current != old) {
                collector.follow(current);
                if (!old.period().equals(current.period()) || !old.paths().containsAll(current.paths())) {
                    schedule.restart(current.period(), System.nanoTime());
                }
            }
            var begun = System.nanoTime();
            var next = begun + (current.paths().isEmpty() ? IDLE.toNanos() : schedule.untilNext(begun));
            if (next > begun) {
                waitForChange(
                        now -> Math.min(Math.min(next - now, plan.untilDue(now)), collector.untilMend(now)),
                        open,
                        collector);
                continue;
            }
            pass(collector, collector.collect());
            endOfCollection(collector, open, schedule, upSince);
        }
        if (collector.isAsking()) {
            pass(collector, collector.heard());
        }
    }

    private void endOfCollection(
            SessionCollector collector, NetconfClientSession open, PollSchedule schedule, Instant upSince) {
        if (open.timeoutsInARow() >= MAX_TIMEOUTS) {
            open.end(new SessionException(
                    Kind.UNREACHABLE, "the device left " + MAX_TIMEOUTS + " rpcs in a row without a reply"));
        }
        if (!collector.isAsking()) {
            schedule.collected(System.nanoTime());
        }
        if (!shared.clock().instant().isBefore(upSince.plus(HELD))) {
            retries.reset();
        }
    }

    private void pass(SessionCollector collector, List<MetricSample> samples) {
        if (!samples.isEmpty()) {
            tell(l -> l.collected(name, samples));
        }
        var before = told;
        var now = collector.telemetry();
        telemetry = now;
        if (now.isNews(before)) {
            told = now;
            if (now.isClockBeyondLimit() && (before == null || !before.isClockBeyondLimit())) {
                LOG.atWarn()
                        .addKeyValue(LogKeys.DEVICE, name)
                        .addKeyValue(LogKeys.DETAIL, now.clock())
                        .log("the device's clock is not ours");
            }
            tell(l -> l.telemetryChanged(name, now));
        }
    }

    private void enter(DeviceState next) {
        state = next;
        (next.detail().isEmpty() ? LOG.atInfo() : LOG.atWarn())
                .addKeyValue(LogKeys.DEVICE, name)
                .addKeyValue(LogKeys.STATE, next.getClass().getSimpleName())
                .addKeyValue(LogKeys.DETAIL, next.detail())
                .log("device state");
        tell(l -> l.stateChanged(name, next));
    }

    private void tell(Consumer<DeviceListener> event) {
        try {
            event.accept(shared.listener());
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue(LogKeys.DEVICE, name).setCause(e).log("listener failed");
        }
    }

    private void pause(Duration duration) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = duration.toNanos();
            while (left > 0 && !stopped && !configChanged) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** @param patience the nanoseconds that are left at a moment */
    private void waitForChange(LongUnaryOperator patience, NetconfClientSession open, SessionCollector collector)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopped && !configChanged && open.isOpen() && inbox.isEmpty() && !collector.isAnswered()) {
                var left = patience.applyAsLong(System.nanoTime());
                if (left <= 0) {
                    return;
                }
                changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isStoppedOrReconfigured() {
        lock.lock();
        try {
            return stopped || configChanged;
        } finally {
            lock.unlock();
        }
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the device's thread when it says something, or when its session ends. */
    private final class WakeUp implements SessionListener {
        private final NotificationQueue queue;

        WakeUp(NotificationQueue queue) {
            this.queue = queue;
        }

        @Override
        public void notification(byte[] message) {
            if (queue.offer(message, shared.clock().instant())) {
                signal(() -> {});
            }
        }

        @Override
        public void replied() {
            signal(() -> {});
        }

        @Override
        public void ended(SessionException why) {
            signal(() -> {});
        }
    }
}
