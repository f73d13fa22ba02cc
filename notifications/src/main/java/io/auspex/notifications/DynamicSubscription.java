package io.auspex.notifications;

import io.auspex.access.AccessControl;
import io.auspex.notifications.SubscriptionEndedException.Reason;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that a subscriber established (RFC 8639 §2.4), for one receiver.
 *
 * <pre>
 *          does not keep up            takes again
 * active ───────────────────→ suspended ─────────→ active
 *   │ deleted, killed, stop time      │ too long
 *   └──────────────→ ended ←──────────┘
 * </pre>
 */
public final class DynamicSubscription implements AutoCloseable {
    private static final Duration ROUNDING = Duration.ofNanos(1);

    private final long id;
    private final Subscriber subscriber;
    private final Parts parts;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong excluded = new AtomicLong();
    private final ArrayDeque<Notification> due = new ArrayDeque<>();
    private volatile Terms terms;
    private volatile Receiver receiver;
    private volatile @Nullable Instant suspendedSince;
    private volatile @Nullable Instant idleSince;
    private volatile @Nullable Ending ending;

    /** What all subscriptions share. */
    record Parts(
            SubscriptionSchema schemas,
            AccessControl access,
            InstantSource clock,
            Consumer<DynamicSubscription> gone) {}

    private record Ending(Reason reason, String why) {}

    DynamicSubscription(long id, Subscriber subscriber, Terms terms, Parts parts) throws YangException {
        this.id = id;
        this.subscriber = subscriber;
        this.terms = terms;
        this.parts = parts;
        idleSince = parts.clock().instant();
        receiver = (Receiver) terms.stream().subscribe(this::isWanted, terms.replayStartTime(), terms.stopTime());
    }

    public long id() {
        return id;
    }

    /** The encoding to send it in: {@code encode-xml} or {@code encode-json}. */
    public String encoding() {
        return terms.encoding();
    }

    Subscriber subscriber() {
        return subscriber;
    }

    Terms terms() {
        return terms;
    }

    long sent() {
        return sent.get();
    }

    long excluded() {
        return excluded.get();
    }

    /** The state of its receiver, as in the module. */
    String state() {
        return suspendedSince == null ? "active" : "suspended";
    }

    /** Asked for every event when it is taken, so that the rules of that moment count. */
    private boolean isWanted(Notification event) {
        var wanted = parts.access()
                        .mayReceive(
                                subscriber.principal(),
                                event.content().schema(),
                                event.parent().orElse(null))
                && terms.filter().test(event);
        if (!wanted) {
            excluded.incrementAndGet();
        }
        return wanted;
    }

    /**
     * The next notification to send: an event, or one about the subscription itself; waits for it.
     *
     * @return null when none came in time
     * @throws SubscriptionEndedException when nothing more will come and all was taken
     */
    public @Nullable Notification next(Duration timeout) throws InterruptedException, SubscriptionEndedException {
        var start = System.nanoTime();
        while (true) {
            var end = ending;
            var about = takeDue();
            if (about != null) {
                return about;
            }
            if (end != null) {
                throw new SubscriptionEndedException(end.reason(), end.why());
            }
            if (suspendedSince != null) {
                resume();
                continue;
            }
            try {
                var left = timeout.minusNanos(System.nanoTime() - start);
                switch (receiver.next(left.isNegative() ? Duration.ZERO : left)) {
                    case Delivery.Event event -> {
                        sent.incrementAndGet();
                        return event.notification();
                    }
                    case Delivery.ReplayComplete complete -> {
                        return parts.schemas().replayCompleted(complete.at(), id);
                    }
                    case Delivery.Complete _ -> end(Reason.COMPLETED, "the stop time is reached");
                    case null -> {
                        if (ending == null && isNothingDue() && left.compareTo(ROUNDING) < 0) {
                            return null;
                        }
                    }
                }
            } catch (SubscriptionEndedException e) {
                if (e.reason() == Reason.OVERFLOW) {
                    suspend();
                } else if (ending == null && isNothingDue()) {
                    end(e.reason(), String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private @Nullable Notification takeDue() {
        synchronized (due) {
            return due.poll();
        }
    }

    private boolean isNothingDue() {
        synchronized (due) {
            return due.isEmpty();
        }
    }

    private void tell(Notification about) {
        synchronized (due) {
            due.add(about);
        }
        receiver.nudge();
    }

    private synchronized void suspend() {
        if (suspendedSince == null && ending == null) {
            suspendedSince = parts.clock().instant();
            tell(parts.schemas().suspended(parts.clock().instant(), id, "unsupportable-volume"));
        }
    }

    /** Its receiver takes again: it goes on with what is new. */
    private synchronized void resume() {
        if (ending != null) {
            return;
        }
        try {
            receiver.close();
            receiver = (Receiver) terms.stream().subscribe(this::isWanted, null, terms.stopTime());
            suspendedSince = null;
            tell(parts.schemas().resumed(parts.clock().instant(), id));
        } catch (YangException e) {
            terminate("insufficient-resources");
        }
    }

    /**
     * Looks after it from time to time.
     *
     * @param patience how long it may be suspended, or without anybody who takes from it
     */
    void lookAfter(Duration patience) {
        var now = parts.clock().instant();
        var since = suspendedSince;
        var idle = idleSince;
        if (since != null && since.plus(patience).isBefore(now)) {
            terminate("suspension-timeout");
        } else if (idle != null && idle.plus(patience).isBefore(now)) {
            end(Reason.CLOSED, "nobody came to receive it");
        } else if (receiver.lag() >= receiver.limit()) {
            suspend();
        }
    }

    /** True while a thread waits in {@link #next}. */
    boolean isWaiting() {
        return receiver.isWaiting();
    }

    /** Begins to take, as a transport has to do before {@link #next}; false when someone else does already. */
    public synchronized boolean attach() {
        var free = idleSince != null;
        idleSince = null;
        return free && ending == null;
    }

    /** Goes on with other terms. */
    synchronized void modify(Terms other) {
        terms = other;
        receiver.stopAt(other.stopTime());
    }

    /** The filter that it refers to has changed. */
    synchronized void filterChanged(Terms other) {
        terms = other;
        tell(parts.schemas().modified(parts.clock().instant(), id, other));
    }

    /** Ends it, and tells its receiver why. */
    void terminate(String reason) {
        tell(parts.schemas().terminated(parts.clock().instant(), id, reason));
        end(Reason.CLOSED, "the subscription was terminated: " + reason);
    }

    private void end(Reason reason, String why) {
        synchronized (this) {
            if (ending != null) {
                return;
            }
            ending = new Ending(reason, why);
        }
        receiver.close();
        parts.gone().accept(this);
    }

    /** Ends it, because its subscriber or the connection to it says so. */
    @Override
    public void close() {
        end(Reason.CLOSED, "the subscription was closed");
    }
}
