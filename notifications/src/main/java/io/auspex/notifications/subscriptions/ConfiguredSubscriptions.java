package io.auspex.notifications.subscriptions;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The subscriptions in running (RFC 8639 §2.5), as they are served. */
public final class ConfiguredSubscriptions implements AutoCloseable {
    private final Parts parts;
    private final SubscriptionList list;
    private final Targets targets;
    private final Supplier<? extends InnerNode> running;
    private final Instant boot;
    private final ConcurrentSkipListMap<Long, ConfiguredSubscription> all = new ConcurrentSkipListMap<>();
    private ConfiguredReceiver.Pauses pauses = ConfiguredReceiver.Pauses.DEFAULT;
    private @Nullable SetupReader setups;

    ConfiguredSubscriptions(
            Parts parts, SubscriptionList list, Targets targets, Supplier<? extends InnerNode> running) {
        this.parts = parts;
        this.list = list;
        this.targets = targets;
        this.running = running;
        boot = parts.clock().instant();
    }

    /** Begins to serve those in running. */
    public synchronized void start(Collection<ReceiverTransport> transports) {
        setups = new SetupReader(targets, boot, List.copyOf(transports));
        changed();
        transports.forEach(t -> t.watch(which -> all.values().forEach(s -> s.look(t, which))));
    }

    /** As {@link #start(Collection)}, with other pauses between attempts to reach a receiver. */
    synchronized void start(Collection<ReceiverTransport> transports, ConfiguredReceiver.Pauses waits) {
        pauses = waits;
        start(transports);
    }

    /**
     * Refuses what can never be supported.
     *
     * @param subscription an entry of the list in a running to be
     */
    public static void check(InnerNode subscription, DataPath path) throws YangException {
        if (subscription.value("id").orElse(0L) instanceof Long id && id >= Subscriptions.FIRST_DYNAMIC) {
            throw new YangException(
                    Failure.INVALID_VALUE,
                    path,
                    "the id of a configured subscription is below " + Subscriptions.FIRST_DYNAMIC + "; the others are"
                            + " for dynamic ones");
        }
        if (subscription.value("source-address").isPresent()) {
            throw new YangException(Failure.NOT_SUPPORTED, path, "source-address: the system chooses it");
        }
        try {
            var _ = ModuleVersions.wanted(subscription);
        } catch (YangException e) {
            throw new YangException(e.first().withPath(path));
        }
    }

    /** To be told after a commit that changed {@code /subscriptions}, {@code /filters} or what receivers refer to. */
    public synchronized void changed() {
        var root = running.get();
        var top = root.schema()
                                .child(SubscriptionSchema.MODULE, "subscriptions")
                                .map(root::child)
                                .orElse(null)
                        instanceof InnerNode there
                ? there
                : null;
        if (parts.envelopes().set(top != null && isEnveloped(top))) {
            list.all().forEach(s -> s.terminate("no-such-subscription"));
            all.values().forEach(ConfiguredSubscription::renew);
        }
        var reader = setups;
        if (reader == null) {
            return;
        }
        var here = new HashSet<Long>();
        if (top != null) {
            for (var entry :
                    top.list("subscription").map(l -> (Iterable<InnerNode>) l).orElse(List.of())) {
                var id = (Long) entry.value("id").orElseThrow();
                here.add(id);
                all.computeIfAbsent(id, this::make)
                        .apply(
                                () -> reader.read(entry, top, root),
                                parts.clock().instant());
            }
        }
        all.forEach((id, subscription) -> {
            if (!here.contains(id)) {
                all.remove(id);
                subscription.end("no-such-subscription");
                list.changed(id);
            }
        });
    }

    private static boolean isEnveloped(InnerNode top) {
        return top.schema()
                .child("ietf-yp-notification", "enable-notification-envelope")
                .map(top::child)
                .filter(n -> n instanceof LeafNode leaf && leaf.value().equals(true))
                .isPresent();
    }

    private ConfiguredSubscription make(long id) {
        Runnable changed = () -> list.changed(id);
        return new ConfiguredSubscription(
                id, (name, setup) -> new ConfiguredReceiver(id, name, setup, parts, pauses, running, changed), changed);
    }

    /**
     * Does the action reset (RFC 8639 §2.5.5).
     *
     * @param output the schema of its output
     */
    public InnerNode reset(DataPath receiver, SchemaNode output) throws YangException {
        var name = receiver.key().orElseThrow().value(0).toString();
        var id = receiver.parent().flatMap(DataPath::parent).orElseThrow().key().orElseThrow();
        find((Long) id.value(0))
                .flatMap(s -> s.receiver(name))
                .orElseThrow(() -> new YangException(
                        Failure.UNAVAILABLE,
                        receiver,
                        "nothing is sent to this receiver, its subscription is not valid"))
                .reset();
        return NodeBuilder.node(
                output, o -> o.leaf("time", parts.clock().instant().toString()));
    }

    /** Suspends receivers that do not keep up, and ends what has reached its stop time; to be called every second. */
    public void lookAfter() {
        all.values().forEach(s -> s.lookAfter(parts.clock().instant()));
    }

    Optional<ConfiguredSubscription> find(long id) {
        return Optional.ofNullable(all.get(id));
    }

    /** By id. */
    ConcurrentSkipListMap<Long, ConfiguredSubscription> all() {
        return all;
    }

    @Override
    public void close() {
        all.values().forEach(ConfiguredSubscription::close);
    }
}
