package io.auspex.yangbindings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.yang.gen.v1.urn.auspex.yang.auspex.assurance.rev261121.HealthChanged;
import org.opendaylight.yang.gen.v1.urn.auspex.yang.auspex.assurance.rev261121.subservices.subservice.RootCause;
import org.opendaylight.yang.gen.v1.urn.auspex.yang.auspex.assurance.rev261121.subservices.subservice.RootCauseOutput;
import org.opendaylight.yang.gen.v1.urn.auspex.yang.auspex.assurance.rev261121.subservices.subservice.root.cause.output.Path;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.network.anomaly.symptom.cbl.rev241018.Symptom2;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.ProblemPotential;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.RelevantStateNotification;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.relevant.state.rev241018.anomaly.grouping.Anomalies;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.service.assurance.device.rev230711.DeviceType;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.service.assurance.device.rev230711.subservices.subservice.parameter.Parameters;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.service.assurance.rev230711.Subservices;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.service.assurance.rev230711.subservices.Subservice;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.service.assurance.rev230711.subservices.SubserviceKey;
import org.opendaylight.yangtools.binding.BaseNotification;
import org.opendaylight.yangtools.binding.DataObject;
import org.opendaylight.yangtools.binding.DataObjectReference;
import org.opendaylight.yangtools.binding.data.codec.api.BindingNormalizedNodeSerializer;
import org.opendaylight.yangtools.binding.data.codec.api.BindingNormalizedNodeSerializer.NodeResult;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.codec.gson.JSONCodecFactorySupplier;
import org.opendaylight.yangtools.yang.data.codec.gson.JsonParserStream;
import org.opendaylight.yangtools.yang.data.impl.schema.ImmutableNormalizedNodeStreamWriter;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.SchemaContext;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Absolute;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;

/** Takes data trees of the served schema to bindings and back. */
class BindingCodecTest {
    private static final EffectiveModelContext SERVED = ServedModules.schema();
    private static final BindingNormalizedNodeSerializer CODEC =
            BindingCodec.get().nodeSerializer();
    private static final Absolute ROOT_CAUSE_OUTPUT =
            Absolute.of(Subservices.QNAME, Subservice.QNAME, RootCause.QNAME, QName.create(RootCause.QNAME, "output"));

    @ParameterizedTest
    @ValueSource(strings = {"subservices", "agents", "assured-services", "devices"})
    void dataOfTheServedSchemaAreTheSameAfterTheWayThroughTheBindings(String container) throws IOException {
        // Given
        ContainerNode tree = child(data(), container);
        YangInstanceIdentifier path = YangInstanceIdentifier.of(tree.name());

        // When
        var binding = Objects.requireNonNull(CODEC.fromNormalizedNode(path, tree));
        NodeResult back = toTree(binding.getKey(), binding.getValue());

        // Then
        assertThat(back.path()).isEqualTo(path);
        assertThat(back.node()).isEqualTo(tree);
    }

    @Test
    void parametersOfAnAugmentingModuleAreReadAsItsBinding() throws IOException {
        // Given
        ContainerNode tree = child(data(), "subservices");

        // When
        var binding = CODEC.fromNormalizedNode(YangInstanceIdentifier.of(tree.name()), tree);

        // Then
        Subservice device = ((Subservices) Objects.requireNonNull(binding).getValue())
                .nonnullSubservice()
                .get(new SubserviceKey("device/peer1", DeviceType.VALUE));
        assertThat(Objects.requireNonNull(device).getParameter())
                .isInstanceOfSatisfying(
                        Parameters.class,
                        parameters -> assertThat(parameters.getParameters().getDevice())
                                .isEqualTo("peer1"));
    }

    @Test
    void relevantStateNotificationKeepsItsSymptomAndService() throws IOException {
        // Given
        Absolute path = Absolute.of(RelevantStateNotification.QNAME);
        ContainerNode tree = read("relevant-state-notification.json", path);

        // When
        BaseNotification binding = CODEC.fromNormalizedNodeNotification(path, tree);
        ContainerNode back = CODEC.toNormalizedNodeNotification(path, binding);

        // Then
        assertThat(back).isEqualTo(tree);
        assertThat(binding).isInstanceOfSatisfying(RelevantStateNotification.class, notification -> {
            Anomalies anomaly =
                    notification.nonnullAnomalies().values().iterator().next();
            assertThat(anomaly.getState()).isEqualTo(ProblemPotential.VALUE);
            assertThat(Objects.requireNonNull(anomaly.getSymptom())
                            .augmentation(Symptom2.class)
                            .getCause())
                    .isEqualTo("Link-Layer");
        });
    }

    @Test
    void healthChangedNotificationKeepsAScoreThatIsUnknown() throws IOException {
        // Given
        Absolute path = Absolute.of(HealthChanged.QNAME);
        ContainerNode tree = read("health-changed.json", path);

        // When
        BaseNotification binding = CODEC.fromNormalizedNodeNotification(path, tree);
        ContainerNode back = CODEC.toNormalizedNodeNotification(path, binding);

        // Then
        assertThat(back).isEqualTo(tree);
        assertThat(binding)
                .isInstanceOfSatisfying(
                        HealthChanged.class,
                        notification ->
                                assertThat(notification.getScore().getValue()).isEqualTo((byte) -1));
    }

    @Test
    void rootCauseKeepsTheOrderOfItsPath() throws IOException {
        // Given
        ContainerNode tree = read("root-cause-output.json", ROOT_CAUSE_OUTPUT);

        // When
        RootCauseOutput binding = CODEC.fromNormalizedNodeActionOutput(RootCause.class, tree);
        ContainerNode back = CODEC.toNormalizedNodeActionOutput(RootCause.class, binding);

        // Then
        assertThat(back).isEqualTo(tree);
        assertThat(binding.nonnullPath())
                .extracting(Path::getId)
                .containsExactly("simple-tunnel/example", "device/peer1");
    }

    private static ContainerNode data() throws IOException {
        return parse("data.json", SchemaContext.NAME, SchemaInferenceStack.of(SERVED));
    }

    private static ContainerNode read(String resource, Absolute path) throws IOException {
        return parse(resource, path.lastNodeIdentifier(), SchemaInferenceStack.of(SERVED, path));
    }

    private static ContainerNode parse(String resource, QName name, SchemaInferenceStack place) throws IOException {
        var builder = ImmutableNodes.newContainerBuilder().withNodeIdentifier(new NodeIdentifier(name));
        InputStream text = Objects.requireNonNull(BindingCodecTest.class.getResourceAsStream("/" + resource), resource);
        try (var reader = new JsonReader(new InputStreamReader(text, StandardCharsets.UTF_8));
                var writer = ImmutableNormalizedNodeStreamWriter.from(builder);
                var parser = JsonParserStream.create(
                        writer, JSONCodecFactorySupplier.RFC7951.getShared(SERVED), place.toInference())) {
            parser.parse(reader);
        }
        return builder.build();
    }

    private static ContainerNode child(ContainerNode data, String name) {
        return data.body().stream()
                .filter(node -> node.name().getNodeType().getLocalName().equals(name))
                .map(ContainerNode.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static <T extends DataObject> NodeResult toTree(DataObjectReference<T> path, DataObject data) {
        @SuppressWarnings("unchecked") // the codec has returned both as one entry
        T typed = (T) data;
        return CODEC.toNormalizedDataObject(path, typed);
    }
}
