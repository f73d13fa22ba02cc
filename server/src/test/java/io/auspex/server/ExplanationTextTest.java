package io.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What {@code auspex explain} prints. */
class ExplanationTextTest {
    private static final String CAUSE = """
            {"rank": %d, "type": "example:bgp-session-type", "id": "bgp/PE2/CE2", "label": "BGP", "score": 0,
             "symptom": "s-%1$d", "description": "BGP session of PE2 to 192.0.2.6 is idle", "weight": %d,
             "since": "2026-11-21T10:00:00.123Z", "condition": "state ==\\n  \\"idle\\"",
             "value": [{"metric": "state", "value": "\\"idle\\""}],
             "via": [{"type": "example:vrf-type", "id": "vrf/PE2/ACME"}]}""";

    private static List<String> lines(String answer, List<String> others) {
        return new ExplanationText("l3vpn ACME", new JsonMapper().readTree(answer)).lines(others);
    }

    @Test
    void theHeaviestCausesWithTheirWayAndValues() {
        assertThat(lines(
                        "{\"path\": [{\"score\": 0}], \"cause\": [" + CAUSE.formatted(1, 100)
                                + "], \"causes\": 1, \"rests-on\": {\"well\": 28, \"broken\": 2}}",
                        List.of()))
                .containsExactly(
                        "l3vpn ACME: score 0, broken",
                        "  1. BGP session of PE2 to 192.0.2.6 is idle (bgp-session bgp/PE2/CE2, -100, since"
                                + " 2026-11-21T10:00:00Z)",
                        "     by way of vrf/PE2/ACME",
                        "     state == \"idle\"; now state = \"idle\"",
                        "  rests on 30 subservices: 28 well, 2 broken");
    }

    @Test
    void neverMoreThan14Lines() {
        var causes = String.join(
                ",",
                java.util.stream.IntStream.rangeClosed(1, 100)
                        .mapToObj(i -> CAUSE.formatted(i, 100))
                        .toList());

        var lines = lines(
                "{\"path\": [{\"score\": 0}], \"cause\": [" + causes
                        + "], \"causes\": 250, \"rests-on\": {\"well\": 28, \"broken\": 2}}",
                List.of("a 1", "a 2", "a 3", "a 4", "a 5", "a 6"));

        assertThat(lines)
                .hasSizeLessThanOrEqualTo(14)
                .contains(
                        "  and 247 more symptoms",
                        "  the first cause also hits a 1, a 2, a 3, a 4, a 5 and 1 more services");
    }

    @Test
    void aServiceThatIsWellSaysSo() {
        assertThat(lines("{\"path\": [{\"score\": 100}], \"causes\": 0, \"rests-on\": {\"well\": 1}}", List.of()))
                .containsExactly("l3vpn ACME: score 100, fully operational", "  rests on 1 subservice: 1 well");
    }
}
