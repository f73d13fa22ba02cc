package io.auspex.notifications.subscriptions;

import io.auspex.notifications.Delivery;
import io.auspex.notifications.Notification;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.notifications.SubscriptionEndedException.Reason;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
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
    private static final int MOST_DUE = 64;

    private final long id;
    private final Subscriber subscriber;
    private final Parts parts;
    private final Consumer<DynamicSubscription> gone;
    private final ArrayDeque<Notification> due = new ArrayDeque<>();
    private final Resumption resumption;
    private final Intake intake;
    private volatile @Nullable Connection connection;
    private volatile @Nullable Instant suspendedSince;
    private volatile Instant idleSince;
    private volatile @Nullable Ending ending;

    private record Ending(Reason reason, String why) {}

    /** @param gone told when it has ended */
    DynamicSubscription(long id, Subscriber subscriber, Terms terms, Parts parts, Consumer<DynamicSubscription> gone)
            throws YangException {
        this.id = id;
        this.subscriber = subscriber;
        this.parts = parts;
        this.gone = gone;
        idleSince = parts.clock().instant();
        var lastEvent = switch (terms.target()) {
            case Target.Stream stream ->
                stream.replayStartTime() == null ? stream.stream().lastId() : 0;
            case Target.Datastore _ -> 0;
        };
        resumption = new Resumption(
                !terms.grace().isZero(), lastEvent, parts.envelopes().begin());
        intake = new Intake(id, subscriber.principal(), terms, parts);
    }

    public long id() {
        return id;
    }

    /** The encoding to send it in: {@code encode-xml} or {@code encode-json}. */
    public String encoding() {
        return intake.terms().encoding();
    }

    Subscriber subscriber() {
        return subscriber;
    }

    Terms terms() {
        return intake.terms();
    }

    long sent() {
        return intake.sent();
    }

    long excluded() {
        return intake.excluded();
    }

    /** The state of its receiver, as in the module. */
    String state() {
        return suspendedSince == null ? "active" : "suspended";
    }

    /** What a transport takes the notifications from; one at a time of a subscription is connected. */
    public final class Connection implements AutoCloseable {
        private Connection() {}

        /** The encoding to send in: {@code encode-xml} or {@code encode-json}. */
        public String encoding() {
            return intake.terms().encoding();
        }

        /**
         * The next notification to send: an event, or one about the subscription itself; waits for it.
         *
         * @return null when none came in time
         * @throws SubscriptionEndedException when nothing more will come and all was taken, or another connection took over
         */
        public @Nullable Outgoing next(Duration timeout) throws InterruptedException, SubscriptionEndedException {
            var start = System.nanoTime();
            while (true) {
                var ready = ready(this);
                if (ready != null) {
                    return ready;
                }
                var left = timeout.minusNanos(System.nanoTime() - start);
                var taken = take(left.isNegative() ? Duration.ZERO : left);
                if (taken != null) {
                    return taken;
                }
                if (left.compareTo(ROUNDING) < 0 && ending == null && isNothingDue()) {
                    return null;
                }
            }
        }

        /** True while a thread waits in {@link #next}. */
        boolean isWaiting() {
            return intake.source().isWaiting();
        }

        /** The connection is lost: this ends the subscription, unless it was granted a grace period. */
        @Override
        public void close() {
            disconnected(this);
        }
    }

    /** What can be sent without waiting. */
    private synchronized @Nullable Outgoing ready(Connection by) throws SubscriptionEndedException {
        if (connection != by) {
            throw new SubscriptionEndedException(Reason.CLOSED, "another connection took over");
        }
        var again = resumption.again();
        if (again != null) {
            return again;
        }
        var about = due.poll();
        if (about != null) {
            return resumption.other(about);
        }
        var end = ending;
        if (end != null) {
            throw new SubscriptionEndedException(end.reason(), end.why());
        }
        if (suspendedSince != null) {
            resume();
            return ready(by);
        }
        return null;
    }

    /** Waits for what the source has; null when there is nothing, or when it has to be looked again at what is ready. */
    private @Nullable Outgoing take(Duration timeout) throws InterruptedException {
        var from = intake.source();
        try {
            var delivery = from.next(timeout);
            synchronized (this) {
                if (from != intake.source()) {
                    return null;
                }
                switch (delivery) {
                    case Delivery.Event event -> {
                        intake.counted();
                        return event.id() == 0
                                ? resumption.other(event.notification())
                                : resumption.event(event.id(), event.notification());
                    }
                    case Delivery.ReplayComplete complete -> {
                        intake.replayed();
                        return resumption.other(parts.schemas().replayCompleted(complete.at(), id));
                    }
                    case Delivery.Complete complete -> completed(complete.at());
                    case null -> {}
                }
            }
        } catch (SubscriptionEndedException e) {
            synchronized (this) {
                if (from != intake.source()) {
                    return null;
                }
                if (e.reason() == Reason.OVERFLOW) {
                    suspend();
                } else if (ending == null && due.isEmpty()) {
                    end(e.reason(), String.valueOf(e.getMessage()));
                }
            }
        }
        return null;
    }

    private synchronized boolean isNothingDue() {
        return due.isEmpty();
    }

    private synchronized void tell(Notification about) {
        due.add(about);
        if (due.size() > MOST_DUE) {
            due.clear();
            terminate("suspension-timeout");
        }
        intake.source().nudge();
    }

    private synchronized void suspend() {
        if (suspendedSince == null && ending == null) {
            suspendedSince = parts.clock().instant();
            tell(parts.schemas().suspended(parts.clock().instant(), id, "unsupportable-volume"));
        }
    }

    /** Its receiver takes again: it goes on with what is new. */
    private synchronized void resume() {
        try {
            intake.skip(intake.terms());
            suspendedSince = null;
            tell(parts.schemas().resumed(parts.clock().instant(), id));
        } catch (YangException e) {
            terminate("insufficient-resources");
        }
    }

    /** Looks after it from time to time. */
    void lookAfter(Subscriptions.Limits limits) {
        var now = parts.clock().instant();
        var since = suspendedSince;
        if (since != null && since.plus(limits.patience()).isBefore(now)) {
            terminate("suspension-timeout");
        } else if (connection == null && idleUntil(limits.unconnected()).isBefore(now)) {
            end(Reason.CLOSED, "nobody came to receive it");
        } else if (connection != null && intake.source().isBehind()) {
            suspend();
        }
    }

    private Instant idleUntil(Duration unconnected) {
        return idleSince.plus(
                intake.terms().grace().compareTo(unconnected) > 0
                        ? intake.terms().grace()
                        : unconnected);
    }

    /**
     * Begins to take, as a transport has to do.
     *
     * @param lastId the id of the last notification that the receiver got over a connection that was lost; null or empty
     *     when it got none. With it, an older connection that is not known yet to be lost is taken over from
     * @throws YangException in-use when someone receives it already, or it cannot be resumed
     */
    public synchronized Connection attach(@Nullable String lastId) throws YangException {
        if (ending != null
                || (connection != null
                        && (lastId == null || intake.terms().grace().isZero()))) {
            throw new YangException(Failure.IN_USE, "subscription " + id + " is being received already");
        }
        if (!intake.terms().grace().isZero()) {
            goBack(lastId == null || lastId.isEmpty() ? resumption.startId() : lastId);
        }
        var own = new Connection();
        connection = own;
        intake.source().nudge();
        return own;
    }

    private void goBack(String lastId) throws YangException {
        var complete = resumption.back(lastId);
        switch (intake.terms().target()) {
            case Target.Stream stream
            when resumption.isAtStart() && stream.replayStartTime() != null -> intake.restart();
            case Target.Stream _ -> intake.goOnAfter(resumption.event());
            case Target.Datastore _ when complete -> {}
            case Target.Datastore _ -> resync();
        }
    }

    private synchronized void disconnected(Connection by) {
        if (connection != by) {
            return;
        }
        connection = null;
        idleSince = parts.clock().instant();
        if (intake.terms().grace().isZero()) {
            close();
        } else {
            intake.source().nudge();
        }
    }

    /** Sends all that is selected of a datastore whose changes are sent; false when this is another subscription. */
    boolean resync() {
        return intake.resync();
    }

    /** Goes on with other terms, no longer suspended if it was (RFC 8639 §2.4.1). */
    synchronized void modify(Terms other) throws YangException {
        if (suspendedSince == null) {
            intake.modify(other);
        } else {
            intake.skip(other);
            suspendedSince = null;
        }
    }

    /**
     * The filter that it refers to has changed.
     *
     * @param told the terms with the content of the filter in place of its name (RFC 8639 §2.7.2)
     */
    synchronized void filterChanged(Terms other, Terms told) throws YangException {
        modify(other);
        tell(parts.schemas().modified(parts.clock().instant(), id, told));
    }

    /** Ends it, and tells its receiver why. */
    synchronized void terminate(String reason) {
        if (ending == null) {
            due.add(parts.schemas().terminated(parts.clock().instant(), id, reason));
            end(Reason.CLOSED, "the subscription was terminated: " + reason);
        }
    }

    /** Its stop time is reached: its receiver is told before it ends (RFC 8639 §2.7.6). */
    private synchronized void completed(Instant at) {
        if (ending == null) {
            due.add(parts.schemas().completed(at, id));
            end(Reason.COMPLETED, "the stop time is reached");
        }
    }

    private void end(Reason reason, String why) {
        synchronized (this) {
            if (ending != null) {
                return;
            }
            ending = new Ending(reason, why);
            intake.close();
        }
        gone.accept(this);
    }

    /** Ends it, because its subscriber or the connection to it says so. */
    @Override
    public void close() {
        end(Reason.CLOSED, "the subscription was closed");
    }
}
