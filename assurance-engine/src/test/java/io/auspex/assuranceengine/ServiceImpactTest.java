package io.auspex.assuranceengine;

import static io.auspex.assuranceengine.EngineFixture.aProbe;
import static io.auspex.assuranceengine.EngineFixture.aService;
import static io.auspex.assuranceengine.EngineFixture.probeId;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.DependencyType;
import io.auspex.assuranceengine.graph.Impact;
import io.auspex.assuranceengine.graph.SubserviceId;
import org.junit.jupiter.api.Test;

/** Service impact analysis, RFC 9417 §1. */
class ServiceImpactTest {
    private final EngineFixture engine = new EngineFixture();

    private static Dependency redundant(SubserviceId id) {
        return new Dependency(id, new DependencyType("auspex-assurance:redundant", new Impact.Redundant("g", 1, 30)));
    }

    private String impactOf(String probe) {
        return String.join(
                " ",
                engine.engine.snapshot().impact(probeId(probe)).stream()
                        .map(i -> i.service().id().id() + ":" + i.weight() + "/" + i.atStake())
                        .sorted()
                        .toList());
    }

    @Test
    void s67_theInstancesThatASubserviceImpactsAndByHowMuch() {
        // Given
        engine.commit(
                aProbe("base"),
                aProbe("other"),
                aProbe("top", Dependency.impacting(probeId("base"))),
                aService("full", Dependency.impacting(probeId("top"))),
                aService("informed", Dependency.informational(probeId("top"))),
                aService("spare", redundant(probeId("top")), redundant(probeId("other"))),
                aService("apart", Dependency.impacting(probeId("other"))));
        engine.report(probeId("base"), 0).report(probeId("top"), 0).report(probeId("other"), 0);

        // Then
        assertThat(impactOf("base")).isEqualTo("vpn/full:0/100 vpn/informed:0/0 vpn/spare:0/30");

        // When
        engine.report(probeId("base"), 40);
        // Then
        assertThat(impactOf("base")).isEqualTo("vpn/full:40/100 vpn/informed:0/0 vpn/spare:0/30");

        // When
        engine.report(probeId("other"), 100);
        // Then
        assertThat(impactOf("base")).isEqualTo("vpn/full:40/100 vpn/informed:0/0 vpn/spare:40/100");
    }
}
