package io.auspex.assuranceengine;

import static io.auspex.assuranceengine.EngineFixture.aProbe;
import static io.auspex.assuranceengine.EngineFixture.aService;
import static io.auspex.assuranceengine.EngineFixture.flagged;
import static io.auspex.assuranceengine.EngineFixture.probeId;
import static io.auspex.assuranceengine.EngineFixture.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9417 §3.6: service a → probe top → probe base; service a → probe other; service b ⇢ base for information. */
class MaintenanceTest {
    private static final SubserviceId BASE = probeId("base");
    private static final SubserviceId TOP = probeId("top");
    private static final Subservice TOP_CONFIG = aProbe("top", Dependency.impacting(BASE));

    private final EngineFixture engine = new EngineFixture();

    @BeforeEach
    void aGraphInWhichAllIsWell() {
        engine.commit(
                aProbe("base"),
                TOP_CONFIG,
                aProbe("other"),
                aService("a", Dependency.impacting(TOP), Dependency.impacting(probeId("other"))),
                aService("b", Dependency.informational(BASE)));
        engine.report(BASE, 0).report(TOP, 0).report(probeId("other"), 0);
        engine.changes.clear();
    }

    @Test
    void underMaintenanceIsTheOnlySymptomUpToTheService() {
        // Given
        engine.report(BASE, 20).report(TOP, 30);

        // When
        engine.commit(flagged(aProbe("base")));

        // Then
        for (SubserviceId id : new SubserviceId[] {BASE, TOP, serviceId("a")}) {
            assertThat(engine.score(id)).as(id.id()).isZero();
            assertThat(engine.active(id)).as(id.id()).containsExactly("under-maintenance 100 @base");
        }
        assertThat(engine.status(BASE).activeSymptoms().getFirst().description())
                .isEqualTo("Under Maintenance (contact: noc)");
    }

    @Test
    void anInformationalDependantIsNotUnderMaintenance() {
        // When
        engine.commit(flagged(aProbe("base")));

        // Then
        assertThat(engine.score(serviceId("b"))).isEqualTo(100);
        assertThat(engine.active(serviceId("b"))).containsExactly("under-maintenance 0 @base");
    }

    @Test
    void aSymptomOfAPartThatIsNotUnderMaintenanceIsSeenThereAndNotAtTheServiceThatIs() {
        // Given
        engine.commit(flagged(aProbe("base")));

        // When
        engine.report(probeId("other"), 40);

        // Then
        assertThat(engine.score(probeId("other"))).isEqualTo(60);
        assertThat(engine.active(probeId("other"))).containsExactly("fault 40 @other");
        assertThat(engine.active(serviceId("a"))).containsExactly("under-maintenance 100 @base");
    }

    @Test
    void whatASubserviceUnderMaintenanceDependsOnIsHiddenByIt() {
        // Given
        engine.report(BASE, 20);

        // When
        engine.commit(flagged(TOP_CONFIG));

        // Then
        assertThat(engine.active(serviceId("a"))).containsExactly("under-maintenance 100 @top");
        assertThat(engine.active(BASE)).containsExactly("fault 20 @base");
    }

    @Test
    void afterMaintenanceWhatIsStillWrongShowsSinceItsStart() {
        // Given
        engine.pass(Duration.ofSeconds(3)).report(TOP, 30);
        engine.commit(flagged(aProbe("base"))).pass(Duration.ofSeconds(5)).report(TOP, 30);
        engine.changes.clear();

        // When
        engine.commit(aProbe("base"));

        // Then
        assertThat(engine.score(TOP)).isEqualTo(70);
        assertThat(engine.status(TOP).activeSymptoms())
                .singleElement()
                .satisfies(s -> assertThat(s.start()).isEqualTo(EngineFixture.START.plusSeconds(3)));
        assertThat(engine.status(BASE).symptoms())
                .singleElement()
                .satisfies(s -> assertThat(s.stop()).isEqualTo(EngineFixture.START.plusSeconds(8)));
        assertThat(engine.changes.stream()
                        .map(c -> c.id().id() + " " + c.before().wireValue() + ">"
                                + c.after().wireValue() + " +" + names(c.started()) + " -" + names(c.stopped())))
                .containsExactly("base 0>100 + -under-maintenance", "top 0>70 +fault -", "vpn/a 0>70 + -");
    }

    @Test
    void maintenanceChangesTheGraphsLastChange() {
        // When
        engine.pass(Duration.ofSeconds(9)).commit(flagged(aProbe("base")));

        // Then
        assertThat(engine.engine.graph().lastChange()).isEqualTo(EngineFixture.START.plusSeconds(9));
        assertThat(engine.status(BASE).lastChange()).isEqualTo(EngineFixture.START.plusSeconds(9));
        assertThat(engine.status(TOP).lastChange()).isEqualTo(EngineFixture.START);
    }

    private static String names(List<Symptom> symptoms) {
        return String.join(",", symptoms.stream().map(Symptom::name).toList());
    }
}
