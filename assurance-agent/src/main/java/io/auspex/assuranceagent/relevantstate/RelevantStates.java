package io.auspex.assuranceagent.relevantstate;

import io.auspex.anomalydetection.NameUuid;
import io.auspex.anomalydetection.Observation;
import io.auspex.anomalydetection.Plane;
import io.auspex.anomalydetection.ServiceContext;
import io.auspex.anomalydetection.ServiceWatch;
import io.auspex.anomalydetection.SymptomKind;
import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.EngineSymptom;
import io.auspex.assuranceengine.Health;
import io.auspex.assuranceengine.HealthChange;
import io.auspex.assuranceengine.HealthListener;
import io.auspex.assuranceengine.SubserviceStatus;
import io.auspex.assuranceengine.Symptom;
import io.auspex.assuranceengine.catalogue.SymptomSemantics;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.notifications.Notification;
import io.auspex.yang.schema.ModelContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells the watch over services what the engine finds (draft-ietf-nmop-network-anomaly-architecture §3.6): how a service is,
 * which active symptoms lower its score through impacting dependencies, and how many of its inputs are fresh.
 *
 * <p>Besides services whose own health changed it looks at those with an ongoing relevant state on which a symptom below
 * bears, so that the relevant state stays current.
 */
public final class RelevantStates implements HealthListener {
    private static final Set<String> ENGINE_SYMPTOMS =
            Arrays.stream(EngineSymptom.values()).map(EngineSymptom::text).collect(Collectors.toSet());

    private final AssuranceEngine engine;
    private final ServiceWatch watch;
    private final Terminations terminations;
    private final Map<SubserviceId, Observation> ongoing = new HashMap<>();

    /**
     * Notifies of the relevant states of services.
     *
     * @param sink takes each notification
     */
    public static RelevantStates notifying(
            AssuranceEngine engine, ModelContext model, InstantSource clock, Consumer<Notification> sink) {
        RelevantStateEncoder encoder = new RelevantStateEncoder(model);
        Thread.ofPlatform().name("relevant-states").daemon().start(encoder::warmUp);
        return new RelevantStates(
                engine,
                new ServiceWatch(
                        UUID::randomUUID,
                        state -> sink.accept(new Notification(clock.instant(), encoder.encode(state)))));
    }

    RelevantStates(AssuranceEngine engine, ServiceWatch watch) {
        this.engine = engine;
        this.watch = watch;
        this.terminations = new Terminations(engine);
    }

    @Override
    public void healthChanged(List<HealthChange> changes, EngineSnapshot snapshot, Instant at) {
        for (SubserviceId service : concerned(changes, snapshot)) {
            Optional<SubserviceStatus> status = snapshot.status(service);
            if (status.isEmpty()) {
                forget(service, at);
            } else {
                observe(status.get(), snapshot, at);
            }
        }
    }

    private Set<SubserviceId> concerned(List<HealthChange> changes, EngineSnapshot snapshot) {
        Set<SubserviceId> services = new LinkedHashSet<>();
        for (HealthChange change : changes) {
            if (isService(change.id())) {
                services.add(change.id());
            } else if (!ongoing.isEmpty()
                    && !(change.started().isEmpty() && change.stopped().isEmpty())) {
                snapshot.graph().ancestors(change.id()).stream()
                        .map(GraphNode::id)
                        .filter(ongoing::containsKey)
                        .forEach(services::add);
            }
        }
        return services;
    }

    private static boolean isService(SubserviceId id) {
        return id.type().equals(Subservice.SERVICE_INSTANCE_TYPE);
    }

    private void observe(SubserviceStatus status, EngineSnapshot snapshot, Instant at) {
        Observation.Health health = health(status.health());
        boolean known = ongoing.containsKey(status.id());
        if (!known && health != Observation.Health.DEGRADED) {
            return;
        }
        List<GraphNode> graph = impacting(status.id(), snapshot);
        Inputs inputs = inputs(graph);
        Observation now = new Observation(
                service(status.subservice(), graph), at, health, causes(status), inputs.fresh(), inputs.all());
        watch.observe(now);
        switch (health) {
            case GOOD -> ongoing.remove(status.id());
            case DEGRADED -> {
                if (known || !now.causes().isEmpty()) {
                    ongoing.put(status.id(), now);
                }
            }
            case UNKNOWN -> {}
        }
    }

    private void forget(SubserviceId service, Instant at) {
        Observation last = ongoing.remove(service);
        if (last != null) {
            watch.forget(new Observation(
                    last.service(), at, Observation.Health.UNKNOWN, List.of(), last.freshInputs(), last.inputs()));
        }
    }

    private static Observation.Health health(Health health) {
        return switch (health) {
            case Health.Score(int value) -> value == 100 ? Observation.Health.GOOD : Observation.Health.DEGRADED;
            case Health.Unknown _ -> Observation.Health.UNKNOWN;
        };
    }

    private ServiceContext service(Subservice subservice, List<GraphNode> graph) {
        return new ServiceContext(
                NameUuid.of("service " + subservice.id()),
                subservice.parameters().getOrDefault("service", subservice.id().id()),
                subservice
                        .parameters()
                        .getOrDefault("instance-name", subservice.id().id()),
                terminations.of(graph));
    }

    /** Not those of the engine itself: maintenance is no problem, and what cannot be computed is no evidence of one. */
    private static List<Observation.Cause> causes(SubserviceStatus status) {
        return status.activeSymptoms().stream()
                .filter(s -> s.weight() > 0 && !s.origin().equals(status.id()) && !ENGINE_SYMPTOMS.contains(s.name()))
                .map(s -> new Observation.Cause(
                        symptomId(s), s.description(), s.start(), s.weight(), kind(s.semantics())))
                .toList();
    }

    private static UUID symptomId(Symptom symptom) {
        return NameUuid.of("symptom " + symptom.origin() + " " + symptom.name());
    }

    private static SymptomKind kind(@Nullable SymptomSemantics semantics) {
        return semantics == null
                ? SymptomKind.UNKNOWN
                : new SymptomKind(semantics.action(), semantics.reason(), semantics.cause(), plane(semantics.plane()));
    }

    private static @Nullable Plane plane(String name) {
        return Arrays.stream(Plane.values())
                .filter(p -> p.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** The service and what it depends on through impacting dependencies alone. */
    private static List<GraphNode> impacting(SubserviceId service, EngineSnapshot snapshot) {
        Map<SubserviceId, GraphNode> found = new LinkedHashMap<>();
        var open = new ArrayDeque<>(List.of(service));
        while (!open.isEmpty()) {
            SubserviceId id = open.remove();
            if (!found.containsKey(id)) {
                snapshot.graph().node(id).ifPresent(node -> {
                    found.put(id, node);
                    node.subservice().dependencies().stream()
                            .filter(d -> d.type().isImpacting())
                            .forEach(d -> open.add(d.on()));
                });
            }
        }
        return List.copyOf(found.values());
    }

    private record Inputs(int fresh, int all) {}

    /** A metric that a device need not have counts only where it has it. */
    private Inputs inputs(List<GraphNode> graph) {
        int fresh = 0;
        int all = 0;
        for (GraphNode node : graph) {
            for (var reading : engine.readings(node.id())) {
                if (reading.age() != null || !reading.definition().optional()) {
                    all++;
                    fresh += reading.age() != null && !reading.stale() ? 1 : 0;
                }
            }
        }
        return new Inputs(fresh, all);
    }
}
