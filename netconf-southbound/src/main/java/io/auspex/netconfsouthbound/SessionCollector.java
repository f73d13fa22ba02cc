package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfprotocol.YangModule;
import io.auspex.netconfsouthbound.SessionException.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Collects from one device over one session: by subscriptions where the device offers them (RFC 9417 §3), by asking for the rest.
 * Used by the device's thread alone.
 */
final class SessionCollector {
    private static final String SYSTEM = "urn:ietf:params:xml:ns:yang:ietf-system";
    private static final Duration CLOCK_CHECK = Duration.ofMinutes(5);

    private final String device;
    private final NetconfClientSession session;
    private final NotificationQueue inbox;
    private final InstantSource clock;
    private final MetricPoller poller;
    private final Streams streams;
    private final DeviceClock deviceClock = new DeviceClock();
    private boolean tellsTime;
    private long nextClockCheck = System.nanoTime();
    private CollectionPlan plan = CollectionPlan.NOTHING;

    SessionCollector(
            DeviceConfig config,
            NetconfClientSession session,
            Set<YangModule> modules,
            NotificationQueue inbox,
            InstantSource clock) {
        this.device = config.name();
        this.session = session;
        this.inbox = inbox;
        this.clock = clock;
        this.poller = new MetricPoller(device, session, config.timers().rpc(), clock);
        this.streams = new Streams(session, modules);
        this.tellsTime = modules.stream().anyMatch(m -> m.namespace().equals(SYSTEM));
    }

    /** What is to be collected from now on. */
    void follow(CollectionPlan newPlan) throws SessionException, InterruptedException {
        plan = newPlan;
        streams.follow(plan, System.nanoTime());
    }

    /** What the device said since the last time, asked and unasked, in its order. */
    List<MetricSample> heard() throws InterruptedException {
        // A notification that came before an answer is in the inbox by the time the answer is here, so that one look at
        // it is enough.
        var samples = new ArrayList<>(poller.goOn());
        samples.addAll(told());
        samples.sort(Comparator.comparingLong(MetricSample::receivedAt));
        return samples;
    }

    private List<MetricSample> told() {
        try {
            var samples = new ArrayList<MetricSample>();
            streams.take(inbox.takeAll(), inbox.lost(), deviceClock)
                    .forEach((path, heard) ->
                            samples.add(new MetricSample(device, path, heard.reading(), heard.nanos())));
            return samples;
        } catch (ProtocolException e) {
            session.end(NetconfClientSession.broken(e));
            return List.of();
        }
    }

    /** Once a period: begins to ask for what no subscription tells, and says again what subscriptions let stand. */
    List<MetricSample> collect() throws SessionException, InterruptedException {
        checkClock();
        var all = new ArrayList<MetricSample>();
        // What has not been heard by now must not be older than what is confirmed as of now.
        var now = System.nanoTime();
        streams.follow(plan, now);
        all.addAll(told());
        streams.confirm(now)
                .forEach((path, standing) ->
                        all.add(new MetricSample(device, path, standing.reading(), standing.nanos())));
        poller.begin(streams.left(plan));
        return all;
    }

    /** Asks for what the device said and we missed. */
    void mend() throws SessionException, InterruptedException {
        streams.mend(System.nanoTime());
    }

    /** The nanoseconds until {@link #mend} has something to do. */
    long untilMend(long now) {
        return streams.untilMend(now);
    }

    /** Whether the device was asked for values that are not here yet; until then no other plan is followed. */
    boolean isAsking() {
        return poller.isAsking();
    }

    /** Whether {@link #heard} brings an answer. */
    boolean isAnswered() {
        return poller.isAnswered();
    }

    /** RFC 7317 §3.1; a device that has the module and does not tell is not asked again. */
    private void checkClock() throws SessionException, InterruptedException {
        if (!tellsTime || System.nanoTime() < nextClockCheck) {
            return;
        }
        nextClockCheck = System.nanoTime() + CLOCK_CHECK.toNanos();
        var leaf = XmlElement.of(
                SYSTEM, "system-state", XmlElement.of(SYSTEM, "clock", XmlElement.of(SYSTEM, "current-datetime")));
        var get = XmlElement.of(BASE, "get", DeviceOperations.subtreeFilter(leaf));
        try {
            var sentAt = clock.instant();
            var reply = session.call(get);
            var receivedAt = clock.instant();
            var told = reply instanceof RpcReply.Data(var content, var _)
                    ? content.stream()
                            .flatMap(data -> data.child(SYSTEM, "system-state").stream())
                            .flatMap(state -> state.child(SYSTEM, "clock").stream())
                            .flatMap(c -> c.childText(SYSTEM, "current-datetime").stream())
                            .findFirst()
                            .orElse("")
                    : "";
            deviceClock.asked(OffsetDateTime.parse(told.strip()).toInstant(), sentAt, receivedAt);
        } catch (DateTimeException e) {
            tellsTime = false;
        } catch (SessionException e) {
            if (e.kind() != Kind.TIMEOUT) {
                throw e;
            }
        }
    }

    /** How the values come in at present. */
    Telemetry telemetry() {
        return streams.telemetry(plan, deviceClock);
    }
}
