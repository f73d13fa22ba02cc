package io.auspex.notifications.push;

import io.auspex.notifications.Delivery;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.YangException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What changes of what is selected (RFC 8641 §3.3). A receiver that falls behind gets the latest of what changed in one
 * update, or all that is selected when too much did.
 */
final class OnChangeSource extends PushSource {
    private static final int MOST_SINGLE = 16;

    private final PushRequest request;
    private final Trigger.OnChange trigger;
    private final Views views;
    private final UpdateWriter writer;
    private final InstantSource clock;
    private Views.Lease lease;
    private volatile long position;
    private volatile Instant earliest = Instant.MIN;
    private volatile boolean syncDue;

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
        syncDue = request.sync();
        lease = views.lease(request, this::wake);
        position = lease.view().head();
    }

    @Override
    public boolean resync() {
        syncDue = true;
        wake();
        return true;
    }

    @Override
    Delivery.@Nullable Event update(Instant now) throws YangException {
        if (!lease.isStillRight()) {
            lease.close();
            lease = views.lease(request, this::wake);
            syncDue = true;
        }
        while (true) {
            if (syncDue) {
                return sync(now);
            }
            var head = lease.view().head();
            if (position == head || now.isBefore(earliest)) {
                return null;
            }
            var single = trigger.dampening().isZero() && head - position <= MOST_SINGLE;
            var to = single ? position + 1 : head;
            var delta = lease.view().span(position, to);
            if (delta == null) {
                syncDue = true;
                continue;
            }
            var edits = writer.edits(delta, request, trigger.excluded());
            position = to;
            if (!edits.isEmpty()) {
                earliest = now.plus(trigger.dampening());
                return event(writer.pushChangeUpdate(clock.instant(), request.id(), request.nextPatchId(), edits));
            }
        }
    }

    private Delivery.Event sync(Instant now) throws YangException {
        syncDue = false;
        var moment = lease.view().moment();
        position = moment.number();
        earliest = now.plus(trigger.dampening());
        return event(writer.pushUpdate(clock.instant(), request.id(), contents(moment)));
    }

    private OpaqueNode contents(View.Moment moment) throws YangException {
        return writer.contents(moment.selected(), request.principal(), request.encoding());
    }

    private static Delivery.Event event(Notification notification) {
        return new Delivery.Event(0, notification);
    }

    @Override
    @Nullable
    Instant due() {
        if (syncDue) {
            return earliest;
        }
        var since = lease.view().since(position);
        return since == null || since.isAfter(earliest) ? since : earliest;
    }

    @Override
    public void close() {
        super.close();
        lease.close();
    }
}
