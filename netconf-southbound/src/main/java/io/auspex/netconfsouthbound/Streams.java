package io.auspex.netconfsouthbound;

import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfprotocol.YangModule;
import io.auspex.netconfsouthbound.NotificationQueue.Received;
import io.auspex.netconfsouthbound.PushSubscription.Sync;
import io.auspex.netconfsouthbound.SessionException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one session with a device that announces YANG-Push (RFC 8641): one to changes, one to periodic updates. What
 * the device refuses or ends, or does not tell completely, is polled until that is over. Used by the device's thread alone.
 */
final class Streams {
    private static final String PUSH_MODULE = "ietf-yang-push";
    private static final String CAPABILITIES_MODULE = "ietf-notification-capabilities";
    private static final String UNSUPPORTED = "on-change-unsupported";
    private static final Duration REFUSAL_HOLDS = Duration.ofMinutes(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 9;
    private static final Duration DAMPENING = Duration.ofSeconds(1);
    /** Without an update for so many periods, and for so long, there is none any more; values are stale by then. */
    private static final int PATIENCE_PERIODS = 3;

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);
    /** After so many periods, and so long, the device is asked for everything: a subscription may die silently. */
    private static final int SILENT_PERIODS = 10;

    private static final Duration LEAST_SILENCE = Duration.ofMinutes(1);
    /** Found to have lost something at the end of so many periods in a row, although asked for everything, a device is asked no more. */
    private static final int MOST_RESYNCS = 3;
    /** A plan may change with each edit of a service; what is new in it is polled until so long after the last subscription. */
    private static final Duration BETWEEN_SUBSCRIPTIONS = Duration.ofSeconds(10);
    /** Changes that got lost are asked for at once, but not so often that the answers alone fill the line. */
    private static final Duration BETWEEN_RESYNCS = Duration.ofSeconds(1);
    /** So often within a period; what gets lost after that is asked for at its end. */
    private static final int MOST_MENDS = 2;
    /** Nothing depends on the reply to delete-subscription. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final NetconfClientSession session;
    private final Set<YangModule> modules;
    private final Set<String> namespaces;
    private final boolean offered;
    private final Map<UpdateTrigger, Group> groups = new EnumMap<>(UpdateTrigger.class);
    private @Nullable PushCapabilities capabilities;
    private boolean onChangeRefused;
    private long notifications;
    private long ignored;
    private long lost;
    private long resyncs;

    /** What one subscription is to tell, and how that goes. */
    private static final class Group {
        Set<MetricPath> paths = Set.of();

        @Nullable
        PushSubscription subscription;

        Duration period = Duration.ZERO;
        String trouble = "";
        long retryAt;
        int failures;
        int futileResyncs;
        int mends;
        long askedAt;
        long establishedAt;
        /** Leaves of the plan that the subscription tells: it may be one for an earlier plan. */
        int told;

        int told(CollectionPlan plan) {
            return subscription == null
                    ? 0
                    : (int) subscription.paths.stream()
                            .filter(plan.paths()::contains)
                            .count();
        }
    }

    /** What the device says of one path, and when that was, by {@link System#nanoTime}. */
    record Heard(MetricReading reading, long nanos) {}

    Streams(NetconfClientSession session, Set<YangModule> modules) {
        this.session = session;
        this.modules = modules;
        this.namespaces = modules.stream().map(YangModule::namespace).collect(Collectors.toSet());
        this.offered = hasModule(PUSH_MODULE);
        for (var trigger : UpdateTrigger.values()) {
            groups.put(trigger, new Group());
        }
    }

    private boolean hasModule(String name) {
        return modules.stream().anyMatch(m -> m.name().equals(name));
    }

    /** Makes the subscriptions those that the plan needs, as far as the device lets; to be called often. */
    void follow(CollectionPlan plan, long now) throws SessionException, InterruptedException {
        if (!offered) {
            return;
        }
        var onChange = new LinkedHashSet<MetricPath>();
        var periodic = new LinkedHashSet<MetricPath>();
        for (var path : plan.paths()) {
            (mayBeOnChange(path) ? onChange : periodic).add(path);
        }
        follow(UpdateTrigger.ON_CHANGE, onChange, plan.period(), now);
        if (onChangeRefused && !onChange.isEmpty()) {
            periodic.addAll(onChange);
            follow(UpdateTrigger.ON_CHANGE, Set.of(), plan.period(), now);
        }
        follow(UpdateTrigger.PERIODIC, periodic, plan.period(), now);
        groups.values().forEach(group -> group.told = group.told(plan));
    }

