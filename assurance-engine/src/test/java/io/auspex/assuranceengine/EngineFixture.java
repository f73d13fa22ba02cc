package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.PathException;
import io.auspex.assuranceengine.catalogue.PathTemplate;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.assuranceengine.catalogue.SymptomRule;
import io.auspex.assuranceengine.catalogue.SymptomSemantics;
import io.auspex.assuranceengine.collection.CollectionItem;
import io.auspex.assuranceengine.collection.DeviceSession;
import io.auspex.assuranceengine.collection.MetricBatch;
import io.auspex.assuranceengine.collection.SessionState;
import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphFaultsException;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.CheckedExpression;
import io.auspex.expressions.ExpressionException;
import io.auspex.expressions.Value;
import io.auspex.expressions.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An engine on a clock of the test's own, with small types of interface, device, service and probe. */
final class EngineFixture {
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    static final String INTERFACE = "ietf-service-assurance-interface:interface-type";
    static final String DEVICE = "ietf-service-assurance-device:device-type";
    static final String SERVICE = Subservice.SERVICE_INSTANCE_TYPE;
    static final String PROBE = "example:probe-type";
    static final String NMDA = "2018-02-20";
    static final String PRE_NMDA = "2014-05-08";

    final List<HealthChange> changes = new ArrayList<>();
    /** Devices whose plan the engine said to be outdated. */
    final List<String> outdated = new ArrayList<>();

    final AssuranceEngine engine;
    Instant now = START;
    long nanos = 5_000_000_000L;

    EngineFixture() {
        this(EngineConfig.of("agent-1"));
    }

    EngineFixture(EngineConfig config) {
        engine = new AssuranceEngine(config, new Catalogue(types()), () -> now, () -> nanos);
        engine.addHealthListener((batch, snapshot, at) -> changes.addAll(batch));
        engine.addCollectionPlanListener(outdated::add);
    }

    static SubserviceId interfaceId(String device, String name) {
        return new SubserviceId(INTERFACE, "interface/" + device + "/" + name);
    }

    static SubserviceId deviceId(String device) {
        return new SubserviceId(DEVICE, "device/" + device);
    }

    static SubserviceId serviceId(String instance) {
        return new SubserviceId(SERVICE, "vpn/" + instance);
    }

    static SubserviceId probeId(String name) {
        return new SubserviceId(PROBE, name);
    }

    static Subservice anInterface(String device, String name, Dependency... on) {
        return new Subservice(interfaceId(device, name), Map.of("device", device, "interface", name), List.of(on));
    }

    static Subservice aDevice(String device) {
        return new Subservice(deviceId(device), Map.of("device", device), List.of());
    }

    static Subservice aService(String instance, Dependency... on) {
        return new Subservice(serviceId(instance), Map.of("service", "vpn", "instance-name", instance), List.of(on));
    }

    static Subservice aProbe(String name, Dependency... on) {
        return new Subservice(probeId(name), Map.of("name", name), List.of(on));
    }

    static Subservice flagged(Subservice subservice) {
        return new Subservice(subservice.id(), subservice.parameters(), "noc", subservice.dependencies());
    }

    EngineFixture commit(Subservice... put) {
        try {
            engine.commit(GraphChange.put(put));
        } catch (GraphFaultsException e) {
            throw new AssertionError(e.getMessage(), e);
        }
        engine.runPending();
        return this;
    }

    EngineFixture remove(SubserviceId... removed) {
        try {
            engine.commit(GraphChange.remove(removed));
        } catch (GraphFaultsException e) {
            throw new AssertionError(e.getMessage(), e);
        }
        engine.runPending();
        return this;
    }

    /** Lets time pass a second at a time, so that the engine does not think that it was stopped. */
    EngineFixture pass(Duration duration) {
        for (long i = 0; i < duration.toSeconds(); i++) {
            now = now.plusSeconds(1);
            nanos += 1_000_000_000L;
            engine.runPending();
        }
        return this;
    }

    /** The device is in the inventory. */
    EngineFixture inventory(String device) {
        engine.periodSet(device, Duration.ofSeconds(10));
        engine.runPending();
        return this;
    }

    EngineFixture session(String device, SessionState state, String detail) {
        engine.sessionChanged(new DeviceSession(device, state, detail, now));
        engine.runPending();
        return this;
    }

    /** The device answers every item of its plan whose leaf and interface are these. */
    EngineFixture answer(String device, String name, String leaf, @Nullable String text) {
        return answer(device, name, leaf, "", text);
    }

    EngineFixture answer(String device, String name, String leaf, String revision, @Nullable String text) {
        return answer(new MetricBatch(), device, name, leaf, revision, text);
    }

    /** The device answered so at an earlier moment, and nobody had the time to listen. */
    EngineFixture answerAsOf(long received, String device, String name, String leaf, String text) {
        return answer(new MetricBatch().receivedAt(received), device, name, leaf, "", text);
    }

