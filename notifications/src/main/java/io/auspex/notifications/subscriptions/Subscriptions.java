package io.auspex.notifications.subscriptions;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.datastore.Datastores;
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
import io.auspex.yang.schema.ModelContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a server (RFC 8639), whatever the transport: the operations on dynamic ones, whose inputs are
 * validated before they come here, and those in running.
 */
public final class Subscriptions {
    /** The ids from here on are given to dynamic subscriptions, those below are for configured ones (RFC 8639 §6). */
    static final long FIRST_DYNAMIC = 1L << 31;

    private final ModelContext model;
    private final EventStreams streams;
    private final Parts parts;
    private final Targets targets;
    private final TermsReader reader;
    private final Limits limits;
    private final SubscriptionList list;
    private final ConfiguredSubscriptions configured;
    private final AtomicLong nextId = new AtomicLong(FIRST_DYNAMIC);

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
        this.limits = limits;
        parts = new Parts(
                new SubscriptionSchema(model),
                access,
                new Push(datastores, access, clock),
                clock,
                new Envelopes.Switch(new HostName(datastores::running)));
        list = new SubscriptionList(parts.schemas(), limits.perUser());
        targets = new Targets(
                streams,
                filters,
                new Selections(model, ModelFilters.names(model)),
                parts.push(),
                new ConfiguredFilters(model, datastores::running, access));
        reader = new TermsReader(targets, clock);
        configured = new ConfiguredSubscriptions(parts, list, targets, datastores::running);
        configured.changed();
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
        list.checkQuota(subscriber.principal());
        var terms = reader.of(input, subscriber);
        var subscription = new DynamicSubscription(nextId.getAndIncrement(), subscriber, terms, parts, list::remove);
        try {
            list.add(subscription);
            subscriber.established(subscription);
        } catch (YangException e) {
            subscription.close();
            throw e;
        }
        return output(subscription);
    }

    private InnerNode output(DynamicSubscription subscription) {
        var schema = parts.schemas().output("establish-subscription");
        var nodes = new ArrayList<DataNode>();
        nodes.add(parts.schemas().leaf(schema, "id", subscription.id()));
        if (subscription.terms().target() instanceof Target.Stream(var stream, var _, var _, var _, var start)) {
            var aged = stream.replayLogAgedTime();
            var earliest = aged == null ? stream.replayLogCreationTime() : aged;
            if (start != null && earliest != null && earliest.isAfter(start)) {
                nodes.add(parts.schemas().leaf(schema, "replay-start-time-revision", earliest.toString()));
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
            var principal = subscription.subscriber().principal();
            subscription.modify(reader.modified(subscription.terms(), input, principal));
            list.changed(subscription.id());
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

    /** Does kill-subscription (RFC 8639 §2.4.5) on anybody's dynamic subscription. */
    public void kill(InnerNode input) throws YangException {
        var id = id(input);
        var subscription = list.find(id).orElse(null);
        if (subscription == null) {
            throw SubscriptionError.told(
                    unknown(id), model, SubscriptionSchema.MODULE, "delete-subscription-error-info");
        }
        subscription.terminate("no-such-subscription");
    }

    /** Does resync-subscription (RFC 8641 §4.4.4). */
    public void resync(InnerNode input) throws YangException {
        var id = id(input);
        var found = list.find(id).orElse(null);
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
        return list.find(id).filter(Subscriptions::isOwn).orElseThrow(() -> unknown(id));
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
        return list.find(id)
                .filter(s -> s.subscriber().principal().name().equals(principal.name()))
                .orElseThrow(() -> new YangException(Failure.NO_SUCH_RESOURCE, "there is no subscription " + id))
                .attach(lastEventId);
    }

    private static long id(InnerNode input) throws YangException {
        return (Long) input.value("id")
                .orElseThrow(() -> new YangException(Failure.MISSING_ELEMENT, "the id of a subscription is missing"));
    }

    /**
     * To be told after a commit that changed {@code /filters}: subscriptions that use a filter by name which is another now go
     * on with its new content, and are terminated when it is gone or selects more than is allowed.
     */
    public void filtersChanged() {
        for (var subscription : list.all()) {
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
        list.all().forEach(s -> s.lookAfter(limits));
        configured.lookAfter();
    }

    /** Those in running. */
    public ConfiguredSubscriptions configured() {
        return configured;
    }

    SubscriptionList list() {
        return list;
    }

    ModelContext model() {
        return model;
    }

    EventStreams streams() {
        return streams;
    }

    Parts parts() {
        return parts;
    }
}
