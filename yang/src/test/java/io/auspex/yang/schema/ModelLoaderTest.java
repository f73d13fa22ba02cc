package io.auspex.yang.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {
    private static final ModelContext MODEL = ModelLoader.load();

    private static SchemaNode subservice() {
        return MODEL.root()
                .child("ietf-service-assurance", "subservices")
                .flatMap(s -> s.child("subservice"))
                .orElseThrow();
    }

    @Test
    void keysComeFirstInTheOrderOfTheKeyStatement() {
        assertThat(subservice().keys()).extracting(SchemaNode::name).containsExactly("type", "id");
        assertThat(subservice().children().subList(0, 2)).isEqualTo(subservice().keys());
    }

    @Test
    void aChoiceIsNoNodeButItsMembersKnowTheirCase() {
        var device = subservice()
                .child("ietf-service-assurance-device", "parameters")
                .orElseThrow();
        assertThat(device.inCase().orElseThrow().choice().name()).isEqualTo("parameter");
        assertThat(device.inCase().orElseThrow().choice().mandatory()).isTrue();
        assertThat(device.jsonName()).isEqualTo("ietf-service-assurance-device:parameters");
    }

    @Test
    void theConditionOfAnAugmentStandsOnTheNodesItBrings() {
        var device = subservice()
                .child("ietf-service-assurance-device", "parameters")
                .orElseThrow();
        assertThat(device.whens()).singleElement().satisfies(w -> {
            assertThat(w.onParent()).isTrue();
            assertThat(w.text()).contains("derived-from-or-self");
        });
    }

    @Test
    void someModulesAreLoadedWithWhatTheyImportAndNothingElse() {
        // When
        var some = ModelLoader.loadOnly(Set.of("ietf-interfaces@2018-02-20"));
        // Then
        assertThat(some.modules()).extracting(ModuleInfo::name).containsExactly("ietf-interfaces", "ietf-yang-types");
        assertThatThrownBy(() -> ModelLoader.loadOnly(Set.of("ietf-interfaces@2001-01-01")))
                .isInstanceOf(ModelException.class)
                .hasMessage("There is no YANG module ietf-interfaces@2001-01-01");
    }

    @Test
    void stateIsNotConfiguration() {
        assertThat(subservice().child("health-score").orElseThrow().config()).isFalse();
        assertThat(subservice().config()).isTrue();
        assertThat(subservice().child("id").orElseThrow().config()).isTrue();
        assertThat(subservice().child("under-maintenance").orElseThrow().presence())
                .isTrue();
    }

    @Test
    void aLeafrefHasTheTypeOfItsTarget() throws InvalidValueException {
        var dependency = subservice()
                .child("dependencies")
                .flatMap(d -> d.child("dependency"))
                .orElseThrow();
        var type = (LeafrefType) dependency.child("type").orElseThrow().type();
        assertThat(type.target()).isSameAs(subservice().child("type").orElseThrow());
        assertThat(type.parse("ietf-service-assurance-device:device-type", MODEL.jsonPrefixes()))
                .isEqualTo(MODEL.identity("ietf-service-assurance-device:device-type")
                        .orElseThrow());
    }

    @Test
    void anInstanceIdentifierReadsBackAsItWasWritten() throws InvalidValueException {
        var text = "/ietf-service-assurance:subservices/subservice[type='ietf-service-assurance-device:device-type']"
                + "[id='it\u2019s']/health-score";
        assertThat(InstanceIdentifiers.parse(text, MODEL.root(), MODEL.jsonPrefixes()))
                .hasToString(text);
    }

    @Test
    void aBrokenModuleIsNamedWithItsLine(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("broken.yang"), "module broken {\n  namespace \"urn:b\";\n  prefix b\n}\n");
        assertThatThrownBy(() -> ModelLoader.load(List.of(directory)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("broken.yang")
                .hasMessageContaining("line 4");
    }
}