    private EngineFixture answer(
            MetricBatch batch, String device, String name, String leaf, String revision, @Nullable String text) {
        for (CollectionItem item : items(device, name, leaf)) {
            if (revision.isEmpty() || revision.equals(item.implementation().revision())) {
                if (text == null) {
                    batch.missing(item, "no such data");
                } else {
                    batch.answer(item, text);
                }
            }
        }
        assert batch.size() > 0 : "nothing to collect for " + name + "/" + leaf;
        engine.offer(batch);
        engine.runPending();
        return this;
    }

    List<CollectionItem> items(String device, String name, String leaf) {
        return engine.collectionPlan(device).items().stream()
                .filter(item -> item.path().toString().contains("'" + name + "'")
                        && item.path().toString().endsWith(":" + leaf))
                .toList();
    }

    EngineFixture report(SubserviceId id, double fault) {
        engine.report(List.of(new ReportedValue(id, "fault", new Value.Num(fault))));
        engine.runPending();
        return this;
    }

    SubserviceStatus status(SubserviceId id) {
        return engine.snapshot().status(id).orElseThrow(() -> new AssertionError(id + " does not exist"));
    }

    int score(SubserviceId id) {
        return status(id).health().wireValue();
    }

    List<String> active(SubserviceId id) {
        return status(id).activeSymptoms().stream()
                .map(s -> s.name() + " " + s.weight() + " @" + s.origin().id())
                .toList();
    }

    private static List<SubserviceType> types() {
        List<MetricDefinition> ofInterface = List.of(
                MetricDefinition.required("oper-status", ValueType.TEXT, leaf("oper-status")),
                optional("admin-status", ValueType.TEXT, leaf("admin-status")),
                new MetricDefinition("in-errors", ValueType.NUM, "errors", true, 32, null, null, leaf("in-errors")));
        List<MetricDefinition> ofDevice = List.of(
                MetricDefinition.required("session", ValueType.TEXT, new MetricSource.Session()),
                MetricDefinition.required("contact", ValueType.BOOL, new MetricSource.Contact()));
        List<MetricDefinition> ofProbe =
                List.of(MetricDefinition.required("fault", ValueType.NUM, new MetricSource.Reported()));
        return List.of(
                new SubserviceType(
                        INTERFACE,
                        List.of("device", "interface"),
                        "device",
                        "interface {interface} of {device}",
                        ofInterface,
                        List.of(
                                rule(ofInterface, "interface-down", "oper-status == 'down'", null, "100"),
                                rule(
                                        ofInterface,
                                        "interface-errors",
                                        "rate(in-errors, '60s') > 10",
                                        "rate(in-errors, '60s') < 5",
                                        "40"),
                                rule(ofInterface, "testing", "oper-status == 'testing'", null, "30"))),
                new SubserviceType(
                        DEVICE,
                        List.of("device"),
                        "device",
                        "device {device}",
                        ofDevice,
                        List.of(rule(
                                ofDevice,
                                "session-lost",
                                "session == 'lost'",
                                "session == 'up' || session == 'auth-failed'",
                                "0"))),
                new SubserviceType(
                        SERVICE,
                        List.of("service", "instance-name"),
                        null,
                        "{service} {instance-name}",
                        List.of(),
                        List.of()),
                new SubserviceType(
                        PROBE,
                        List.of("name"),
                        null,
                        "probe {name}",
                        ofProbe,
                        List.of(rule(ofProbe, "fault", "fault > 0", null, "fault"))));
    }

    private static MetricDefinition optional(String name, ValueType type, MetricSource source) {
        return new MetricDefinition(name, type, null, true, 0, null, null, source);
    }

    private static MetricSource leaf(String leaf) {
        String statistics = leaf.startsWith("in-") ? "/if:statistics" : "";
        return new MetricSource.Device(List.of(
                implementation(NMDA, "/if:interfaces/if:interface[if:name='{interface}']" + statistics + "/if:" + leaf),
                implementation(
                        PRE_NMDA,
                        "/if:interfaces-state/if:interface[if:name='{interface}']" + statistics + "/if:" + leaf)));
    }

    private static MetricImplementation implementation(String revision, String path) {
        try {
            return new MetricImplementation(
                    "ietf-interfaces",
                    revision,
                    Map.of("if", "urn:ietf:params:xml:ns:yang:ietf-interfaces"),
                    PathTemplate.of(path),
                    Map.of(),
                    Set.of("unknown"),
                    1);
        } catch (PathException e) {
            throw new AssertionError(e);
        }
    }

    private static SymptomRule rule(
            List<MetricDefinition> metrics, String name, String when, @Nullable String clear, String weight) {
        try {
            Map<String, ValueType> types = SubserviceType.metricTypes(metrics);
            return new SymptomRule(
                    name,
                    CheckedExpression.of(when, types, ValueType.BOOL),
                    clear == null ? null : CheckedExpression.of(clear, types, ValueType.BOOL),
                    CheckedExpression.of(weight, types, ValueType.NUM),
                    name + " of {interface}: {oper-status}",
                    new SymptomSemantics("Interface", "Down", "Link-Layer", "management"));
        } catch (ExpressionException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
