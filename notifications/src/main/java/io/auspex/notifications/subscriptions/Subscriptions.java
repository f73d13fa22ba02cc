package io.auspex.notifications.subscriptions;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.datastore.OperationalProvider;
import io.auspex.notifications.DateAndTime;
import io.auspex.notifications.EventFilters;
import io.auspex.notifications.EventStreams;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Dynamic subscriptions to event streams (RFC 8639 §2.4), whatever the transport: the operations on them, whose inputs are
 * validated before they come here.
 */
public final class Subscriptions {
    private final ModelContext model;
    private final EventStreams streams;
    private final EventFilters filters;
    private final Supplier<? extends InnerNode> running;
    private final Limits limits;
    private final InstantSource clock;
    private final DynamicSubscription.Parts parts;
    private final AtomicLong lastId = new AtomicLong();
    private final Collection<OperationalProvider.Feed> feeds = new CopyOnWriteArrayList<>();
    private final ConcurrentSkipListMap<Long, DynamicSubscription> all = new ConcurrentSkipListMap<>();

    /**
     * The bounds of subscriptions.
     *
     * @param perUser most of one user
     * @param patience how long one may be suspended, or without connection, before it is terminated
     */
    public record Limits(int perUser, Duration patience) {
        public static final Limits DEFAULT = new Limits(100, Duration.ofMinutes(1));
    }

    /**
     * No subscriptions yet.
     *
     * @param running gives the root of the running configuration of the moment, in which the shared filters are
     */
    public Subscriptions(
            ModelContext model,
            EventStreams streams,
            EventFilters filters,
            AccessControl access,
            Supplier<? extends InnerNode> running,
            InstantSource clock,
            Limits limits) {
        this.model = model;
        this.streams = streams;
        this.filters = filters;
        this.running = running;
        this.clock = clock;
        this.limits = limits;
        parts = new DynamicSubscription.Parts(new SubscriptionSchema(model), access, clock, this::gone);
    }

    /**
     * Does establish-subscription (RFC 8639 §2.4.2) for {@link Subscriber#CURRENT}.
     *
     * @return its output
     */
    public InnerNode establish(InnerNode input) throws YangException {
        if (!Subscriber.CURRENT.isBound()) {
            throw new YangException(Failure.NOT_SUPPORTED, "no subscription can be established over this transport");
        }
        try {
            return establish(input, Subscriber.CURRENT.get());
        } catch (YangException e) {
            throw told(e, input, "establish-subscription");
        }
    }

    private YangException told(YangException fault, InnerNode input, String operation) {
        return input.value("datastore").isPresent()
                ? SubscriptionError.told(
                        fault, model, SubscriptionSchema.PUSH_MODULE, operation + "-datastore-error-info")
                : SubscriptionError.told(fault, model, SubscriptionSchema.MODULE, operation + "-stream-error-info");
    }

    private InnerNode establish(InnerNode input, Subscriber subscriber) throws YangException {
        var terms = terms(input, subscriber);
        DynamicSubscription subscription;
        synchronized (this) {
            checkQuota(subscriber.principal());
            subscription = new DynamicSubscription(lastId.incrementAndGet(), subscriber, terms, parts);
            all.put(subscription.id(), subscription);
        }
        changed(subscription);
        subscriber.established(subscription);
        return output(subscription);
    }

    private Terms terms(InnerNode input, Subscriber subscriber) throws YangException {
        refuseQos(input);
        var stop = time(input, "stop-time");
        var encoding = text(input, "encoding")
                .map(e -> e.substring(e.indexOf(':') + 1))
                .orElse(subscriber.encoding());
        if (!subscriber.encodings().contains(encoding)) {
            throw SubscriptionError.ENCODING_UNSUPPORTED.because(
                    "encoding '" + encoding + "' is not offered here, but " + subscriber.encodings());
        }
        var grace = input.schema()
                .child(SubscriptionSchema.GRACE_MODULE, "grace-period")
                .flatMap(s -> input.child(s) instanceof LeafNode leaf ? Optional.of(leaf.value()) : Optional.empty())
                .map(v -> Duration.ofSeconds((Long) v))
                .orElse(Duration.ZERO);
        return new Terms(target(input), stop, encoding, grace);
    }

    private Target target(InnerNode input) throws YangException {
        if (input.value("datastore").isPresent()) {
            throw new YangException(Failure.NOT_SUPPORTED, "subscriptions to datastores are not offered");
        }
        var name = text(input, "stream")
                .orElseThrow(() -> new YangException(Failure.MISSING_ELEMENT, "establish-subscription without stream"));
        var stream = streams.find(name)
                .orElseThrow(() -> new YangException(Failure.INVALID_VALUE, "there is no event stream '" + name + "'"));
        var start = time(input, "replay-start-time");
        if (start != null && stream.replayLogCreationTime() == null) {
            throw SubscriptionError.REPLAY_UNSUPPORTED.because("stream '" + name + "' keeps no replay log");
        }
        var filterNode = filterNode(input);
        return new Target.Stream(stream, filterNode, filter(filterNode), start);
    }