    private boolean mayBeOnChange(MetricPath path) throws SessionException, InterruptedException {
        if (onChangeRefused || !PushTargets.canName(path, namespaces)) {
            return false;
        }
        var known = capabilities;
        if (known == null) {
            known = hasModule(CAPABILITIES_MODULE) ? learnCapabilities() : PushCapabilities.UNKNOWN;
            capabilities = known;
        }
        return known.maySayOnChange(path);
    }

    private PushCapabilities learnCapabilities() throws SessionException, InterruptedException {
        return call(PushOperations.capabilities()) instanceof RpcReply.Data(var content, var _)
                ? content.stream()
                        .flatMap(data -> data.child(PushCapabilities.SYSTEM, "system-capabilities").stream())
                        .findFirst()
                        .map(PushCapabilities::of)
                        .orElse(PushCapabilities.UNKNOWN)
                : PushCapabilities.UNKNOWN;
    }

    private void follow(UpdateTrigger trigger, Set<MetricPath> paths, Duration period, long now)
            throws SessionException, InterruptedException {
        var group = group(trigger);
        var same = group.paths.equals(paths) && group.period.equals(period);
        if (same && (group.subscription != null || now < group.retryAt)) {
            return;
        }
        if (group.subscription != null
                && !paths.isEmpty()
                && now - group.establishedAt < BETWEEN_SUBSCRIPTIONS.toNanos()) {
            return;
        }
        if (group.subscription != null) {
            delete(group);
        }
        group.paths = Set.copyOf(paths);
        group.period = period;
        if (paths.isEmpty()) {
            group.trouble = "";
        } else if (now >= group.retryAt) {
            establish(trigger, group, now);
        }
    }

    private Group group(UpdateTrigger trigger) {
        return Objects.requireNonNull(groups.get(trigger));
    }

    private void establish(UpdateTrigger trigger, Group group, long now) throws SessionException, InterruptedException {
        var interval =
                trigger == UpdateTrigger.PERIODIC || group.period.compareTo(DAMPENING) < 0 ? group.period : DAMPENING;
        switch (call(PushOperations.establish(trigger, group.paths, interval))) {
            case RpcReply.Data(var content, var _) -> {
                var id = content.stream()
                        .filter(e -> e.name().equals("id"))
                        .map(e -> e.text().strip())
                        .findFirst();
                if (id.isPresent()) {
                    group.subscription = new PushSubscription(id.get(), trigger, group.paths, modules, now);
                    group.askedAt = now;
                    group.establishedAt = now;
                    group.futileResyncs = 0;
                    group.trouble = "";
                } else {
                    refused(group, "the reply to establish-subscription has no id", now);
                }
            }
            case RpcReply.Failed failed -> {
                if (trigger == UpdateTrigger.ON_CHANGE && saysUnsupported(failed)) {
                    onChangeRefused = true;
                } else {
                    refused(group, failed.summary(), now);
                }
            }
            case RpcReply.Ok() -> refused(group, "the reply to establish-subscription has no id", now);
            case null -> refused(group, "no reply to establish-subscription in time", now);
        }
    }

    /** RFC 8640 §7: the reason stands as error-app-tag, or in error-info. */
    private static boolean saysUnsupported(RpcReply.Failed failed) {
        return failed.errors().stream()
                .flatMap(e -> Stream.concat(
                        Stream.ofNullable(e.appTag()), e.info().stream().flatMap(Streams::texts)))
                .anyMatch(text -> text.strip().endsWith(UNSUPPORTED));
    }

    private static Stream<String> texts(XmlElement element) {
        return Stream.concat(
                Stream.of(element.text()), element.children().stream().flatMap(Streams::texts));
    }

    private static void refused(Group group, String why, long now) {
        group.trouble = why;
        group.retryAt = now + REFUSAL_HOLDS.toNanos();
    }

    private void delete(Group group) throws SessionException, InterruptedException {
        var subscription = group.subscription;
        group.subscription = null;
        if (subscription != null) {
            // A device that has forgotten it says so, which is as well.
            call(PushOperations.delete(subscription.id), FAREWELL);
        }
    }

    /** The subscription is over: what it told is polled until the pause is. */
    private static void over(Group group, String why, long now) {
        group.subscription = null;
        group.trouble = why;
        group.failures++;
        var pause = Math.min(
                LONGEST_PAUSE.toNanos(), group.period.toNanos() << Math.min(group.failures - 1, MOST_DOUBLINGS));
        group.retryAt = now + pause;
    }

