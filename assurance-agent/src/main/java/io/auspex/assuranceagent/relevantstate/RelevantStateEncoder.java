package io.auspex.assuranceagent.relevantstate;

import io.auspex.anomalydetection.Anomaly;
import io.auspex.anomalydetection.Plane;
import io.auspex.anomalydetection.RelevantState;
import io.auspex.anomalydetection.ServiceContext;
import io.auspex.anomalydetection.Stage;
import io.auspex.anomalydetection.SymptomKind;
import io.auspex.anomalydetection.Termination;
import io.auspex.yang.codec.NormalizedNodes;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yangbindings.BindingCodec;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.DomainName;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Host;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IpAddress;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Ipv6Address;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.service.topology.rev241018.Service3Builder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.service.topology.rev241018.Service4Builder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.service.topology.rev241018.vpn.node.termination.grouping.VpnNodeTerminationContainerBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.service.topology.rev241018.vpn.node.termination.grouping.vpn.node.termination.container.VpnNodeTermination;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.service.topology.rev241018.vpn.node.termination.grouping.vpn.node.termination.container.VpnNodeTerminationBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.service.topology.rev241018.vpn.service.grouping.VpnServiceContainerBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.service.topology.rev241018.vpn.service.grouping.vpn.service.container.VpnServiceBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.symptom.cbl.rev241018.Symptom2Builder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.symptom.cbl.rev241018.cbl.symptom.plane.ControlBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.symptom.cbl.rev241018.cbl.symptom.plane.ForwardingBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.symptom.cbl.rev241018.cbl.symptom.plane.ManagementBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.Adjusted;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.Analyzed;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.Discarded;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.NetworkAnomalyState;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.ProblemConfirmed;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.ProblemForecasted;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.ProblemPotential;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.RelevantStateNotification;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.RelevantStateNotificationBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.Score;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.annotator.grouping.annotator.type.AlgorithmBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.anomaly.grouping.Anomalies;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.anomaly.grouping.AnomaliesBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.anomaly.grouping.anomalies.AnnotatorBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.anomaly.grouping.anomalies.Service;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.anomaly.grouping.anomalies.ServiceBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.anomaly.grouping.anomalies.Symptom;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.anomaly.grouping.anomalies.SymptomBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.types.rev130715.Counter32;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.types.rev130715.DateAndTime;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.types.rev130715.Uuid;
import org.opendaylight.yangtools.binding.data.codec.api.BindingNormalizedNodeSerializer;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Absolute;

/** Makes {@code relevant-state-notification} of ietf-relevant-state of a relevant state, through the bindings. */
final class RelevantStateEncoder {
    private static final Absolute PATH = Absolute.of(RelevantStateNotification.QNAME);

    private final BindingNormalizedNodeSerializer codec = BindingCodec.get().nodeSerializer();
    private final NormalizedNodes nodes;
    private final SchemaNode schema;

    RelevantStateEncoder(ModelContext model) {
        this.nodes = new NormalizedNodes(model);
        this.schema = model.notification("ietf-relevant-state", "relevant-state-notification")
                .orElseThrow(() -> new IllegalArgumentException("the model has no relevant-state-notification"));
    }

    /** Loads what the first notification needs, which takes the better part of a second, so that it is not late. */
    void warmUp() {
        UUID none = new UUID(0, 0);
        encode(new RelevantState(
                none,
                "",
                Instant.EPOCH,
                Instant.EPOCH,
                new ServiceContext(none, "", "", List.of(new Termination("none", "0:0:0", List.of(1)))),
                List.of(new Anomaly(
                        none,
                        1,
                        Stage.PROBLEM_POTENTIAL,
                        "",
                        Instant.EPOCH,
                        Instant.EPOCH,
                        0,
                        "none",
                        none,
                        0,
                        new SymptomKind("", "", "", Plane.MANAGEMENT)))));
    }

    InnerNode encode(RelevantState state) {
        RelevantStateNotification notification = new RelevantStateNotificationBuilder()
                .setId(uuid(state.id()))
                .setDescription(state.description())
                .setStartTime(time(state.start()))
                .setEndTime(optionalTime(state.end()))
                .setAnomalies(BindingMap.ordered(state.anomalies().stream()
                        .map(anomaly -> anomaly(anomaly, state.service()))
                        .toList()))
                .build();
        try {
            return nodes.readInner(schema, codec.toNormalizedNodeNotification(PATH, notification));
        } catch (YangException e) {
            throw new IllegalStateException("the served model differs from that of the bindings", e);
        }
    }