    private void gone(DynamicSubscription subscription) {
        if (all.remove(subscription.id(), subscription)) {
            changed(subscription);
        }
    }

    private void changed(DynamicSubscription subscription) {
        var top = parts.schemas().top("subscriptions");
        var path = DataPath.root(model.root())
                .child(top)
                .entry(SubscriptionSchema.child(top, "subscription"), ListKey.of(subscription.id()));
        feeds.forEach(f -> f.changed(path));
    }

    /** Registers for changes of the list of subscriptions. */
    AutoCloseable feed(OperationalProvider.Feed feed) {
        feeds.add(feed);
        return () -> feeds.remove(feed);
    }

    private void checkQuota(Principal who) throws YangException {
        var own = all.values().stream()
                .filter(s -> s.subscriber().principal().name().equals(who.name()))
                .count();
        if (own >= limits.perUser()) {
            throw SubscriptionError.INSUFFICIENT_RESOURCES.because(
                    "user '" + who.name() + "' has " + own + " subscriptions already");
        }
    }

    private static void refuseQos(InnerNode input) throws YangException {
        if (input.value("dscp").filter(v -> !v.equals(0L)).isPresent()) {
            throw SubscriptionError.DSCP_UNAVAILABLE.because("notifications cannot be marked with a DSCP here");
        }
        for (var leaf : new String[] {"weighting", "dependency"}) {
            if (input.value(leaf).isPresent()) {
                throw new YangException(Failure.NOT_SUPPORTED, leaf + ": this server has no feature qos");
            }
        }
    }

    private InnerNode output(DynamicSubscription subscription) {
        var schema = parts.schemas().output("establish-subscription");
        var nodes = new ArrayList<DataNode>();
        nodes.add(parts.schemas().leaf(schema, "id", subscription.id()));
        switch (subscription.terms().target()) {
            case Target.Stream(var stream, var _, var _, var start) -> {
                var aged = stream.replayLogAgedTime();
                var earliest = aged == null ? stream.replayLogCreationTime() : aged;
                if (start != null && earliest != null && earliest.isAfter(start)) {
                    nodes.add(parts.schemas().leaf(schema, "replay-start-time-revision", earliest.toString()));
                }
            }
        }
        subscription
                .subscriber()
                .uri(subscription.id())
                .flatMap(u -> schema.child("ietf-restconf-subscribed-notifications", "uri")
                        .map(s -> new LeafNode(s, u)))
                .ifPresent(nodes::add);
        return TreeNode.of(schema, nodes);
    }

    /** Does modify-subscription (RFC 8639 §2.4.3): what is not given stays as it is. */
    public void modify(InnerNode input) throws YangException {
        try {
            var subscription = own(input);
            var terms = subscription.terms();
            terms = terms.with(modified(terms.target(), input));
            var stop = time(input, "stop-time");
            if (stop != null) {
                if (!stop.isAfter(clock.instant())) {
                    throw new YangException(Failure.INVALID_VALUE, "stop-time " + stop + " is not in the future");
                }
                terms = terms.with(stop);
            }
            subscription.modify(terms);
            changed(subscription);
        } catch (YangException e) {
            throw told(e, input, "modify-subscription");
        }
    }

    private Target modified(Target target, InnerNode input) throws YangException {
        var node = filterNode(input);
        return switch (target) {
            case Target.Stream(var stream, var _, var _, var start)
            when node != null -> new Target.Stream(stream, node, filter(node), start);
            case Target.Stream same -> same;
        };
    }

    /** Does delete-subscription (RFC 8639 §2.4.4); the subscriber, who asked for it, is not told again. */
    public void delete(InnerNode input) throws YangException {
        try {
            own(input).close();
        } catch (YangException e) {
            throw SubscriptionError.told(e, model, SubscriptionSchema.MODULE, "delete-subscription-error-info");
        }
    }

    /** Does kill-subscription (RFC 8639 §2.4.5) on anybody's subscription. */
    public void kill(InnerNode input) throws YangException {
        var id = id(input);
        var subscription = all.get(id);
        if (subscription == null) {
            throw SubscriptionError.told(
                    unknown(id), model, SubscriptionSchema.MODULE, "delete-subscription-error-info");
        }
        subscription.terminate("no-such-subscription");
    }

