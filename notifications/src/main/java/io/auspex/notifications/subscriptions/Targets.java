package io.auspex.notifications.subscriptions;

import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreName;
import io.auspex.notifications.DateAndTime;
import io.auspex.notifications.EventFilters;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.EventStreams;
import io.auspex.notifications.Notification;
import io.auspex.notifications.push.ChangeType;
import io.auspex.notifications.push.Push;
import io.auspex.notifications.push.Selection;
import io.auspex.notifications.push.Selections;
import io.auspex.notifications.push.Trigger;
import io.auspex.notifications.subscriptions.SubscriptionError.Hint;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a subscription is to be to, and says what is not offered (RFC 8639 §2.4.2, RFC 8641 §4.4.1). */
final class Targets {
    private final EventStreams streams;
    private final EventFilters filters;
    private final Selections selections;
    private final Push push;
    private final ConfiguredFilters configured;

    Targets(
            EventStreams streams,
            EventFilters filters,
            Selections selections,
            Push push,
            ConfiguredFilters configured) {
        this.streams = streams;
        this.filters = filters;
        this.selections = selections;
        this.push = push;
        this.configured = configured;
    }

    /** The target that the input of establish-subscription asks for. */
    Target of(InnerNode input, Principal principal) throws YangException {
        var written = written(SubscriptionSchema.filterNode(input), principal);
        return of(input, written, time(input, "replay-start-time"), principal);
    }

    /**
     * The target of a subscription in running, for one of its receivers.
     *
     * @param boot nothing earlier is replayed
     */
    Target configured(InnerNode subscription, Instant boot, Principal receiver) throws YangException {
        var node = SubscriptionSchema.filterNode(subscription);
        var written = node instanceof LeafNode leaf && SubscriptionSchema.isFilterName(leaf.schema())
                ? configured.find(leaf)
                : node;
        var replay = subscription.value("configured-replay").isPresent()
                && subscription.value("stream").isPresent();
        return of(subscription, written, replay ? replayStart(stream(subscription), boot) : null, receiver);
    }

    /** The earliest time from which a configured subscription can be replayed (RFC 8639 §2.5.6). */
    private static Instant replayStart(EventStream stream, Instant boot) {
        return Stream.of(stream.replayLogCreationTime(), stream.replayLogAgedTime(), boot)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(boot);
    }

    private Target of(InnerNode input, @Nullable DataNode written, @Nullable Instant replayStart, Principal principal)
            throws YangException {
        var datastore = input.value("datastore");
        return datastore.isPresent()
                ? datastore(input, name(datastore.get()), written, principal)
                : stream(input, written, replayStart);
    }

    private EventStream stream(InnerNode input) throws YangException {
        var name = input.value("stream")
                .orElseThrow(() -> new YangException(
                        Failure.MISSING_ELEMENT, "establish-subscription without stream or datastore"))
                .toString();
        return streams.find(name)
                .orElseThrow(() -> new YangException(Failure.INVALID_VALUE, "there is no event stream '" + name + "'"));
    }

    private Target stream(InnerNode input, @Nullable DataNode written, @Nullable Instant start) throws YangException {
        var stream = stream(input);
        if (start != null && stream.replayLogCreationTime() == null) {
            throw SubscriptionError.REPLAY_UNSUPPORTED.because("stream '" + stream.name() + "' keeps no replay log");
        }
        return new Target.Stream(stream, SubscriptionSchema.filterNode(input), written, filter(written), start);
    }

    private static DatastoreName name(Object identity) throws YangException {
        for (var datastore : Push.DATASTORES) {
            if (Target.Datastore.identityOf(datastore).equals(identity.toString())) {
                return datastore;
            }
        }
        throw SubscriptionError.DATASTORE_NOT_SUBSCRIBABLE.because(
                "datastore " + identity + " cannot be subscribed to; these can: " + Push.DATASTORES);
    }

    private Target datastore(InnerNode input, DatastoreName name, @Nullable DataNode written, Principal principal)
            throws YangException {
        var trigger = trigger(input, new Trigger.OnChange(Duration.ZERO, true, Set.of()))
                .orElseThrow(() -> new YangException(
                        Failure.MISSING_ELEMENT, "a subscription to a datastore is either 'periodic' or 'on-change'"));
        var node = SubscriptionSchema.filterNode(input);
        return accepted(new Target.Datastore(name, node, written, selection(written), trigger), principal);
    }

