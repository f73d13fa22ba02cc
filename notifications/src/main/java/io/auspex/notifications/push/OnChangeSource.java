package io.auspex.notifications.push;

import io.auspex.access.Decisions;
import io.auspex.notifications.Delivery;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What changes of what is selected (RFC 8641 §3.3). A receiver that falls behind gets the latest of what changed in one
 * update, or all that is selected when too much did.
 */
final class OnChangeSource extends PushSource {
    private static final int MOST_SINGLE = 16;

    private final PushRequest request;
    private volatile Trigger.OnChange trigger;
    private final Views views;
    private final UpdateWriter writer;
    private final InstantSource clock;
    private volatile Views.Lease lease;
    private volatile long position;
    private volatile Decisions seenBy;
    private volatile Instant earliest;
    private final AtomicReference<@Nullable Sync> sync = new AtomicReference<>();

    /** That all that is selected is to be sent, as of a number of a view, so that no later change hides in it. */
    private record Sync(Instant due, View view, long number) {
        static Sync ofNow(Instant due, View view) {
            return new Sync(due, view, view.head());
        }
    }

    OnChangeSource(
            PushRequest request,
            Trigger.OnChange trigger,
            Views views,
            UpdateWriter writer,
            InstantSource clock,
            @Nullable Instant stopTime)
            throws YangException {
        super(clock, stopTime);
        this.request = request;
        this.trigger = trigger;
        this.views = views;
        this.writer = writer;
        this.clock = clock;
        earliest = clock.instant();
        lease = views.lease(request, this::wake);
        position = lease.view().head();
        sync.set(request.sync() ? new Sync(earliest, lease.view(), position) : null);
        seenBy = writer.decisions(request.principal());
    }

    @Override
    public boolean goOn(Trigger other) {
        if (!(other instanceof Trigger.OnChange onChange)) {
            return false;
        }
        trigger = onChange;
        var latest = clock.instant().plus(onChange.dampening());
        if (latest.isBefore(earliest)) {
            earliest = latest;
        }
        wake();
        return true;
    }

    @Override
    public boolean resync() {
        sync.set(Sync.ofNow(clock.instant(), lease.view()));
        wake();
        return true;
    }

    @Override
    Delivery.@Nullable Event update(Instant now) throws YangException {
        if (!lease.isStillRight()) {
            lease.close();
            lease = views.lease(request, this::wake);
            sync.set(Sync.ofNow(now, lease.view()));
        }
        var decisions = writer.decisions(request.principal());
        while (true) {
            var requested = sync.getAndSet(null);
            if (requested != null) {
                var update = update(requested, now, decisions);
                if (update != null) {
                    return update;
                }
            }
            var head = lease.view().head();
            var sameRules = decisions.isAs(seenBy);
            if ((position == head && sameRules) || now.isBefore(earliest)) {
                return null;
            }
            var single = sameRules && trigger.dampening().isZero() && head - position <= MOST_SINGLE;
            var to = single ? position + 1 : head;
            var edits = edits(to, decisions);
            if (edits == null) {
                sync.set(Sync.ofNow(now, lease.view()));
                continue;
            }
            position = to;
            seenBy = decisions;
            if (!edits.isEmpty()) {
                earliest = now.plus(trigger.dampening());
                return event(writer.pushChangeUpdate(clock.instant(), request.id(), request.nextPatchId(), edits));
            }
        }
    }

    /**
     * What changed up to a number, in the data or in what of it may be seen (RFC 8641 §3.9, §3.3); null when that is no longer
     * known.
     */
    private @Nullable List<TreeNode> edits(long to, Decisions decisions) throws YangException {
        var view = lease.view();
        if (decisions.isAs(seenBy)) {
            var delta = view.span(position, to);
            return delta == null ? null : writer.edits(delta, request, decisions, decisions, trigger.excluded());
        }
        var before = view.at(position);
        var after = view.at(to);
        if (before == null || after == null) {
            return null;
        }
        var delta = Delta.of(before, seenBy, after, decisions, clock.instant());
        return writer.edits(delta, request, seenBy, decisions, trigger.excluded());
    }

    /** Everything; null when there is nothing of which a receiver that was told nothing could be told (RFC 8641 §3.9). */
    private Delivery.@Nullable Event update(Sync requested, Instant now, Decisions decisions) throws YangException {
        var view = lease.view();
        var moment = view.momentAt(requested.view() == view ? requested.number() : view.head());
        position = moment.number();
        seenBy = decisions;
        var visible = decisions.readable(moment.selected());
        if (!request.isTold() && UpdateWriter.isEmpty(visible)) {
            return null;
        }
        earliest = now.plus(trigger.dampening());
        request.patches().set(0);
        return event(writer.pushUpdate(clock.instant(), request.id(), writer.contents(visible, request.encoding())));
    }

    private static Delivery.Event event(Notification notification) {
        return new Delivery.Event(0, notification);
    }

    @Override
    @Nullable
    Instant due() {
        var requested = sync.get();
        var since = requested == null ? lease.view().since(position) : requested.due();
        if (since == null && !writer.decisions(request.principal()).isAs(seenBy)) {
            since = lease.view().rulesSince();
        }
        return since == null || since.isAfter(earliest) ? since : earliest;
    }

    @Override
    public void close() {
        super.close();
        lease.close();
    }
}
