package io.auspex.assuranceagent.device;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.catalogue.PathTemplate;
import io.auspex.assuranceengine.collection.CollectionItem;
import io.auspex.assuranceengine.collection.CollectionPlanListener;
import io.auspex.assuranceengine.collection.DeviceSession;
import io.auspex.assuranceengine.collection.MetricBatch;
import io.auspex.assuranceengine.collection.SessionState;
import io.auspex.assuranceengine.collection.YangModule;
import io.auspex.netconfsouthbound.ClockSkew;
import io.auspex.netconfsouthbound.CollectionPlan;
import io.auspex.netconfsouthbound.DeviceListener;
import io.auspex.netconfsouthbound.DeviceState;
import io.auspex.netconfsouthbound.MetricPath;
import io.auspex.netconfsouthbound.MetricReading;
import io.auspex.netconfsouthbound.MetricSample;
import io.auspex.netconfsouthbound.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the engine's collection plans with the device sessions: plans go down, samples, modules and session states come up
 * (RFC 9417 §3.4).
 */
final class Collection implements CollectionPlanListener, DeviceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Collection.class);

    private final AssuranceEngine engine;
    private final DeviceBoard board;
    private final BiConsumer<String, Supplier<CollectionPlan>> collect;
    /** The metrics behind each path of each device, as its plan was drawn; a leaf may feed several. */
    private final Map<String, Map<MetricPath, List<CollectionItem>>> items = new ConcurrentHashMap<>();

    /** @param collect tells the session of a device to draw what to collect; no effect for a device without one */
    Collection(AssuranceEngine engine, DeviceBoard board, BiConsumer<String, Supplier<CollectionPlan>> collect) {
        this.engine = engine;
        this.board = board;
        this.collect = collect;
    }

    @Override
    public void planOutdated(String device) {
        collect.accept(device, () -> draw(device));
    }

    /** The device is leaving the inventory. */
    void forget(String device) {
        items.remove(device);
    }

    /** Draws what is to be collected from a device, on the thread of its session. */
    private CollectionPlan draw(String device) {
        List<CollectionItem> plan = new ArrayList<>();
        insist(device, () -> plan.addAll(engine.collectionPlan(device).items()));
        Map<MetricPath, List<CollectionItem>> byPath = new LinkedHashMap<>();
        for (CollectionItem item : plan) {
            byPath.computeIfAbsent(path(item), _ -> new ArrayList<>(1)).add(item);
        }
        items.put(device, byPath);
        return byPath.isEmpty() ? CollectionPlan.NOTHING : new CollectionPlan(byPath.keySet(), period(plan));
    }

    @Override
    public void stateChanged(String device, DeviceState state) {
        if (Thread.currentThread().isInterrupted()) {
            // The device is leaving the inventory, and its end is no news about it.
            return;
        }
        board.stateChanged(device, state);
        DeviceSession session = new DeviceSession(device, sessionState(state), state.detail(), state.since());
        insist(device, () -> engine.sessionChanged(session));
    }

    @Override
    public void modulesLearned(String device, Set<io.auspex.netconfprotocol.YangModule> modules) {
        Set<YangModule> known = modules.stream()
                .map(m -> new YangModule(m.name(), m.revision()))
                .collect(Collectors.toSet());
        insist(device, () -> engine.modulesAnnounced(device, known));
    }

    @Override
    public void telemetryChanged(String device, Telemetry telemetry) {
        board.changed(device);
        ClockSkew clock = telemetry.clock();
        if (clock != null) {
            insist(device, () -> engine.clockMeasured(device, clock.ahead()));
        }
    }

    @Override
    public void collected(String device, List<MetricSample> samples) {
        Map<MetricPath, List<CollectionItem>> byPath = items.getOrDefault(device, Map.of());
        MetricBatch batch = new MetricBatch();
        for (MetricSample sample : samples) {
            batch.receivedAt(sample.receivedAt());
            for (CollectionItem item : byPath.getOrDefault(sample.path(), List.of())) {
                switch (sample.reading()) {
                    case MetricReading.Value(var text) -> batch.answer(item, text);
                    case MetricReading.Missing(var why) -> batch.missing(item, why);
                    case MetricReading.Refused(var why) -> batch.missing(item, why);
                    // No answer says nothing about the metric: its last value grows old until it is stale.
                    case MetricReading.Failed _ -> {}
                }
            }
        }
        if (batch.size() > 0) {
            engine.offer(batch);
        }
    }

    /**
     * Tells the engine, however long it is busy: an event that got lost would leave the device's health wrong until the next.
     * The device's own thread waits here, and nothing else.
     */
    private static void insist(String device, Runnable event) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                event.run();
                return;
            } catch (IllegalStateException e) {
                LOG.atWarn()
                        .addKeyValue("device", device)
                        .addKeyValue("why", e.getMessage())
                        .log("the engine is busy; the event waits");
            }
        }
    }

    private static SessionState sessionState(DeviceState state) {
        return switch (state) {
            case DeviceState.Connecting _ -> SessionState.CONNECTING;
            case DeviceState.Up _ -> SessionState.UP;
            case DeviceState.Down _ -> SessionState.LOST;
            case DeviceState.AuthenticationFailed _ -> SessionState.AUTH_FAILED;
            case DeviceState.HostKeyChanged _ -> SessionState.HOST_KEY_CHANGED;
            case DeviceState.ProtocolFailed _ -> SessionState.PROTOCOL_ERROR;
        };
    }

    /** One rpc serves a whole device, so that all of it is collected as often as its most frequent metric. */
    private static Duration period(List<CollectionItem> plan) {
        return plan.stream()
                .map(CollectionItem::period)
                .min(Duration::compareTo)
                .orElseThrow();
    }

    private static MetricPath path(CollectionItem item) {
        Map<String, String> namespaces = item.implementation().namespaces();
        List<MetricPath.Step> steps = new ArrayList<>();
        for (PathTemplate.Step step : item.path().steps()) {
            steps.add(new MetricPath.Step(
                    namespace(namespaces, step.prefix()),
                    step.name(),
                    step.keys().stream()
                            .map(k -> new MetricPath.Key(namespace(namespaces, k.prefix()), k.name(), k.value()))
                            .toList()));
        }
        return new MetricPath(item.path().toString(), steps);
    }

    private static String namespace(Map<String, String> namespaces, String prefix) {
        return Objects.requireNonNull(namespaces.get(prefix));
    }
}
