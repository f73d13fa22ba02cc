package io.auspex.assuranceengine;

import static io.auspex.assuranceengine.EngineFixture.aProbe;
import static io.auspex.assuranceengine.EngineFixture.aService;
import static io.auspex.assuranceengine.EngineFixture.flagged;
import static io.auspex.assuranceengine.EngineFixture.probeId;
import static io.auspex.assuranceengine.EngineFixture.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.DependencyType;
import io.auspex.assuranceengine.graph.Impact;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9417 §3.4 and §3.6: dependencies whose loss another one makes up for, or that matter by a share. */
class PartialImpactTest {
    private static final SubserviceId PRIMARY = probeId("primary");
    private static final SubserviceId BACKUP = probeId("backup");
    private static final SubserviceId SERVICE = serviceId("a");

    private final EngineFixture engine = new EngineFixture();

    private static Dependency redundant(SubserviceId id, int needed) {
        return new Dependency(
                id, new DependencyType("auspex-assurance:redundant", new Impact.Redundant("paths", needed, 30)));
    }

    private static Dependency share(SubserviceId id, int percent) {
        return new Dependency(id, new DependencyType("auspex-assurance:weighted", new Impact.Share(percent)));
    }

    @BeforeEach
    void aServiceOverTwoPathsOfWhichOneIsEnough() {
        engine.commit(aProbe("primary"), aProbe("backup"), aService("a", redundant(PRIMARY, 1), redundant(BACKUP, 1)));
        engine.report(PRIMARY, 0).report(BACKUP, 0);
    }

    @Test
    void s72_primaryPathUnderMaintenanceCostsTheRedundancy() {
        // When
        engine.commit(flagged(aProbe("primary")));

        // Then
        assertThat(engine.score(SERVICE)).isEqualTo(70);
        assertThat(engine.active(SERVICE))
                .containsExactlyInAnyOrder("under-maintenance 0 @primary", "no-redundancy 30 @vpn/a");

        // When
        engine.report(BACKUP, 60);
        // Then
        assertThat(engine.score(SERVICE)).isEqualTo(40);
        assertThat(engine.active(SERVICE))
                .containsExactlyInAnyOrder(
                        "under-maintenance 0 @primary", "no-redundancy 30 @vpn/a", "fault 60 @backup");

        // When
        engine.commit(flagged(aProbe("backup")));
        // Then
        assertThat(engine.score(SERVICE)).isZero();
        assertThat(engine.active(SERVICE))
                .containsExactlyInAnyOrder("under-maintenance 100 @primary", "under-maintenance 100 @backup");
    }

    @Test
    void s73_unflaggingBringsTheRedundancyBackAndChangesTheGraph() {
        // Given
        engine.commit(flagged(aProbe("primary"))).pass(Duration.ofSeconds(5));

        // When
        engine.commit(aProbe("primary"));

        // Then
        assertThat(engine.score(SERVICE)).isEqualTo(100);
        assertThat(engine.active(SERVICE)).isEmpty();
        assertThat(engine.engine.graph().lastChange()).isEqualTo(EngineFixture.START.plusSeconds(5));
        assertThat(engine.status(PRIMARY).lastChange()).isEqualTo(EngineFixture.START.plusSeconds(5));
    }

    @Test
    void s13_theGroupIsAsHealthyAsTheWorstMemberThatIsNeeded() {
        // Given
        engine.commit(
                aProbe("third"),
                aService("a", redundant(PRIMARY, 2), redundant(BACKUP, 2), redundant(probeId("third"), 2)));
        engine.report(probeId("third"), 0);

        // When
        engine.report(PRIMARY, 20).report(BACKUP, 40);

        // Then
        assertThat(engine.score(SERVICE)).isEqualTo(80);
        assertThat(engine.active(SERVICE)).containsExactlyInAnyOrder("fault 20 @primary", "fault 0 @backup");
    }

    @Test
    void s13_anUnknownMemberThatIsNotNeededDoesNotMatter() {
        // When: the backup is not heard of any more
        for (int i = 0; i < 8; i++) {
            engine.pass(Duration.ofSeconds(5)).report(PRIMARY, 0);
        }

        // Then
        assertThat(engine.score(BACKUP)).isEqualTo(-1);
        assertThat(engine.score(SERVICE)).isEqualTo(100);
        assertThat(engine.active(SERVICE)).containsExactly("metric-stale 0 @backup");
    }

    @Test
    void s13_anUnknownMemberThatIsNeededMakesTheScoreUnknown() {
        // Given
        engine.commit(aService("a", redundant(PRIMARY, 2), redundant(BACKUP, 2)));

        // When
        for (int i = 0; i < 8; i++) {
            engine.pass(Duration.ofSeconds(5)).report(PRIMARY, 0);
        }

        // Then
        assertThat(engine.score(SERVICE)).isEqualTo(-1);
        assertThat(engine.active(SERVICE)).containsExactly("metric-stale 100 @backup");
    }

    @Test
    void s13_aShareOfTheLossReachesTheDependant() {
        // Given
        engine.commit(aService("a", share(PRIMARY, 25)));

        // When
        engine.report(PRIMARY, 90);

        // Then
        assertThat(engine.score(SERVICE)).isEqualTo(77);
        assertThat(engine.active(SERVICE)).containsExactly("fault 23 @primary");
    }

    @Test
    void s13_anEditThatTakesTheGroupAwayEndsItsSymptom() {
        // Given
        engine.report(PRIMARY, 100);
        assertThat(engine.active(SERVICE)).contains("no-redundancy 30 @vpn/a");

        // When
        engine.commit(aService("a", Dependency.impacting(BACKUP)));

        // Then
        assertThat(engine.active(SERVICE)).isEmpty();
        assertThat(engine.score(SERVICE)).isEqualTo(100);
    }
}
