package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfsouthbound.MetricReading.Failed;
import io.auspex.netconfsouthbound.MetricReading.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads paths over one session with as few rpcs as possible: one for all, and where the device refuses that,
 * smaller ones until the path that it does not know is found; that path is left out for a while. It never waits for an answer, so
 * that what the device says unasked need not wait either.
 */
final class MetricPoller {
    private static final Duration REFUSAL_HOLDS = Duration.ofMinutes(10);

    private final String device;
    private final NetconfClientSession session;
    private final Duration timeout;
    private final InstantSource clock;
    private final Map<MetricPath, Refused> refused = new HashMap<>();
    private final ArrayDeque<List<MetricPath>> toAsk = new ArrayDeque<>();
    private Instant forgetRefusals = Instant.MAX;
    private List<MetricPath> paths = List.of();
    private @Nullable Question question;

    /** What was asked and is not answered yet. */
    private record Question(List<MetricPath> paths, NetconfClientSession.OpenCall call) {}

    MetricPoller(String device, NetconfClientSession session, Duration timeout, InstantSource clock) {
        this.device = device;
        this.session = session;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Begins to ask for some paths, while nothing else is asked for; {@link #goOn} brings one sample of each, whatever happens. */
    void begin(List<MetricPath> newPaths) {
        if (!clock.instant().isBefore(forgetRefusals)) {
            refused.clear();
            forgetRefusals = Instant.MAX;
        }
        paths = newPaths;
        var asked = paths.stream().filter(p -> !refused.containsKey(p)).toList();
        if (!asked.isEmpty()) {
            toAsk.add(asked);
        }
    }

    /** Whether samples are still to come. */
    boolean isAsking() {
        return !paths.isEmpty();
    }

    /** Whether {@link #goOn} has something to do. */
    boolean isAnswered() {
        var asked = question;
        return asked != null && asked.call().isOver();
    }

    /** What has come by now; asks on where an answer makes that necessary. */
    List<MetricSample> goOn() throws InterruptedException {
        var samples = new ArrayList<MetricSample>();
        while (question != null || !toAsk.isEmpty()) {
            if (question == null) {
                ask(toAsk.removeFirst(), samples);
            } else if (!take(question, samples)) {
                return samples;
            }
        }
        var now = System.nanoTime();
        for (var path : paths) {
            var refusal = refused.get(path);
            if (refusal != null) {
                samples.add(new MetricSample(device, path, refusal, now));
            }
        }
        paths = List.of();
        return samples;
    }

    private void ask(List<MetricPath> some, List<MetricSample> samples) throws InterruptedException {
        var get = XmlElement.of(BASE, "get", GetFilter.of(some, session.capabilities()));
        try {
            question = new Question(some, session.start(get, timeout));
        } catch (SessionException e) {
            fail(some, String.valueOf(e.getMessage()), samples);
        }
    }

    /** Takes the answer; false where it is not there yet. */
    private boolean take(Question asked, List<MetricSample> samples) throws InterruptedException {
        try {
            var reply = asked.call().await(Duration.ZERO);
            if (reply.isEmpty()) {
                return false;
            }
            take(asked.paths(), reply.get(), samples);
        } catch (SessionException e) {
            fail(asked.paths(), String.valueOf(e.getMessage()), samples);
        } catch (ProtocolException e) {
            session.end(NetconfClientSession.broken(e));
            fail(asked.paths(), String.valueOf(e.getMessage()), samples);
        }
        asked.call().close();
        question = null;
        return true;
    }

    private void take(List<MetricPath> asked, NetconfClientSession.Reply reply, List<MetricSample> samples)
            throws ProtocolException {
        switch (GetReply.read(reply.message(), session.limits(), asked)) {
            case GetReply.Answered(var readings) ->
                readings.forEach(
                        (path, reading) -> samples.add(new MetricSample(device, path, reading, reply.receivedAt())));
            case GetReply.Refused(var errors) -> {
                if (errors.errors().stream().allMatch(e -> isBusy(e.tag()))) {
                    fail(asked, errors.summary(), samples);
                } else if (asked.size() == 1) {
                    refused.put(asked.getFirst(), new Refused(errors.summary()));
                    forgetRefusals = clock.instant().plus(REFUSAL_HOLDS);
                } else {
                    toAsk.addAll(split(asked));
                }
            }
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
