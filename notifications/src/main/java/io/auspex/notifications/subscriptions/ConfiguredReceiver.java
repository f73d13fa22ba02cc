package io.auspex.notifications.subscriptions;

import io.auspex.notifications.Delivery;
import io.auspex.notifications.Notification;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One receiver of a configured subscription that is valid (RFC 8639 §2.5.1), served by a thread of its own.
 *
 * <pre>
 *         subscription-started sent      does not keep up
 * connecting ────────────────→ active ──────────────────→ suspended
 *   │ ↑ ↑    lost, reset         │  ↑      takes again      │
 *   │ │ └────────────────────────┘  └───────────────────────┘
 *   │ │ reset, other configuration
 *   ↓ │
 * disconnected (too long without an answer)
 * </pre>
 */
final class ConfiguredReceiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredReceiver.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final long NO_EVENT = -1;

    private final long subscription;
    private final String name;
    private final Parts parts;
    private final Pauses pauses;
    private final Supplier<? extends InnerNode> running;
    private final Runnable changed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Thread thread;
    private ReceiverSetup wanted;
    private boolean reset;
    private boolean looks;
    private boolean renewed;
    private @Nullable String terminated;
    private volatile State state = State.CONNECTING;
    private volatile @Nullable Intake intake;
    private volatile @Nullable String fault;
    private volatile boolean concluded;
    private long lastEvent = NO_EVENT;
    private Envelopes envelopes;
    private int failures;

    /** The states of the module. */
    enum State {
        CONNECTING,
        ACTIVE,
        SUSPENDED,
        DISCONNECTED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How long to wait for a receiver that does not answer.
     *
     * @param first before the second attempt; doubled from attempt to attempt until an event is taken
     * @param longest between two attempts
     * @param giveUp after that time in which no event could be sent no more attempts are made
     */
    record Pauses(Duration first, Duration longest, Duration giveUp) {
        static final Pauses DEFAULT = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofDays(1));

        Duration after(int failures) {
            var doubled = first.multipliedBy(1L << Math.min(failures - 1, 20));
            return doubled.compareTo(longest) > 0 ? longest : doubled;
        }
    }

    /** @param changed told when its state is another, from any thread; must not wait */
    ConfiguredReceiver(
            long subscription,
            String name,
            ReceiverSetup setup,
            Parts parts,
            Pauses pauses,
            Supplier<? extends InnerNode> running,
            Runnable changed) {
        this.subscription = subscription;
        this.name = name;
        this.wanted = setup;
        this.parts = parts;
        this.pauses = pauses;
        this.running = running;
        this.changed = changed;
        envelopes = parts.envelopes().begin();
        thread =
                Thread.ofVirtual().name("receiver " + subscription + " " + name).start(this::run);
    }

    String name() {
        return name;
    }

    State state() {
        return state;
    }

    long sent() {
        var from = intake;
        return from == null ? 0 : from.sent();
    }

    long excluded() {
        var from = intake;
        return from == null ? 0 : from.excluded();
    }

    /** Why it could not be reached when that was tried last; null when it could. */
    @Nullable
    String fault() {
        return fault;
    }

    /** True when there is nobody to whom anything would have to be sent now. */
    boolean hasNothingToSend() {
        return concluded || state == State.CONNECTING || state == State.DISCONNECTED;
    }

    /** Asks for something that its thread does next. */
    private void tell(Runnable order) {
        lock.lock();
        try {
            order.run();
            told.signalAll();
        } finally {
            lock.unlock();
        }
        var from = intake;
        if (from != null) {
            from.source().nudge();
        }
    }

    /** Goes on with another setup. */
    void modify(ReceiverSetup setup) {
        tell(() -> wanted = setup);
    }

    /** Connects again (RFC 8639 §2.5.5). */
    void reset() {
        tell(() -> {
            reset = true;
            become(State.CONNECTING);
        });
    }

    /** Looks whether it is still connected; if it is not, tries to be at once. */
    void look() {
        tell(() -> looks = true);
    }

    /** Ends, and begins again; the receiver is told so if it was told that the subscription has begun. */
    void renew() {
        tell(() -> renewed = true);
    }

    /** Ends, and tells the receiver why if it was told that the subscription has begun. */
    void terminate(String reason) {
        tell(() -> terminated = reason);
    }

    /** Looks after it from time to time. */
    void lookAfter() {
        var from = intake;
        if (from != null && state == State.ACTIVE && from.source().isBehind()) {
            become(State.SUSPENDED);
            from.source().nudge();
        }
    }

    private void become(State other) {
        if (state != other) {
            state = other;
            changed.run();
        }
    }

    private ReceiverSetup wanted() {
        lock.lock();
        try {
            reset = false;
            looks = false;
            renewed = false;
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        var silentSince = parts.clock().instant();
        try {
            while (!isOver()) {
                var setup = wanted();
                try (var channel = setup.transport().open(setup.instance(), running.get())) {
                    var abilities = channel.connect();
                    new Delivering(setup, channel, abilities).run();
                    failures = 0;
                } catch (IOException | YangException | RuntimeException e) {
                    if (++failures == 1) {
                        silentSince = parts.clock().instant();
                    }
                    failed(e);
                    var givenUp = silentSince
                            .plus(pauses.giveUp())
                            .isBefore(parts.clock().instant());
                    become(givenUp ? State.DISCONNECTED : State.CONNECTING);
                    if (awaitOrder(setup, givenUp ? null : pauses.after(failures))) {
                        failures = 0;
                        become(State.CONNECTING);
                    }
                }
            }
        } catch (InterruptedException _) {
            // closed
        } finally {
            var from = intake;
            if (from != null) {
                from.close();
            }
            become(State.DISCONNECTED);
        }
    }

    private void failed(Exception e) {
        var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (!why.equals(fault)) {
            LOG.atWarn()
                    .addKeyValue("subscription", subscription)
                    .addKeyValue("receiver", name)
                    .log("receiver not reached: " + why);
        }
        fault = why;
        changed.run();
    }

    private boolean isOver() {
        lock.lock();
        try {
            return terminated != null || concluded;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an order or a look, no longer than a pause; null is no pause. True when to begin afresh is ordered. */
    private boolean awaitOrder(ReceiverSetup setup, @Nullable Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = pause == null ? Long.MAX_VALUE : pause.toNanos();
            while (!reset && !looks && terminated == null && wanted == setup && left > 0) {
                left = told.awaitNanos(left);
            }
            return reset || wanted != setup;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** Delivering over a channel that is connected, until that is lost or something else is ordered. */
    private final class Delivering {
        private final ReceiverTransport.Channel channel;
        private final ReceiverTransport.Abilities abilities;
        private final Intake from;
        private ReceiverSetup setup;
        private String encoding;

        Delivering(ReceiverSetup setup, ReceiverTransport.Channel channel, ReceiverTransport.Abilities abilities)
                throws IOException, YangException {
            this.setup = setup;
            this.channel = channel;
            this.abilities = abilities;
            encoding = encoding(setup);
            if (envelopes.isOn() != parts.envelopes().isOn()) {
                envelopes = parts.envelopes().begin();
            }
            from = begin(terms(setup));
            intake = from;
        }

        private String encoding(ReceiverSetup of) throws IOException {
            var chosen = of.encoding().or(() -> abilities.encodings().stream().findFirst());
            if (chosen.isEmpty() || !abilities.encodings().contains(chosen.get())) {
                throw new IOException("the receiver takes " + abilities.encodings()
                        + chosen.map(c -> ", not " + c).orElse(", none of which is known here"));
            }
            return chosen.get();
        }

        private Terms terms(ReceiverSetup of) {
            return of.terms().withEncoding(encoding);
        }

        /** Where it is in what it has not taken from yet. */
        private void beginAt(@Nullable Intake before, Target target) {
            if (before == null || !before.isOf(target)) {
                lastEvent = target instanceof Target.Stream stream && stream.replayStartTime() == null
                        ? stream.stream().lastId()
                        : NO_EVENT;
            }
        }

        /** Where it was when a receiver was connected before: of a stream after the last event that it has. */
        private Intake begin(Terms terms) throws YangException {
            var before = intake;
            beginAt(before, terms.target());
            var principal = abilities.user().orElse(setup.principal());
            if (before == null) {
                return new Intake(subscription, principal, terms, parts);
            }
            before.receivedBy(principal);
            switch (terms.target()) {
                case Target.Stream _ -> {
                    before.modify(terms);
                    if (lastEvent == NO_EVENT) {
                        before.restart();
                    } else {
                        before.goOnAfter(lastEvent);
                    }
                }
                case Target.Datastore _ -> before.skip(terms);
            }
            return before;
        }

        void run() throws IOException, InterruptedException, YangException {
            about(parts.schemas().started(now(), subscription, terms(setup).with(setup.told()), setup));
            fault = null;
            become(State.ACTIVE);
            while (goesOn()) {
                try {
                    if (state == State.SUSPENDED) {
                        resume();
                    } else {
                        take(from.source().next(LOOK));
                    }
                } catch (SubscriptionEndedException e) {
                    switch (e.reason()) {
                        case OVERFLOW, REPLAY_FAILED -> become(State.SUSPENDED);
                        case CLOSED, COMPLETED, STREAM_CLOSED -> throw new InterruptedException();
                    }
                }
            }
        }

        private Instant now() {
            return parts.clock().instant();
        }

        /** False when it is not to go on over this channel. */
        private boolean goesOn() throws IOException, InterruptedException, YangException {
            ReceiverSetup other;
            String reason;
            lock.lock();
            try {
                if (concluded || reset) {
                    return false;
                }
                looks = false;
                other = wanted;
                reason = terminated == null && renewed ? "no-such-subscription" : terminated;
            } finally {
                lock.unlock();
            }
            if (channel.isLost()) {
                throw new IOException("the connection has ended");
            }
            if (reason != null) {
                about(parts.schemas().terminated(now(), subscription, reason));
                become(State.CONNECTING);
                return false;
            }
            if (other != setup) {
                if (other.isElsewhere(setup)) {
                    become(State.CONNECTING);
                    return false;
                }
                modify(other);
                // What was ordered meanwhile has woken the source that was.
                return goesOn();
            }
            return true;
        }

        private void modify(ReceiverSetup other) throws IOException, InterruptedException, YangException {
            encoding = encoding(other);
            beginAt(from, other.terms().target());
            if (state == State.SUSPENDED) {
                about(parts.schemas().suspended(now(), subscription, "unsupportable-volume"));
                from.skip(terms(other));
            } else {
                from.modify(terms(other));
            }
            setup = other;
            about(parts.schemas().modified(now(), subscription, terms(other).with(other.told()), other));
            become(State.ACTIVE);
        }

        /** It takes again: it goes on with what is new. */
        private void resume() throws IOException, InterruptedException, YangException {
            about(parts.schemas().suspended(now(), subscription, "unsupportable-volume"));
            from.skip(from.terms());
            about(parts.schemas().resumed(now(), subscription));
            become(State.ACTIVE);
        }

        private void take(@Nullable Delivery delivery) throws IOException, InterruptedException {
            switch (delivery) {
                case Delivery.Event event -> {
                    if (send(event.notification())) {
                        from.counted();
                    }
                    failures = 0;
                    if (event.id() != 0) {
                        lastEvent = event.id();
                    }
                }
                case Delivery.ReplayComplete complete -> {
                    about(parts.schemas().replayCompleted(complete.at(), subscription));
                    from.replayed();
                }
                case Delivery.Complete complete -> {
                    about(parts.schemas().completed(complete.at(), subscription));
                    concluded = true;
                }
                case null -> {}
            }
        }

        private void about(Notification stateChange) throws IOException, InterruptedException {
            if (abilities.stateChanges()) {
                send(stateChange);
            }
        }

        private boolean send(Notification notification) throws IOException, InterruptedException {
            var taken = channel.send(new Outgoing("", notification, envelopes.next()), encoding);
            if (!taken) {
                failed(new IOException("the receiver refused a "
                        + notification.content().schema().name()));
            }
            return taken;
        }
    }
}
