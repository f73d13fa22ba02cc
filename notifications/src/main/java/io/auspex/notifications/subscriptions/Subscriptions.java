package io.auspex.notifications.subscriptions;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.OperationalProvider;
import io.auspex.notifications.EventFilters;
import io.auspex.notifications.EventStreams;
import io.auspex.notifications.ModelFilters;
import io.auspex.notifications.push.Push;
import io.auspex.notifications.push.Selections;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Dynamic subscriptions to event streams (RFC 8639 §2.4), whatever the transport: the operations on them, whose inputs are
 * validated before they come here.
 */
public final class Subscriptions {
    private final ModelContext model;
    private final EventStreams streams;
    private final Targets targets;
    private final Limits limits;
    private final InstantSource clock;
    private final DynamicSubscription.Parts parts;
    private final AtomicLong lastId = new AtomicLong();
    private final Collection<OperationalProvider.Feed> feeds = new CopyOnWriteArrayList<>();
    private final ConcurrentSkipListMap<Long, DynamicSubscription> all = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> perUser = new ConcurrentHashMap<>();

    /**
     * The bounds of subscriptions.
     *
     * @param perUser most of one user
     * @param patience how long one may be suspended before it is terminated
     * @param unconnected how long one may be without a connection, unless it was granted a longer grace period
     */
    public record Limits(int perUser, Duration patience, Duration unconnected) {
        public static final Limits DEFAULT = new Limits(100, Duration.ofMinutes(1), Duration.ofSeconds(15));
    }

    /** No subscriptions yet, to the streams and the datastores of a server. */
    public Subscriptions(
            Datastores datastores,
            EventStreams streams,
            EventFilters filters,
            AccessControl access,
            InstantSource clock,
            Limits limits) {
        this.model = datastores.model();
        this.streams = streams;
        this.clock = clock;
        this.limits = limits;
        var schemas = new SubscriptionSchema(model);
        var push = new Push(datastores, access, clock);
        parts = new DynamicSubscription.Parts(schemas, access, push, clock, this::gone);
        targets = new Targets(
                streams,
                filters,
                new Selections(model, ModelFilters.names(model)),
                push,
                new ConfiguredFilters(model, datastores::running, access));
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
        checkQuota(subscriber.principal());
        var terms = terms(input, subscriber);
        var subscription = new DynamicSubscription(lastId.incrementAndGet(), subscriber, terms, parts);
        try {
            admit(subscription);
        } catch (YangException e) {
            subscription.close();
            throw e;
        }
        changed(subscription);
        try {
            subscriber.established(subscription);
        } catch (YangException e) {
            subscription.close();
            throw e;
        }
        return output(subscription);
    }

    private Terms terms(InnerNode input, Subscriber subscriber) throws YangException {
        refuseQos(input);
        var stop = Targets.time(input, "stop-time");
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
        if (!grace.isZero() && subscriber.uri(0).isEmpty()) {
            throw new YangException(Failure.INVALID_VALUE, "grace-period: this subscription ends with its session");
        }
        var target = targets.of(input, subscriber.principal());
        if (target instanceof Target.Datastore) {
            checkFuture(stop);
        }
        return new Terms(target, stop, encoding, grace);
    }

    private void checkFuture(@Nullable Instant stop) throws YangException {
        if (stop != null && !stop.isAfter(clock.instant())) {
            throw new YangException(Failure.INVALID_VALUE, "stop-time " + stop + " is not in the future");
        }
    }

    private synchronized void admit(DynamicSubscription subscription) throws YangException {
        var principal = subscription.subscriber().principal();
        checkQuota(principal);
        perUser.merge(principal.name(), 1, Integer::sum);
        all.put(subscription.id(), subscription);
    }

    private void gone(DynamicSubscription subscription) {
        if (all.remove(subscription.id(), subscription)) {
            perUser.computeIfPresent(
                    subscription.subscriber().principal().name(), (_, count) -> count == 1 ? null : count - 1);
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
        var own = perUser.getOrDefault(who.name(), 0);
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
            case Target.Stream(var stream, var _, var _, var _, var start) -> {
                var aged = stream.replayLogAgedTime();
                var earliest = aged == null ? stream.replayLogCreationTime() : aged;
                if (start != null && earliest != null && earliest.isAfter(start)) {
                    nodes.add(parts.schemas().leaf(schema, "replay-start-time-revision", earliest.toString()));
                }
            }
            case Target.Datastore _ -> {}
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
            terms = terms.with(targets.modified(
                    terms.target(), input, subscription.subscriber().principal()));
            var stop = Targets.time(input, "stop-time");
            if (stop != null) {
                checkFuture(stop);
                terms = terms.with(stop);
            }
            subscription.modify(terms);
            changed(subscription);
        } catch (YangException e) {
            throw told(e, input, "modify-subscription");
        }
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

    /** Does resync-subscription (RFC 8641 §4.4.4). */
    public void resync(InnerNode input) throws YangException {
        var id = id(input);
        var found = all.get(id);
        if (found == null || !isOwn(found) || !found.resync()) {
            throw SubscriptionError.told(
                    SubscriptionError.NO_SUCH_SUBSCRIPTION_RESYNC.because(
                            "there is no on-change subscription " + id + " of this subscriber"),
                    model,
                    SubscriptionSchema.PUSH_MODULE,
                    "resync-subscription-error");
        }
    }

    private static boolean isOwn(DynamicSubscription subscription) {
        return Subscriber.CURRENT.isBound()
                && subscription
                        .subscriber()
                        .owner()
                        .equals(Subscriber.CURRENT.get().owner());
    }

    private DynamicSubscription own(InnerNode input) throws YangException {
        var id = id(input);
        var subscription = all.get(id);
        if (subscription == null || !isOwn(subscription)) {
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

    /**
     * To be told after a commit that changed {@code /filters}: subscriptions that use a filter by name which is another now go
     * on with its new content, and are terminated when it is gone or selects more than is allowed.
     */
    public void filtersChanged() {
        for (var subscription : all.values()) {
            var terms = subscription.terms();
            if (terms.target().filterName().isPresent()) {
                try {
                    var principal = subscription.subscriber().principal();
                    var target = targets.refiltered(terms.target(), principal);
                    if (!target.equals(terms.target())) {
                        subscription.filterChanged(terms.with(target), terms.with(targets.told(target, principal)));
                    }
                } catch (YangException e) {
                    subscription.terminate("filter-unavailable");
                }
            }
        }
    }

    /** Suspends those that do not keep up, and terminates those that did not for too long; to be called every second. */
    public void lookAfter() {
        all.values().forEach(s -> s.lookAfter(limits));
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