    /**
     * The paths of a plan to ask for: those that no subscription tells at present, as far as is known. What the device holds back
     * for now grows stale instead: it is too busy as it is.
     */
    List<MetricPath> left(CollectionPlan plan) {
        var told = new HashSet<MetricPath>();
        groups.values().forEach(g -> {
            if (g.subscription != null && (g.subscription.sync() == Sync.IN_SYNC || g.subscription.isSuspended())) {
                told.addAll(g.subscription.paths);
            }
        });
        return plan.paths().stream().filter(p -> !told.contains(p)).toList();
    }

    /**
     * Takes notifications in, in their order.
     *
     * @param lostInAll how many of this session did not get that far
     * @return the newest reading of each path that they say something about
     * @throws ProtocolException one is not well-formed
     */
    Map<MetricPath, Heard> take(List<Received> received, long lostInAll, DeviceClock clock) throws ProtocolException {
        var news = new HashMap<MetricPath, Heard>();
        for (var i = 0; i < received.size(); i++) {
            var one = received.get(i);
            notifications++;
            var message = PushMessage.read(one.message(), session.limits(), this::targets);
            if (i == received.size() - 1) {
                message.sentAt().ifPresent(at -> clock.heard(at, one.at()));
            }
            if (!take(one, message, news)) {
                ignored++;
            }
        }
        if (lostInAll > lost) {
            lost = lostInAll;
            groups.values().forEach(g -> {
                if (g.subscription != null) {
                    g.subscription.missed();
                }
            });
        }
        return news;
    }

    private @Nullable Group groupOf(@Nullable String id) {
        for (var group : groups.values()) {
            if (group.subscription != null && group.subscription.id.equals(id)) {
                return group;
            }
        }
        return null;
    }

    private @Nullable PushTargets targets(String id) {
        var group = groupOf(id);
        return group == null || group.subscription == null ? null : group.subscription.targets;
    }

