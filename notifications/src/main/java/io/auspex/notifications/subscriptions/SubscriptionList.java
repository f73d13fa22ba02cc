package io.auspex.notifications.subscriptions;

import io.auspex.access.Principal;
import io.auspex.datastore.OperationalProvider;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The dynamic subscriptions by id, counted by user; tells of changes of what is shown of any subscription. */
final class SubscriptionList {
    private final SubscriptionSchema schemas;
    private final int mostPerUser;
    private final Collection<OperationalProvider.Feed> feeds = new CopyOnWriteArrayList<>();
    private final ConcurrentSkipListMap<Long, DynamicSubscription> all = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> perUser = new ConcurrentHashMap<>();

    SubscriptionList(SubscriptionSchema schemas, int mostPerUser) {
        this.schemas = schemas;
        this.mostPerUser = mostPerUser;
    }

    /** @throws YangException insufficient-resources when the user has as many as are allowed */
    void checkQuota(Principal who) throws YangException {
        var own = perUser.getOrDefault(who.name(), 0);
        if (own >= mostPerUser) {
            throw SubscriptionError.INSUFFICIENT_RESOURCES.because(
                    "user '" + who.name() + "' has " + own + " subscriptions already");
        }
    }

    /** @throws YangException as {@link #checkQuota} */
    void add(DynamicSubscription subscription) throws YangException {
        synchronized (this) {
            var principal = subscription.subscriber().principal();
            checkQuota(principal);
            perUser.merge(principal.name(), 1, Integer::sum);
            all.put(subscription.id(), subscription);
        }
        changed(subscription.id());
    }

    void remove(DynamicSubscription subscription) {
        if (all.remove(subscription.id(), subscription)) {
            perUser.computeIfPresent(
                    subscription.subscriber().principal().name(), (_, count) -> count == 1 ? null : count - 1);
            changed(subscription.id());
        }
    }

    Optional<DynamicSubscription> find(long id) {
        return Optional.ofNullable(all.get(id));
    }

    Collection<DynamicSubscription> all() {
        return all.values();
    }

    /** Tells that what is shown of a subscription may have changed. */
    void changed(long id) {
        if (!feeds.isEmpty()) {
            var top = schemas.top("subscriptions");
            var path = DataPath.root(top.parent().orElseThrow())
                    .child(top)
                    .entry(SubscriptionSchema.child(top, "subscription"), ListKey.of(id));
            feeds.forEach(f -> f.changed(path));
        }
    }

    /** Registers for changes of what is shown. */
    AutoCloseable feed(OperationalProvider.Feed feed) {
        feeds.add(feed);
        return () -> feeds.remove(feed);
    }
}