    private static Anomalies anomaly(Anomaly anomaly, ServiceContext service) {
        return new AnomaliesBuilder()
                .setId(uuid(anomaly.id()))
                .setVersion(new Counter32(Uint32.valueOf(anomaly.version())))
                .setState(state(anomaly.stage()))
                .setDescription(anomaly.description())
                .setStartTime(time(anomaly.start()))
                .setEndTime(optionalTime(anomaly.end()))
                .setConfidenceScore(score(anomaly.confidence()))
                .setAnnotator(new AnnotatorBuilder()
                        .setName(anomaly.annotator())
                        .setAnnotatorType(new AlgorithmBuilder()
                                .setAlgorithm(Empty.value())
                                .build())
                        .build())
                .setSymptom(symptom(anomaly))
                .setService(service(service))
                .build();
    }

    private static Symptom symptom(Anomaly anomaly) {
        SymptomKind kind = anomaly.kind();
        SymptomBuilder symptom =
                new SymptomBuilder().setId(uuid(anomaly.symptomId())).setConcernScore(score(anomaly.concern()));
        if (!kind.equals(SymptomKind.UNKNOWN)) {
            Symptom2Builder words = new Symptom2Builder()
                    .setAction(kind.action())
                    .setReason(kind.reason())
                    .setCause(kind.cause());
            Plane plane = kind.plane();
            if (plane != null) {
                words.setPlane(plane(plane));
            }
            symptom.addAugmentation(words.build());
        }
        return symptom.build();
    }

    private static org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.symptom.cbl.rev241018
                    .cbl.symptom.Plane
            plane(Plane plane) {
        return switch (plane) {
            case FORWARDING ->
                new ForwardingBuilder().setForwarding(Empty.value()).build();
            case CONTROL -> new ControlBuilder().setControl(Empty.value()).build();
            case MANAGEMENT ->
                new ManagementBuilder().setManagement(Empty.value()).build();
        };
    }

    private static Service service(ServiceContext service) {
        ServiceBuilder builder = new ServiceBuilder()
                .setId(uuid(service.id()))
                .addAugmentation(new Service3Builder()
                        .setVpnServiceContainer(new VpnServiceContainerBuilder()
                                .setVpnService(BindingMap.of(new VpnServiceBuilder()
                                        .setVpnId(service.vpnId())
                                        .setVpnName(service.vpnName())
                                        .build()))
                                .build())
                        .build());
        List<VpnNodeTermination> terminations = service.terminations().stream()
                .<VpnNodeTermination>mapMulti((termination, sink) -> {
                    Host host = host(termination.hostname());
                    if (host != null) {
                        sink.accept(termination(host, termination));
                    }
                })
                .toList();
        if (!terminations.isEmpty()) {
            builder.addAugmentation(new Service4Builder()
                    .setVpnNodeTerminationContainer(new VpnNodeTerminationContainerBuilder()
                            .setVpnNodeTermination(BindingMap.ordered(terminations))
                            .build())
                    .build());
        }
        return builder.build();
    }

    private static VpnNodeTermination termination(Host host, Termination termination) {
        VpnNodeTerminationBuilder builder = new VpnNodeTerminationBuilder()
                .setHostname(host)
                .setRouteDistinguisher(termination.routeDistinguisher());
        if (!termination.interfaceIds().isEmpty()) {
            builder.setInterfaceId(new LinkedHashSet<>(termination.interfaceIds()));
        }
        return builder.build();
    }

    /** Null where the device's name is no name that a host can have. */
    private static @Nullable Host host(String name) {
        try {
            return name.indexOf(':') < 0
                    ? new Host(new DomainName(name))
                    : new Host(new IpAddress(new Ipv6Address(name)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static NetworkAnomalyState state(Stage stage) {
        return switch (stage) {
            case PROBLEM_FORECASTED -> ProblemForecasted.VALUE;
            case PROBLEM_POTENTIAL -> ProblemPotential.VALUE;
            case PROBLEM_CONFIRMED -> ProblemConfirmed.VALUE;
            case DISCARDED -> Discarded.VALUE;
            case ANALYZED -> Analyzed.VALUE;
            case ADJUSTED -> Adjusted.VALUE;
        };
    }

    private static Uuid uuid(UUID id) {
        return new Uuid(id.toString());
    }

    private static DateAndTime time(Instant time) {
        return new DateAndTime(time.toString());
    }

    private static @Nullable DateAndTime optionalTime(@Nullable Instant time) {
        return time == null ? null : time(time);
    }

    private static Score score(int percent) {
        return new Score(Uint8.valueOf(percent));
    }
}