    private DynamicSubscription own(InnerNode input) throws YangException {
        var id = id(input);
        var subscription = all.get(id);
        if (subscription == null
                || !Subscriber.CURRENT.isBound()
                || !subscription
                        .subscriber()
                        .owner()
                        .equals(Subscriber.CURRENT.get().owner())) {
            throw unknown(id);
        }
        return subscription;
    }

    /** Someone else's subscription is as unknown as one that does not exist. */
    private static YangException unknown(long id) {
        return SubscriptionError.NO_SUCH_SUBSCRIPTION.because("there is no subscription " + id + " of this subscriber");
    }

    /**
     * Begins to receive a subscription by its URI (RFC 8650 §3.4).
     *
     * @param lastEventId of the last notification that the receiver got over another connection; null for none
     * @throws YangException no-such-resource when it is not the principal's, in-use when someone receives it already
     */
    public DynamicSubscription.Connection attach(Principal principal, long id, @Nullable String lastEventId)
            throws YangException {
        var subscription = all.get(id);
        if (subscription == null
                || !subscription.subscriber().principal().name().equals(principal.name())) {
            throw new YangException(Failure.NO_SUCH_RESOURCE, "there is no subscription " + id);
        }
        return subscription.attach(lastEventId);
    }

    private long id(InnerNode input) throws YangException {
        return (Long) input.value("id")
                .orElseThrow(() -> new YangException(Failure.MISSING_ELEMENT, "the id of a subscription is missing"));
    }

    private static Optional<String> text(InnerNode input, String leaf) {
        return input.value(leaf).map(Object::toString);
    }

    private static @Nullable Instant time(InnerNode input, String leaf) throws YangException {
        var value = input.value(leaf);
        return value.isPresent() ? DateAndTime.parse(leaf, value.get()) : null;
    }

    private static @Nullable DataNode filterNode(InnerNode holder) {
        for (var child : holder.children()) {
            if (child.schema().name().startsWith("stream-") && !child.schema().isKey()) {
                return child;
            }
        }
        return null;
    }

    private Predicate<Notification> filter(@Nullable DataNode node) throws YangException {
        try {
            return switch (node) {
                case null -> n -> true;
                case OpaqueNode subtree -> filters.subtree(subtree);
                case LeafNode leaf
                when SubscriptionSchema.isFilterName(leaf.schema()) -> filter(configured(leaf.value()));
                case LeafNode xpath -> filters.xpath(xpath.value().toString());
                default -> throw new IllegalArgumentException(node.schema() + " is no filter");
            };
        } catch (YangException e) {
            var why = e.first().message();
            throw SubscriptionError.FILTER_UNSUPPORTED.because(
                    why, new SubscriptionError.Hint("filter-failure-hint", why));
        }
    }

    private @Nullable DataNode configured(Object name) throws YangException {
        var filtersNode = parts.schemas().top("filters");
        return Optional.ofNullable(running.get().child(filtersNode))
                .map(n -> (InnerNode) n)
                .flatMap(n -> n.list("stream-filter"))
                .map(l -> l.entry(ListKey.of(name)))
                .map(Subscriptions::filterNode)
                .orElseThrow(
                        () -> new YangException(Failure.INVALID_VALUE, "there is no stream-filter '" + name + "'"));
    }

    /**
     * To be told after a commit that changed {@code /filters}: subscriptions that use a filter by name go on with its new
     * content, and are terminated when it is gone.
     */
    public void filtersChanged() {
        for (var subscription : all.values()) {
            var terms = subscription.terms();
            if (terms.target().filterName().isPresent()) {
                try {
                    subscription.filterChanged(terms.with(refiltered(terms.target())));
                } catch (YangException e) {
                    subscription.terminate("filter-unavailable");
                }
            }
        }
    }

    private Target refiltered(Target target) throws YangException {
        return switch (target) {
            case Target.Stream(var stream, var node, var _, var start) ->
                new Target.Stream(stream, node, filter(node), start);
        };
    }

    /** Ends all subscriptions of an owner whose session has ended (RFC 8640 §5). */
    public void ended(Object owner) {
        all.values().stream()
                .filter(s -> Objects.equals(s.subscriber().owner(), owner))
                .forEach(DynamicSubscription::close);
    }

    /** Suspends those that do not keep up, and terminates those that did not for too long; to be called every second. */
    public void lookAfter() {
        all.values().forEach(s -> s.lookAfter(limits.patience()));
    }

    /** All subscriptions by id. */
    Collection<DynamicSubscription> all() {
        return all.values();
    }

    Optional<DynamicSubscription> find(long id) {
        return Optional.ofNullable(all.get(id));
    }

    ModelContext model() {
        return model;
    }

    EventStreams streams() {
        return streams;
    }

    SubscriptionSchema schemas() {
        return parts.schemas();
    }
}
