package io.auspex.notifications.subscriptions;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription in running (RFC 8639 §2.5.1), changed by one thread and looked at by any.
 *
 * <pre>
 *             can be supported
 * invalid ⇄ valid ──────────→ concluded
 *        cannot      stop time
 * </pre>
 */
final class ConfiguredSubscription implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredSubscription.class);

    private final long id;
    private final ReceiverMaker maker;
    private final Runnable changed;
    private final Map<String, ConfiguredReceiver> receivers = new TreeMap<>();
    private Map<String, ReceiverSetup> setups = Map.of();
    private State state = new Invalid("not looked at yet");

    /** The states of the module. */
    sealed interface State {}

    /** @param replayStart from when its events are sent; null without replay */
    record Valid(@Nullable Instant replayStart) implements State {}

    /** @param why it cannot be supported as it is */
    record Invalid(String why) implements State {}

    record Concluded() implements State {}

    /** Begins to serve a receiver. */
    interface ReceiverMaker {
        ConfiguredReceiver make(String name, ReceiverSetup setup);
    }

    /** Reads what the receivers are to get. */
    interface Setups {
        /** @throws YangException why the subscription cannot be supported */
        Map<String, ReceiverSetup> read() throws YangException;
    }

    /** @param changed told when its state is another */
    ConfiguredSubscription(long id, ReceiverMaker maker, Runnable changed) {
        this.id = id;
        this.maker = maker;
        this.changed = changed;
    }

    synchronized State state() {
        return state;
    }

    synchronized Collection<ConfiguredReceiver> receivers() {
        return List.copyOf(receivers.values());
    }

    synchronized Optional<ConfiguredReceiver> receiver(String name) {
        return Optional.ofNullable(receivers.get(name));
    }

    /** Goes on as it is configured now. */
    void apply(Setups configured, Instant now) {
        try {
            var wanted = configured.read();
            var one = wanted.values().iterator().next();
            var stop = one.terms().stopTime();
            if (stop != null && !stop.isAfter(now) && !(state instanceof Valid)) {
                become(new Concluded());
            } else {
                receive(wanted);
                become(new Valid(
                        one.terms().target() instanceof Target.Stream stream ? stream.replayStartTime() : null));
            }
        } catch (YangException e) {
            var why = e.first().message();
            LOG.atWarn().addKeyValue("subscription", id).log("configured subscription is not supported: " + why);
            refuse(why, reason(e));
        } catch (RuntimeException e) {
            var incident = UUID.randomUUID();
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("subscription", id)
                    .addKeyValue("incident", incident)
                    .log("configured subscription failed");
            refuse("internal fault, incident " + incident, "no-such-subscription");
        }
    }

    /** What a receiver that was told that the subscription has begun is told of its end (RFC 8639 §2.7.5). */
    private static String reason(YangException fault) {
        if (SubscriptionError.FILTER_UNSUPPORTED.is(fault)) {
            return "filter-unavailable";
        }
        for (var error : List.of(SubscriptionError.REVISION_UNSUPPORTED, SubscriptionError.VERSION_UNSUPPORTED)) {
            if (error.is(fault)) {
                return error.identity();
            }
        }
        return "no-such-subscription";
    }

    private void refuse(String why, String reason) {
        end(reason);
        become(new Invalid(why));
    }

    private synchronized void receive(Map<String, ReceiverSetup> wanted) {
        receivers.entrySet().removeIf(e -> {
            var gone = !wanted.containsKey(e.getKey());
            if (gone) {
                e.getValue().terminate("no-such-subscription");
            }
            return gone;
        });
        wanted.forEach((name, setup) -> {
            var receiver = receivers.get(name);
            var old = setups.get(name);
            if (receiver == null) {
                receivers.put(name, maker.make(name, setup));
            } else if (old == null || !setup.isSamePolicy(old) || setup.isElsewhere(old)) {
                receiver.modify(setup);
            }
        });
        setups = wanted;
    }

    private void become(State other) {
        synchronized (this) {
            state = other;
        }
        changed.run();
    }

    /** Looks after it from time to time. */
    void lookAfter(Instant now) {
        if (!(state() instanceof Valid)) {
            return;
        }
        var all = receivers();
        all.forEach(ConfiguredReceiver::lookAfter);
        var stop = setups.values().iterator().next().terms().stopTime();
        if (stop != null && !now.isBefore(stop) && all.stream().allMatch(ConfiguredReceiver::hasNothingToSend)) {
            synchronized (this) {
                close();
                receivers.clear();
                setups = Map.of();
            }
            become(new Concluded());
        }
    }

    /** Some receivers of that transport have come or gone. */
    synchronized void look(ReceiverTransport transport, Predicate<InnerNode> which) {
        receivers.forEach((name, receiver) -> {
            var setup = setups.get(name);
            if (setup != null && setup.transport() == transport && which.test(setup.instance())) {
                receiver.look();
            }
        });
    }

    /** Ends and begins again with all receivers, who are told so. */
    synchronized void renew() {
        receivers.values().forEach(ConfiguredReceiver::renew);
    }

    /** Ends all receivers, and tells those why who were told that it has begun. */
    synchronized void end(String reason) {
        receivers.values().forEach(r -> r.terminate(reason));
        receivers.clear();
        setups = Map.of();
    }

    /** Tells nobody: the server stops. */
    @Override
    public synchronized void close() {
        receivers.values().forEach(ConfiguredReceiver::close);
    }
}
