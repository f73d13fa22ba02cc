package io.auspex.anomalydetection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Turns the health of services into relevant states. One ongoing problem of a service is one relevant state
 * (draft-ietf-nmop-network-anomaly-architecture §3.6): it is notified when it begins and when it ends, and kept current
 * in between. Unknown health neither begins nor ends one: that takes evidence.
 *
 * <p>Not thread-safe: the caller is the engine's one writer.
 */
public final class ServiceWatch {
    private static final String ANNOTATOR = "auspex-assurance-graph";

    private final Supplier<UUID> ids;
    private final RelevantStateSink sink;
    private final Map<UUID, Open> open = new HashMap<>();

    private static final class Open {
        final UUID id;
        final Observation first;
        ServiceContext service;
        final Map<UUID, Anomaly> current = new LinkedHashMap<>();
        final List<Anomaly> ended = new ArrayList<>();

        Open(UUID id, Observation first) {
            this.id = id;
            this.first = first;
            this.service = first.service();
        }
    }

    /**
     * A watch over all services.
     *
     * @param ids makes the ids of relevant states and anomalies, a new one at each call
     * @param sink takes what is to be notified
     */
    public ServiceWatch(Supplier<UUID> ids, RelevantStateSink sink) {
        this.ids = ids;
        this.sink = sink;
    }

    /** Takes note of how a service is. */
    public void observe(Observation now) {
        var known = open.get(now.service().id());
        switch (now.health()) {
            case GOOD -> {
                if (known != null) {
                    close(known, now);
                }
            }
            case DEGRADED -> {
                if (known != null) {
                    update(known, now);
                } else if (!now.causes().isEmpty()) {
                    begin(now);
                }
            }
            case UNKNOWN -> {
                if (known != null) {
                    known.service = now.service();
                }
            }
        }
    }

    /** Ends what is known of a service that is assured no longer. */
    public void forget(Observation last) {
        var known = open.get(last.service().id());
        if (known != null) {
            close(known, last);
        }
    }

    /** The relevant states that go on. */
    public Collection<RelevantState> ongoing() {
        return open.values().stream().map(o -> state(o, null)).toList();
    }

    private void begin(Observation now) {
        var state = new Open(ids.get(), now);
        now.causes().forEach(c -> state.current.put(c.symptomId(), anomaly(c, now)));
        open.put(now.service().id(), state);
        sink.raised(state(state, null));
    }

    private void update(Open state, Observation now) {
        state.service = now.service();
        var active = new HashMap<UUID, Observation.Cause>();
        now.causes().forEach(c -> active.put(c.symptomId(), c));
        state.current.values().removeIf(a -> {
            var over = !active.containsKey(a.symptomId());
            if (over) {
                state.ended.add(a.ended(now.at(), now.confidence()));
            }
            return over;
        });
        for (var cause : now.causes()) {
            state.current.computeIfAbsent(cause.symptomId(), _ -> anomaly(cause, now));
        }
    }

    private void close(Open state, Observation now) {
        state.current.values().forEach(a -> state.ended.add(a.ended(now.at(), now.confidence())));
        state.current.clear();
        open.remove(now.service().id());
        sink.raised(state(state, now.at()));
    }

    private Anomaly anomaly(Observation.Cause cause, Observation now) {
        return new Anomaly(
                ids.get(),
                1,
                Stage.PROBLEM_POTENTIAL,
                cause.description(),
                cause.since(),
                null,
                now.confidence(),
                ANNOTATOR,
                cause.symptomId(),
                cause.weight(),
                cause.kind());
    }

    private static RelevantState state(Open state, java.time.@org.jspecify.annotations.Nullable Instant end) {
        var anomalies = new ArrayList<>(state.ended);
        anomalies.addAll(state.current.values());
        var service = state.service;
        return new RelevantState(
                state.id,
                "Service " + service.vpnId() + " " + service.vpnName() + " is degraded through what it depends on",
                state.first.at(),
                end,
                service,
                anomalies);
    }
}