    private boolean take(Received received, PushMessage message, Map<MetricPath, Heard> news) {
        var group = groupOf(message.id());
        var subscription = group == null ? null : group.subscription;
        if (group == null || subscription == null) {
            return false;
        }
        var now = received.nanos();
        subscription.signOfLife(now);
        switch (message.name()) {
            case "push-update" ->
                subscription
                        .update(received, message)
                        .forEach((path, reading) -> news.put(path, new Heard(reading, received.nanos())));
            case "push-change-update" -> {
                return subscription.change(
                        message, (path, reading) -> news.put(path, new Heard(reading, received.nanos())));
            }
            case "subscription-terminated", "subscription-completed" ->
                over(
                        group,
                        "the device ended the subscription: "
                                + (message.reason() == null ? message.name() : message.reason()),
                        now);
            case "subscription-suspended" -> subscription.suspended(now);
            case "subscription-resumed" -> subscription.resumed(now);
            case "subscription-modified" -> subscription.missed();
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Looks after the subscriptions, once a period: asks for everything where something may be missing, gives up what is silent.
     *
     * @return the values that still hold because the device said nothing else, as of when it was last seen to be there
     */
    Map<MetricPath, Heard> confirm(long now) throws SessionException, InterruptedException {
        var standing = new HashMap<MetricPath, Heard>();
        for (var group : groups.values()) {
            if (group.subscription != null) {
                lookAfter(group, group.subscription, now);
            }
            var subscription = group.subscription;
            if (subscription != null) {
                subscription
                        .standing()
                        .forEach((path, reading) -> standing.put(path, new Heard(reading, subscription.lastSign())));
            }
        }
        return standing;
    }

    /** Asks for everything where changes are known to be missing, without waiting for the end of the period. */
    void mend(long now) throws SessionException, InterruptedException {
        for (var group : groups.values()) {
            var subscription = group.subscription;
            if (subscription != null && untilMend(group, now) <= 0) {
                group.mends++;
                resync(group, subscription, now);
            }
        }
    }

    /** The nanoseconds until {@link #mend} has something to do. */
    long untilMend(long now) {
        return groups.values().stream()
                .mapToLong(group -> untilMend(group, now))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static long untilMend(Group group, long now) {
        var subscription = group.subscription;
        return subscription != null && subscription.hasLostChanges() && group.mends < MOST_MENDS
                ? group.askedAt - now + BETWEEN_RESYNCS.toNanos()
                : Long.MAX_VALUE;
    }

    private void lookAfter(Group group, PushSubscription subscription, long now)
            throws SessionException, InterruptedException {
        var patience = atLeast(LEAST_PATIENCE, group, PATIENCE_PERIODS);
        var longSilence = atLeast(LEAST_SILENCE, group, SILENT_PERIODS);
        var onChange = subscription.trigger == UpdateTrigger.ON_CHANGE;
        var silence = now - subscription.lastUpdate();
        group.mends = 0;
        switch (subscription.sync()) {
            case IN_SYNC -> {
                group.failures = 0;
                group.futileResyncs = 0;
                if (!onChange) {
                    expectWithin(patience, group, silence, now);
                } else if (Math.min(silence, now - group.askedAt) > longSilence.toNanos()) {
                    resync(group, subscription, now);
                } else if (now - subscription.lastSign() > group.period.toNanos()) {
                    probe(group, subscription, now);
                }
            }
            case WAITING -> expectWithin(patience, group, silence, now);
            case OUT_OF_SYNC -> {
                if (onChange && group.futileResyncs == MOST_RESYNCS) {
                    giveUp(group, "updates got lost again after each of " + MOST_RESYNCS + " resyncs", now);
                } else if (onChange) {
                    group.futileResyncs++;
                    resync(group, subscription, now);
                } else {
                    expectWithin(patience, group, silence, now);
                }
            }
            case SUSPENDED -> {
                if (onChange && subscription.mayBeResumed()) {
                    // Whatever the reply is, nothing but an update shows that it is no longer suspended.
                    resyncs++;
                    call(PushOperations.resync(subscription.id));
                }
                expectWithin(longSilence, group, silence, now);
            }
        }
    }

    private void expectWithin(Duration patience, Group group, long silence, long now)
            throws SessionException, InterruptedException {
        if (silence > patience.toNanos()) {
            giveUp(group, "no update for " + SessionTimers.text(patience), now);
        }
    }

    private void probe(Group group, PushSubscription subscription, long now)
            throws SessionException, InterruptedException {
        if (call(PushOperations.probe(subscription.id)) == null) {
            giveUp(group, "no reply to a probe in time", now);
        } else {
            // As of the question: the answer may have been slow.
            subscription.signOfLife(now);
        }
    }

    private static Duration atLeast(Duration least, Group group, int periods) {
        var some = group.period.multipliedBy(periods);
        return some.compareTo(least) < 0 ? least : some;
    }

    private void resync(Group group, PushSubscription subscription, long now)
            throws SessionException, InterruptedException {
        resyncs++;
        group.askedAt = now;
        switch (call(PushOperations.resync(subscription.id))) {
            case RpcReply.Failed failed -> giveUp(group, "resync-subscription: " + failed.summary(), now);
            case null -> giveUp(group, "no reply to resync-subscription in time", now);
            case RpcReply.Ok() -> subscription.waitFor(now);
            case RpcReply.Data _ -> subscription.waitFor(now);
        }
    }

    private void giveUp(Group group, String why, long now) throws SessionException, InterruptedException {
        delete(group);
        over(group, why, now);
    }

    private @Nullable RpcReply call(XmlElement operation) throws SessionException, InterruptedException {
        return call(operation, session.timers().rpc());
    }

    /** The reply; null where there was none in time. */
    private @Nullable RpcReply call(XmlElement operation, Duration timeout)
            throws SessionException, InterruptedException {
        try {
            return session.call(operation, timeout);
        } catch (SessionException e) {
            if (e.kind() == Kind.TIMEOUT) {
                return null;
            }
            throw e;
        }
    }

    /** How the values of a plan come in at present. */
    Telemetry telemetry(CollectionPlan plan, DeviceClock clock) {
        var onChange = told(UpdateTrigger.ON_CHANGE);
        var periodic = told(UpdateTrigger.PERIODIC);
        var suspended = groups.values().stream()
                .mapToInt(g -> g.subscription != null && g.subscription.isSuspended() ? g.told : 0)
                .sum();
        var trouble = new ArrayList<String>();
        groups.values().forEach(g -> {
            if (!g.trouble.isEmpty() && g.subscription == null) {
                trouble.add(g.trouble);
            }
        });
        return new Telemetry(
                onChange,
                periodic,
                suspended,
                plan.paths().size() - onChange - periodic - suspended,
                String.join("; ", trouble),
                notifications,
                lost,
                ignored,
                resyncs,
                clock.skew().orElse(null));
    }

    private int told(UpdateTrigger trigger) {
        var group = group(trigger);
        return group.subscription == null || group.subscription.isSuspended() ? 0 : group.told;
    }
}
