package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfsouthbound.MetricReading.Failed;
import io.auspex.netconfsouthbound.MetricReading.Refused;
import io.auspex.netconfsouthbound.SessionException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads paths over one session with as few rpcs as possible: one for all, and where the device refuses that,
 * smaller ones until the path that it does not know is found; that path is left out for a while.
 */
final class MetricPoller {
    private static final Duration REFUSAL_HOLDS = Duration.ofMinutes(10);

    private final String device;
    private final NetconfClientSession session;
    private final Duration timeout;
    private final InstantSource clock;
    private final Map<MetricPath, Refused> refused = new HashMap<>();
    private Instant forgetRefusals = Instant.MAX;
    private int timeoutsInARow;

    MetricPoller(String device, NetconfClientSession session, Duration timeout, InstantSource clock) {
        this.device = device;
        this.session = session;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** One sample for every path, whatever happens. */
    List<MetricSample> poll(Collection<MetricPath> paths) throws InterruptedException {
        if (!clock.instant().isBefore(forgetRefusals)) {
            refused.clear();
            forgetRefusals = Instant.MAX;
        }
        var samples = new ArrayList<MetricSample>();
        var asked = paths.stream().filter(p -> !refused.containsKey(p)).toList();
        if (!asked.isEmpty()) {
            collect(asked, samples);
        }
        var now = System.nanoTime();
        for (var path : paths) {
            var refusal = refused.get(path);
            if (refusal != null) {
                samples.add(new MetricSample(device, path, refusal, now));
            }
        }
        return samples;
    }

    /** Collections in a row in which no rpc was answered in time. */
    int timeoutsInARow() {
        return timeoutsInARow;
    }

    private void collect(List<MetricPath> paths, List<MetricSample> samples) throws InterruptedException {
        var get = XmlElement.of(BASE, "get", GetFilter.of(paths, session.capabilities()));
        try {
            var reply = session.callRaw(get, timeout);
            var receivedAt = System.nanoTime();
            timeoutsInARow = 0;
            switch (GetReply.read(reply, session.limits(), paths)) {
                case GetReply.Answered(var readings) ->
                    readings.forEach(
                            (path, reading) -> samples.add(new MetricSample(device, path, reading, receivedAt)));
                case GetReply.Refused(var errors) -> {
                    if (errors.errors().stream().allMatch(e -> isBusy(e.tag()))) {
                        fail(paths, errors.summary(), samples);
                    } else if (paths.size() == 1) {
                        refused.put(paths.getFirst(), new Refused(errors.summary()));
                        forgetRefusals = clock.instant().plus(REFUSAL_HOLDS);
                    } else {
                        for (var part : split(paths)) {
                            collect(part, samples);
                        }
                    }
                }
            }
        } catch (SessionException e) {
            if (e.kind() == Kind.TIMEOUT) {
                timeoutsInARow++;
            }
            fail(paths, String.valueOf(e.getMessage()), samples);
        } catch (ProtocolException e) {
            session.end(NetconfClientSession.broken(e));
            fail(paths, String.valueOf(e.getMessage()), samples);
        }
    }

    private void fail(List<MetricPath> paths, String why, List<MetricSample> samples) {
        var now = System.nanoTime();
        paths.forEach(path -> samples.add(new MetricSample(device, path, new Failed(why), now)));
    }

    /** The device is too busy for anybody, which says nothing about a path (RFC 6241 Appendix A). */
    private static boolean isBusy(String tag) {
        return tag.equals("resource-denied") || tag.equals("in-use") || tag.equals("lock-denied");
    }

    /** By top-level container if there are several, else in halves. */
    private static List<List<MetricPath>> split(List<MetricPath> paths) {
        var tops = new LinkedHashMap<String, List<MetricPath>>();
        for (var path : paths) {
            var top = path.steps().getFirst();
            tops.computeIfAbsent(top.namespace() + " " + top.name(), _ -> new ArrayList<>())
                    .add(path);
        }
        if (tops.size() > 1) {
            return List.copyOf(tops.values());
        }
        var half = paths.size() / 2;
        return List.of(paths.subList(0, half), paths.subList(half, paths.size()));
    }
}