    /**
     * A target with what the input of modify-subscription gives in place of what it had (RFC 8639 §2.4.3, RFC 8641 §4.4.2).
     */
    Target modified(Target target, InnerNode input, Principal principal) throws YangException {
        var node = SubscriptionSchema.filterNode(input);
        var written = written(node, principal);
        var isStream = node == null ? input.value("datastore").isEmpty() : SubscriptionSchema.isOfStream(node.schema());
        return switch (target) {
            case Target.Stream(var stream, var _, var _, var _, var start)
            when isStream && node != null -> new Target.Stream(stream, node, written, filter(written), start);
            case Target.Stream same when isStream -> same;
            case Target.Datastore old
            when !isStream -> {
                var name = input.value("datastore").orElse(Target.Datastore.identityOf(old.name()));
                if (name(name) != old.name()) {
                    throw new YangException(
                            Failure.INVALID_VALUE,
                            "the subscription is to datastore " + old.name() + ", which cannot be modified");
                }
                var trigger = trigger(input, old.trigger()).orElse(old.trigger());
                yield accepted(
                        node == null
                                ? new Target.Datastore(
                                        old.name(), old.filterNode(), old.written(), old.selection(), trigger)
                                : new Target.Datastore(old.name(), node, written, selection(written), trigger),
                        principal);
            }
            case Target.Stream _, Target.Datastore _ ->
                throw new YangException(Failure.INVALID_VALUE, "the subscription is to another kind of target");
        };
    }

    /**
     * A target with the filter that its name stands for now, which has to be acceptable as a new one; the same when that is
     * as it was.
     */
    Target refiltered(Target target, Principal principal) throws YangException {
        if (!(target.filterNode() instanceof LeafNode node)) {
            return target;
        }
        var written = configured.find(node);
        if (written.equals(target.written())) {
            return target;
        }
        return switch (target) {
            case Target.Stream(var stream, var _, var _, var _, var start) ->
                new Target.Stream(stream, node, written, filter(written), start);
            case Target.Datastore(var name, var _, var _, var _, var trigger) ->
                accepted(new Target.Datastore(name, node, written, selection(written), trigger), principal);
        };
    }

    /** A target with the content of a configured filter in place of its name, where the principal may read it. */
    Target told(Target target, Principal principal) {
        var written = target.written();
        if (written == null
                || target.filterName().isEmpty()
                || !(target.filterNode() instanceof LeafNode name)
                || !configured.mayRead(name, written, principal)) {
            return target;
        }
        return switch (target) {
            case Target.Stream(var stream, var _, var _, var filter, var start) ->
                new Target.Stream(stream, written, written, filter, start);
            case Target.Datastore(var datastore, var _, var _, var selection, var trigger) ->
                new Target.Datastore(datastore, written, written, selection, trigger);
        };
    }

    /** @param other gives what the input cannot, or does not */
    private static Optional<Trigger> trigger(InnerNode input, Trigger other) throws YangException {
        var periodic = input.inner("periodic").orElse(null);
        if (periodic != null) {
            var period = periodic.value("period")
                    .orElseThrow(() -> new YangException(Failure.MISSING_ELEMENT, "periodic without period"));
            return Optional.of(new Trigger.Periodic(Centiseconds.parse(period), time(periodic, "anchor-time")));
        }
        var onChange = input.inner("on-change").orElse(null);
        if (onChange == null) {
            return Optional.empty();
        }
        var old = other instanceof Trigger.OnChange same ? same : new Trigger.OnChange(Duration.ZERO, true, Set.of());
        var excluded = EnumSet.noneOf(ChangeType.class);
        excluded.addAll(old.excluded());
        if (onChange.schema().child("excluded-change").map(onChange::child).orElse(null) instanceof LeafListNode all) {
            all.forEach(e -> excluded.add(ChangeType.of(e.toString())));
        }
        return Optional.of(new Trigger.OnChange(
                onChange.value("dampening-period").map(Centiseconds::parse).orElse(old.dampening()),
                onChange.value("sync-on-start").map(v -> (Boolean) v).orElse(old.syncOnStart()),
                excluded));
    }

