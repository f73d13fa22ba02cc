package io.auspex.assuranceengine;

import static io.auspex.assuranceengine.EngineFixture.aProbe;
import static io.auspex.assuranceengine.EngineFixture.aService;
import static io.auspex.assuranceengine.EngineFixture.probeId;
import static io.auspex.assuranceengine.EngineFixture.serviceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graphs that are deep or wide: nothing recurses, nothing is quadratic. */
class LargeGraphTest {
    private static final int DEEP = 10_000;
    private static final int WIDE = 100_000;

    private final EngineFixture engine = new EngineFixture();

    private static Subservice link(int i) {
        return i == 0 ? aProbe("n0") : aProbe("n" + i, Dependency.impacting(probeId("n" + (i - 1))));
    }

    @Test
    void aChainOfTenThousandCarriesHealthToItsEndAndRefusesToBeClosed() {
        // Given
        List<Subservice> chain = new ArrayList<>();
        for (int i = DEEP - 1; i >= 0; i--) {
            chain.add(link(i));
        }
        engine.commit(chain.toArray(Subservice[]::new));
        List<ReportedValue> values = new ArrayList<>();
        chain.forEach(s -> values.add(
                new ReportedValue(s.id(), "fault", new Value.Num(s.id().id().equals("n0") ? 40 : 0))));

        // When
        engine.engine.report(values);
        engine.engine.runPending();

        // Then
        assertThat(engine.score(probeId("n" + (DEEP - 1)))).isEqualTo(60);
        assertThat(engine.active(probeId("n" + (DEEP - 1)))).containsExactly("fault 40 @n0");
        assertThatThrownBy(() -> engine.engine.commit(
                        GraphChange.put(aProbe("n0", Dependency.impacting(probeId("n" + (DEEP - 1)))))))
                .hasMessageContaining("more) -> ");
    }

    @Test
    void aSubserviceOnWhichAHundredThousandDependComesAndGoesWithThem() {
        // Given
        List<Subservice> all = new ArrayList<>(List.of(aProbe("base")));
        List<SubserviceId> services = new ArrayList<>();
        for (int i = 0; i < WIDE; i++) {
            all.add(aService("s" + i, Dependency.impacting(probeId("base"))));
            services.add(serviceId("s" + i));
        }
        engine.commit(all.toArray(Subservice[]::new));

        // When
        engine.report(probeId("base"), 30);

        // Then
        assertThat(engine.score(serviceId("s77777"))).isEqualTo(70);
        assertThat(engine.engine.snapshot().impact(probeId("base"))).hasSize(WIDE);

        // When
        engine.remove(services.toArray(SubserviceId[]::new));
        // Then
        assertThat(engine.engine.graph().size()).isEqualTo(1);
        assertThat(engine.score(probeId("base"))).isEqualTo(70);
    }
}
