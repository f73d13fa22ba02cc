package io.auspex.assuranceengine;

import static io.auspex.assuranceengine.EngineFixture.NMDA;
import static io.auspex.assuranceengine.EngineFixture.PRE_NMDA;
import static io.auspex.assuranceengine.EngineFixture.aDevice;
import static io.auspex.assuranceengine.EngineFixture.anInterface;
import static io.auspex.assuranceengine.EngineFixture.interfaceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.PathTemplate;
import io.auspex.assuranceengine.catalogue.Platform;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.assuranceengine.collection.CollectionItem;
import io.auspex.assuranceengine.collection.MetricBatch;
import io.auspex.assuranceengine.collection.YangModule;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import io.auspex.expressions.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectionTest {
    private static final SubserviceId ETH0 = interfaceId("r1", "eth0");

    private final EngineFixture engine = new EngineFixture();

    @Test
    void deviceKeepsItsPeriodUntilItsFirstSubserviceComes() {
        // Given
        engine.engine.periodSet("r1", Duration.ofSeconds(2));
        engine.engine.runPending();

        // When
        engine.commit(anInterface("r1", "eth0"));

        // Then
        assertThat(engine.engine.collectionPlan("r1").items())
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.period()).isEqualTo(Duration.ofSeconds(2)));
    }

    @Test
    void allCandidatesAreTriedUntilOneAnswers() {
        // Given
        engine.commit(anInterface("r1", "eth0"));
        assertThat(paths("oper-status"))
                .containsExactly(
                        "/if:interfaces/if:interface[if:name='eth0']/if:oper-status",
                        "/if:interfaces-state/if:interface[if:name='eth0']/if:oper-status");

        // When
        engine.answer("r1", "eth0", "oper-status", NMDA, null).answer("r1", "eth0", "oper-status", PRE_NMDA, "up");

        // Then
        assertThat(engine.score(ETH0)).isEqualTo(100);
        assertThat(paths("oper-status"))
                .containsExactly("/if:interfaces-state/if:interface[if:name='eth0']/if:oper-status");
        assertThat(engine.engine.chosenImplementations("r1"))
                .singleElement()
                .satisfies(c -> assertThat(c.metric()).isEqualTo("oper-status"))
                .satisfies(c -> assertThat(c.implementation().name()).isEqualTo("ietf-interfaces@2014-05-08"));
        assertThat(engine.engine.collectionPlan("r1").items()).hasSize(5);
    }

    @Test
    void ofTwoThatAnswerTheFirstCandidateIsChosen() {
        // Given
        engine.commit(anInterface("r1", "eth0"));
        List<CollectionItem> both = engine.items("r1", "eth0", "oper-status");

        // When
        engine.engine.offer(new MetricBatch().answer(both.get(1), "down").answer(both.get(0), "up"));
        engine.engine.runPending();

        // Then
        assertThat(engine.score(ETH0)).isEqualTo(100);
        assertThat(paths("oper-status")).containsExactly("/if:interfaces/if:interface[if:name='eth0']/if:oper-status");
    }

    @Test
    void theRevisionThatADeviceAnnouncesComesFirst() {
        // Given
        engine.commit(anInterface("r1", "eth0"));

        // When
        engine.engine.modulesAnnounced("r1", Set.of(new YangModule("ietf-interfaces", PRE_NMDA)));
        engine.engine.runPending();

        // Then
        assertThat(paths("oper-status"))
                .containsExactly(
                        "/if:interfaces-state/if:interface[if:name='eth0']/if:oper-status",
                        "/if:interfaces/if:interface[if:name='eth0']/if:oper-status");
    }

    private static MetricImplementation loadOf(Platform platform, String leaf) throws Exception {
        return new MetricImplementation(
                "acme", null, Map.of("a", "urn:acme"), PathTemplate.of("/a:" + leaf), Map.of(), Set.of(), 1, platform);
    }

    @Test
    void s41_whatIsForThePlatformComesFirstAndWhatIsForAnotherIsNotAsked() throws Exception {
        // Given
        var load = MetricDefinition.required(
                "load",
                ValueType.NUM,
                new MetricSource.Device(List.of(
                        loadOf(Platform.ANY, "any"),
                        loadOf(new Platform("acme", null, "acos", "6.*"), "six"),
                        loadOf(new Platform("acme", null, "acos", "7.*"), "seven"))));
        var type = new SubserviceType("t:t", List.of("device"), "device", "{device}", List.of(load), List.of());
        var several = new AssuranceEngine(
                EngineConfig.of("agent-1"), new Catalogue(List.of(type)), () -> EngineFixture.START, () -> 0);
        several.commit(
                GraphChange.put(new Subservice(new SubserviceId("t:t", "x"), Map.of("device", "r1"), List.of())));
        several.runPending();
        assertThat(leaves(several)).containsExactly("/a:any", "/a:six", "/a:seven");

        // When
        several.platformSet("r1", new Platform("Acme", "R-2000", "AcOS", "7.10.3"));
        several.runPending();
        // Then
        assertThat(leaves(several)).containsExactly("/a:seven", "/a:any");

        // When
        several.deviceForgotten("r1");
        several.runPending();
        // Then
        assertThat(leaves(several)).containsExactly("/a:any", "/a:six", "/a:seven");
    }

    @Test
    void aMetricThatIsForOtherPlatformsAloneIsSaidToBe() throws Exception {
        // Given
        var load = MetricDefinition.required(
                "load",
                ValueType.NUM,
                new MetricSource.Device(List.of(loadOf(new Platform("acme", null, null, null), "load"))));
        var type = new SubserviceType("t:t", List.of("device"), "device", "{device}", List.of(load), List.of());
        var others = new AssuranceEngine(
                EngineConfig.of("agent-1"), new Catalogue(List.of(type)), () -> EngineFixture.START, () -> 0);
        var id = new SubserviceId("t:t", "x");
        others.commit(GraphChange.put(new Subservice(id, Map.of("device", "r1"), List.of())));

        // When
        others.platformSet("r1", new Platform("Other", null, null, null));
        others.modulesAnnounced("r1", Set.of(new YangModule("acme", null)));
        others.runPending();

        // Then
        assertThat(others.snapshot().status(id).orElseThrow().activeSymptoms())
                .singleElement()
                .satisfies(s -> assertThat(s.description())
                        .isEqualTo("no implementation is for the platform of r1: load (acme)"));
        assertThat(others.readings(id))
                .singleElement()
                .satisfies(r -> assertThat(r.value())
                        .isEqualTo(new Value.Absent("all places where it may be are those of other platforms")));
    }

    private static List<String> leaves(AssuranceEngine engine) {
        return engine.collectionPlan("r1").items().stream()
                .map(item -> item.path().toString())
                .toList();
    }

    @Test
    void aDeviceWithoutTheModelIsNotAskedAndTheScoreIsUnknown() {
        // Given
        engine.commit(anInterface("r1", "eth0"));

        // When
        engine.engine.modulesAnnounced("r1", Set.of(new YangModule("acme-interfaces", "2020-01-01")));
        engine.engine.runPending();

        // Then
        assertThat(engine.engine.collectionPlan("r1").items()).isEmpty();
        assertThat(engine.score(ETH0)).isEqualTo(-1);
        assertThat(engine.status(ETH0).activeSymptoms())
                .singleElement()
                .satisfies(s -> assertThat(s.name()).isEqualTo("model-missing"))
                .satisfies(s -> assertThat(s.description())
                        .isEqualTo("r1 implements no YANG module that has oper-status"
                                + " (ietf-interfaces@2018-02-20, ietf-interfaces@2014-05-08)"));
        engine.engine.modulesAnnounced("r1", Set.of(new YangModule("ietf-interfaces", NMDA)));
        engine.engine.runPending();
        assertThat(engine.active(ETH0)).containsExactly("not-yet-computed 100 @interface/r1/eth0");
    }

    @Test
    void aMetricThatNoCandidateHasIsUnsupported() {
        // Given
        engine.commit(anInterface("r1", "eth0"));

        // When
        engine.answer("r1", "eth0", "oper-status", null);

        // Then
        assertThat(engine.active(ETH0)).containsExactly("metric-unsupported 100 @interface/r1/eth0");
        engine.answer("r1", "eth0", "oper-status", NMDA, "up");
        assertThat(engine.score(ETH0)).isEqualTo(100);
    }

    @Test
    void aTextThatSaysThatTheDeviceDoesNotKnowIsNoValue() {
        // Given
        engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", NMDA, "up");

        // When
        engine.answer("r1", "eth0", "oper-status", "unknown");

        // Then
        assertThat(engine.score(ETH0)).isEqualTo(-1);
        assertThat(engine.status(ETH0).activeSymptoms().getFirst().description())
                .isEqualTo("r1 answered without oper-status: the device says 'unknown'");
    }

    @Test
    void aValueForASubserviceThatIsGoneReachesNoOther() {
        // Given
        engine.commit(anInterface("r1", "eth0"));
        List<CollectionItem> old = engine.items("r1", "eth0", "oper-status");
        engine.remove(ETH0).commit(anInterface("r1", "eth1"));

        // When
        engine.engine.offer(new MetricBatch().answer(old.getFirst(), "up"));
        engine.engine.runPending();

        // Then
        assertThat(engine.score(interfaceId("r1", "eth1"))).isEqualTo(-1);
        assertThat(engine.engine.statistics().valuesObsolete()).isEqualTo(1);
    }

    @Test
    void aDeviceThatNothingNeedsHasAnEmptyPlan() {
        // Given
        engine.commit(anInterface("r1", "eth0"), aDevice("r1"));

        // When
        engine.remove(ETH0);

        // Then
        assertThat(engine.engine.collectionPlan("r1").items()).isEmpty();
    }

    @Test
    void aPlanIsOutdatedOnceUntilItIsDrawnAgain() {
        // Given
        engine.inventory("r1").commit(anInterface("r1", "eth0"));
        assertThat(engine.outdated).containsExactly("r1");
        assertThat(engine.engine.collectionPlan("r1").items()).hasSize(6);

        // When
        engine.commit(anInterface("r1", "eth1")).commit(anInterface("r1", "eth2"));

        // Then
        assertThat(engine.outdated).containsExactly("r1", "r1");
        assertThat(engine.engine.collectionPlan("r1").items()).hasSize(18);
    }

    @Test
    void theFirstAnswerOfACandidateMakesThePlanOutdated() {
        // Given
        engine.inventory("r1").commit(anInterface("r1", "eth0"));
        engine.engine.collectionPlan("r1");

        // When
        engine.answer("r1", "eth0", "oper-status", NMDA, "up");

        // Then
        assertThat(engine.outdated).containsExactly("r1", "r1");
    }

    @Test
    void nobodyIsToldOfAPlanForADeviceOutsideTheInventory() {
        // Given
        engine.commit(anInterface("r1", "eth0"));
        assertThat(engine.outdated).isEmpty();

        // When
        engine.inventory("r1");

        // Then
        assertThat(engine.outdated).containsExactly("r1");
    }

    @Test
    void aDeviceThatComesBackIntoTheInventoryNeedsAPlanAgain() {
        // Given
        engine.inventory("r1").commit(anInterface("r1", "eth0"));
        engine.engine.deviceForgotten("r1");
        engine.engine.runPending();

        // When
        engine.inventory("r1");

        // Then
        assertThat(engine.outdated).containsExactly("r1", "r1");
    }

    @Test
    void aNameWithQuotesStaysData() {
        // When
        engine.commit(anInterface("r1", "e'] | /x:secret['"));

        // Then
        assertThat(engine.engine.collectionPlan("r1").items().getFirst().path())
                .hasToString("/if:interfaces/if:interface[if:name=\"e'] | /x:secret['\"]/if:oper-status");
    }

    @Test
    void theReadingsBehindAHealthShowValueAgeAndSource() {
        // Given
        engine.commit(anInterface("r1", "eth0")).answer("r1", "eth0", "oper-status", NMDA, "up");

        // When
        List<MetricReading> readings = engine.pass(Duration.ofSeconds(4)).engine.readings(ETH0);

        // Then
        assertThat(readings.getFirst().value()).isEqualTo(new Value.Text("up"));
        assertThat(readings.getFirst().age()).hasSeconds(4);
        assertThat(readings.getFirst().implementation()).isNotNull();
        assertThat(readings.get(1).value()).isEqualTo(new Value.Absent("no value yet"));
        assertThat(readings.get(1).age()).isNull();
    }

    private List<String> paths(String leaf) {
        return engine.items("r1", "eth0", leaf).stream()
                .map(item -> item.path().toString())
                .toList();
    }
}