    /** Checks that the updates can be made as often, and are not larger, than is allowed. */
    private Target.Datastore accepted(Target.Datastore target, Principal principal) throws YangException {
        var objects = objects(target, principal);
        switch (target.trigger()) {
            case Trigger.Periodic(var period, var _) -> {
                checkSize(SubscriptionError.UPDATE_TOO_BIG, objects);
                var shortest = push.shortestPeriod(objects);
                if (period.compareTo(shortest) < 0) {
                    throw SubscriptionError.PERIOD_UNSUPPORTED.because(
                            "a period of " + Centiseconds.of(period) + " centiseconds is too short for this selection;"
                                    + " the shortest is " + Centiseconds.of(shortest),
                            new Hint("period-hint", Centiseconds.of(shortest)));
                }
            }
            case Trigger.OnChange onChange -> {
                checkChanges(target);
                checkSize(
                        onChange.syncOnStart() ? SubscriptionError.SYNC_TOO_BIG : SubscriptionError.UPDATE_TOO_BIG,
                        objects);
            }
        }
        return target;
    }

    private int objects(Target.Datastore target, Principal principal) throws YangException {
        try {
            return push.objects(target.name(), target.selection(), principal);
        } catch (YangException e) {
            throw unsupported(e);
        }
    }

    private static void checkSize(SubscriptionError error, int objects) throws YangException {
        if (objects > Push.MOST_OBJECTS) {
            throw error.because(
                    "more than " + Push.MOST_OBJECTS + " data nodes are selected",
                    new Hint("object-count-estimate", (long) objects),
                    new Hint("object-count-limit", (long) Push.MOST_OBJECTS));
        }
    }

    private void checkChanges(Target.Datastore target) throws YangException {
        if (!Push.ON_CHANGE.contains(target.name())) {
            throw SubscriptionError.ON_CHANGE_UNSUPPORTED.because(
                    "changes of datastore " + target.name() + " are not told; periodic updates are");
        }
        var untold = target.name() == DatastoreName.OPERATIONAL ? push.untold(target.selection()) : Optional.empty();
        if (untold.isPresent()) {
            throw SubscriptionError.ON_CHANGE_UNSUPPORTED.because("changes of " + untold.get() + " are not told");
        }
    }

    /** Makes a filter of an expression or a subtree. */
    private interface Compiler<F> {
        F compile(DataNode node) throws YangException;
    }

    private Predicate<Notification> filter(@Nullable DataNode written) throws YangException {
        return compiled(
                written,
                node -> switch (node) {
                    case OpaqueNode subtree -> filters.subtree(subtree);
                    case LeafNode xpath -> filters.xpath(xpath.value().toString());
                    default -> throw new IllegalArgumentException(node.schema() + " is no filter");
                },
                n -> true);
    }

    private Selection selection(@Nullable DataNode written) throws YangException {
        return compiled(
                written,
                node -> switch (node) {
                    case OpaqueNode subtree -> selections.subtree(subtree);
                    case LeafNode xpath -> selections.xpath(xpath.value().toString());
                    default -> throw new IllegalArgumentException(node.schema() + " is no filter");
                },
                new Selection.All());
    }

    private static <F> F compiled(@Nullable DataNode written, Compiler<F> compiler, F none) throws YangException {
        try {
            return written == null ? none : compiler.compile(written);
        } catch (YangException e) {
            throw unsupported(e);
        }
    }

    private static YangException unsupported(YangException fault) {
        var why = fault.first().message();
        return SubscriptionError.FILTER_UNSUPPORTED.because(why, new Hint("filter-failure-hint", why));
    }

    /** The filter itself where a node has its name, as far as the principal may read it. */
    private @Nullable DataNode written(@Nullable DataNode node, Principal principal) throws YangException {
        return node instanceof LeafNode leaf && SubscriptionSchema.isFilterName(leaf.schema())
                ? configured.find(leaf, principal)
                : node;
    }

    static @Nullable Instant time(InnerNode input, String leaf) throws YangException {
        var value = input.value(leaf);
        return value.isPresent() ? DateAndTime.parse(leaf, value.get()) : null;
    }
}
