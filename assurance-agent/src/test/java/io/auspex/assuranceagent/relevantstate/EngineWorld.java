package io.auspex.assuranceagent.relevantstate;

import io.auspex.assuranceagent.Documents;
import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineConfig;
import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.assuranceengine.collection.CollectionItem;
import io.auspex.assuranceengine.collection.DeviceSession;
import io.auspex.assuranceengine.collection.MetricBatch;
import io.auspex.assuranceengine.collection.SessionState;
import io.auspex.assuranceengine.collection.YangModule;
import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphFaultsException;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.packs.Packs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An engine with the built-in packs and a clock of the test's own, whose devices say what the test wants. */
final class EngineWorld {
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    static final String VRF = "example:vrf-type";

    final AssuranceEngine engine;
    Instant now = START;
    private long nanos = 1_000_000_000L;
    private final Map<String, String> operStatus = new HashMap<>();

    EngineWorld() {
        List<SubserviceType> types =
                new ArrayList<>(Packs.load(List.of()).catalogue().types());
        types.add(new SubserviceType(
                VRF,
                List.of("device", "route-distinguisher"),
                "device",
                "vrf {route-distinguisher} of {device}",
                List.of(),
                List.of()));
        engine = new AssuranceEngine(EngineConfig.of("agent-1"), new Catalogue(types), () -> now, () -> nanos);
    }

    static SubserviceId interfaceId(String device, String name) {
        return new SubserviceId(Documents.INTERFACE, device + "-" + name);
    }

    static SubserviceId deviceId(String device) {
        return new SubserviceId(Documents.DEVICE, device);
    }

    static SubserviceId serviceId(String instance) {
        return new SubserviceId(Documents.SERVICE, "vpn-" + instance);
    }

    static Subservice anInterface(String device, String name) {
        return new Subservice(
                interfaceId(device, name),
                Map.of("device", device, "interface", name),
                List.of(Dependency.impacting(deviceId(device))));
    }

    static Subservice aDevice(String device) {
        return new Subservice(deviceId(device), Map.of("device", device), List.of());
    }

    static Subservice aVrf(String device, String distinguisher) {
        return new Subservice(
                new SubserviceId(VRF, device + "-" + distinguisher),
                Map.of("device", device, "route-distinguisher", distinguisher),
                List.of());
    }

    static Subservice aService(String instance, Dependency... on) {
        return new Subservice(serviceId(instance), Map.of("service", "vpn", "instance-name", instance), List.of(on));
    }

    EngineWorld put(Subservice... subservices) {
        return commit(GraphChange.put(subservices));
    }

    EngineWorld remove(SubserviceId... ids) {
        return commit(GraphChange.remove(ids));
    }

    private EngineWorld commit(GraphChange change) {
        try {
            engine.commit(change);
        } catch (GraphFaultsException e) {
            throw new AssertionError(e.getMessage(), e);
        }
        engine.runPending();
        return this;
    }

    EngineWorld up(String... devices) {
        for (var device : devices) {
            engine.sessionChanged(new DeviceSession(device, SessionState.UP, "", now));
            engine.modulesAnnounced(device, Set.of(new YangModule("ietf-interfaces", "2018-02-20")));
        }
        engine.runPending();
        return this;
    }

    EngineWorld lost(String device) {
        engine.sessionChanged(new DeviceSession(device, SessionState.LOST, "connection refused", now));
        engine.runPending();
        return this;
    }

    /** What the device says of the interface from now on, at once and at every {@link #poll}. */
    EngineWorld status(String device, String name, String status) {
        operStatus.put(device + "-" + name, status);
        return poll(device);
    }

    EngineWorld poll(String device) {
        var batch = new MetricBatch();
        for (CollectionItem item : engine.collectionPlan(device).items()) {
            var step = item.path().steps().get(1);
            var status = operStatus.get(device + "-" + step.keys().getFirst().value());
            var leaf = item.path().steps().getLast().name();
            if (status != null && leaf.equals("oper-status")) {
                batch.answer(item, status);
            } else if (status != null && leaf.equals("if-index")) {
                batch.answer(item, "7");
            } else if (status != null) {
                batch.missing(item, "no such data");
            }
        }
        engine.offer(batch);
        engine.runPending();
        return this;
    }

    /** Lets time pass a second at a time, so that the engine does not think that it was stopped. */
    EngineWorld pass(Duration duration, String... polled) {
        for (var i = 0; i < duration.toSeconds(); i++) {
            now = now.plusSeconds(1);
            nanos += 1_000_000_000L;
            for (var device : polled) {
                poll(device);
            }
            engine.runPending();
        }
        return this;
    }
}
