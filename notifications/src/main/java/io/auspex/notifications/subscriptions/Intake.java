package io.auspex.notifications.subscriptions;

import io.auspex.access.Principal;
import io.auspex.notifications.Notification;
import io.auspex.notifications.Subscription;
import io.auspex.notifications.push.PushRequest;
import io.auspex.notifications.push.PushSource;
import io.auspex.notifications.push.Trigger;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.YangException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one receiver takes of what a subscription is to, by the rights of that receiver, and how much it got. The source that
 * it takes from is another one whenever the terms ask for it.
 */
final class Intake implements AutoCloseable {
    private final long id;
    private volatile Principal principal;
    private final Parts parts;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong excluded = new AtomicLong();
    private final AtomicLong patches = new AtomicLong();
    private volatile boolean replayed;
    private volatile Terms terms;
    private volatile Subscription source;

    /**
     * Begins where the terms say.
     *
     * @param id of the subscription
     * @param principal whose rights count
     */
    Intake(long id, Principal principal, Terms terms, Parts parts) throws YangException {
        this.id = id;
        this.principal = principal;
        this.terms = terms;
        this.parts = parts;
        source = fromStart(terms);
    }

    private Subscription fromStart(Terms from) throws YangException {
        return switch (from.target()) {
            case Target.Stream stream ->
                stream.stream().subscribe(this::isWanted, stream.replayStartTime(), from.stopTime());
            case Target.Datastore datastore -> updates(datastore, from, true);
        };
    }

    /** @param whole whether a subscription to changes may begin with all that is selected */
    private PushSource updates(Target.Datastore target, Terms from, boolean whole) throws YangException {
        var sync = whole && target.trigger() instanceof Trigger.OnChange onChange && onChange.syncOnStart();
        var request = new PushRequest(
                id,
                target.name(),
                target.selection(),
                target.trigger(),
                principal,
                from.encoding().equals("encode-xml") ? OpaqueNode.Encoding.XML : OpaqueNode.Encoding.JSON,
                sync,
                sent,
                patches);
        return parts.push().open(request, from.stopTime());
    }

    /** Asked for every event when it is taken, so that the rules of that moment count. */
    private boolean isWanted(Notification event) {
        var filter = switch (terms.target()) {
            case Target.Stream stream -> stream.filter();
            case Target.Datastore _ -> throw new IllegalStateException("no events come from a datastore");
        };
        var wanted = parts.access()
                        .mayReceive(
                                principal,
                                event.content().schema(),
                                event.parent().orElse(null))
                && filter.test(event);
        if (!wanted) {
            excluded.incrementAndGet();
        }
        return wanted;
    }

    /** The rights of another count for what is taken from the next source. */
    void receivedBy(Principal other) {
        principal = other;
    }

    Terms terms() {
        return terms;
    }

    /** What to take from at this moment. */
    Subscription source() {
        return source;
    }

    long sent() {
        return sent.get();
    }

    long excluded() {
        return excluded.get();
    }

    /** One more is sent. */
    void counted() {
        sent.incrementAndGet();
    }

    /** All that was to be replayed is. */
    void replayed() {
        replayed = true;
    }

    /** Begins again where the terms say. */
    void restart() throws YangException {
        replayed = false;
        replace(fromStart(terms));
    }

    /** Goes on with the event after one of a stream. */
    void goOnAfter(long event) throws YangException {
        if (terms.target() instanceof Target.Stream stream) {
            var replay = replayed ? null : stream.replayStartTime();
            replace(stream.stream().resume(this::isWanted, event, replay, terms.stopTime()));
        }
    }

    /** Leaves out what waits, and goes on with what is new; of a datastore with everything first. */
    void skip(Terms other) throws YangException {
        replace(
                switch (other.target()) {
                    case Target.Stream stream -> stream.stream().subscribe(this::isWanted, null, other.stopTime());
                    case Target.Datastore datastore -> {
                        var updates = updates(datastore, other, true);
                        updates.resync();
                        yield updates;
                    }
                });
        terms = other;
    }

    /** Goes on with other terms; what waits is not lost where they allow it. */
    void modify(Terms other) throws YangException {
        switch (other.target()) {
            case Target.Stream target when isOf(target) -> source.stopAt(other.stopTime());
            case Target.Stream _ -> {
                replace(fromStart(other));
                replayed = false;
            }
            case Target.Datastore target when goesOn(target, other.encoding()) -> source.stopAt(other.stopTime());
            case Target.Datastore target -> replace(updates(target, other, !selectsAs(target, other.encoding())));
        }
        terms = other;
    }

    /** True when another target is the same stream or datastore, of which other things may be wanted. */
    boolean isOf(Target other) {
        return switch (other) {
            case Target.Stream stream ->
                terms.target() instanceof Target.Stream old && old.stream().equals(stream.stream());
            case Target.Datastore datastore ->
                terms.target() instanceof Target.Datastore old && old.name().equals(datastore.name());
        };
    }

    /** True when the source that there is goes on with another target, so that nothing that waits in it is lost. */
    private boolean goesOn(Target.Datastore target, String encoding) {
        return selectsAs(target, encoding)
                && source instanceof PushSource updates
                && (terms.target() instanceof Target.Datastore old
                                && old.trigger().equals(target.trigger())
                        || updates.goOn(target.trigger()));
    }

    /** True when what the receiver has of another target is all of it; what is in an update has its encoding already. */
    private boolean selectsAs(Target.Datastore target, String encoding) {
        return isOf(target)
                && terms.encoding().equals(encoding)
                && terms.target() instanceof Target.Datastore old
                && old.selection().text().equals(target.selection().text());
    }

    private void replace(Subscription other) {
        var old = source;
        if (other instanceof PushSource updates && old instanceof PushSource before) {
            updates.replace(before);
        }
        source = other;
        old.close();
    }

    /** Sends all that is selected of a datastore whose changes are sent; false when this is another subscription. */
    boolean resync() {
        return source instanceof PushSource updates && updates.resync();
    }

    @Override
    public void close() {
        source.close();
    }
}
