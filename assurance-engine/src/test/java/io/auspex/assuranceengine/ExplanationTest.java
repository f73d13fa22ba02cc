package io.auspex.assuranceengine;

import static io.auspex.assuranceengine.EngineFixture.NMDA;
import static io.auspex.assuranceengine.EngineFixture.aProbe;
import static io.auspex.assuranceengine.EngineFixture.aService;
import static io.auspex.assuranceengine.EngineFixture.anInterface;
import static io.auspex.assuranceengine.EngineFixture.interfaceId;
import static io.auspex.assuranceengine.EngineFixture.probeId;
import static io.auspex.assuranceengine.EngineFixture.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.expressions.Value;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private final EngineFixture engine = new EngineFixture();

    @Test
    void anExplanationLeadsToTheCauseWithItsExpressionAndValues() {
        // Given
        engine.commit(
                anInterface("r1", "eth0"),
                aProbe("tunnel", Dependency.impacting(interfaceId("r1", "eth0"))),
                aService("a", Dependency.impacting(probeId("tunnel"))));
        engine.report(probeId("tunnel"), 20);

        // When
        engine.answer("r1", "eth0", "oper-status", NMDA, "down");

        // Then
        Explanation explanation = engine.engine.explain(serviceId("a")).orElseThrow();
        assertThat(explanation.health()).isEqualTo(new Health.Score(0));
        assertThat(explanation.causes()).hasSize(2);
        Explanation.Cause cause = explanation.causes().getFirst();
        assertThat(cause.symptom().name()).isEqualTo("interface-down");
        assertThat(cause.symptom().start()).isEqualTo(EngineFixture.START);
        assertThat(cause.path().stream()
                        .map(step -> step.label() + " " + step.health().wireValue()))
                .containsExactly("vpn a 0", "probe tunnel 0", "interface eth0 of r1 0");
        assertThat(cause.expression()).isEqualTo("oper-status == 'down'");
        assertThat(cause.values()).containsEntry("oper-status", new Value.Text("down"));
    }

    @Test
    void aSubserviceThatDoesNotExistHasNoExplanation() {
        // When
        var explanation = engine.engine.explain(serviceId("none"));

        // Then
        assertThat(explanation).isEmpty();
    }
}
