package io.auspex.assuranceagent.relevantstate;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.anomalydetection.Anomaly;
import io.auspex.anomalydetection.Plane;
import io.auspex.anomalydetection.RelevantState;
import io.auspex.anomalydetection.ServiceContext;
import io.auspex.anomalydetection.Stage;
import io.auspex.anomalydetection.SymptomKind;
import io.auspex.anomalydetection.Termination;
import io.auspex.assuranceagent.Documents;
import io.auspex.assuranceagent.Yanglint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Relevant states as notifications that yanglint takes. */
class RelevantStateEncoderTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final UUID ID = UUID.fromString("5c8cbd0f-7d3b-4f0c-9d2e-8d6a2f8f3d11");

    @TempDir
    private Path folder;

    private final RelevantStateEncoder encoder = new RelevantStateEncoder(Documents.MODEL);

    private static RelevantState state(
            Stage stage, SymptomKind kind, @Nullable Instant end, Termination... terminations) {
        var anomaly = new Anomaly(
                ID,
                1,
                stage,
                "interface eth0 of peer1 is down",
                START,
                end,
                75,
                "auspex-assurance-graph",
                ID,
                100,
                kind);
        return new RelevantState(
                ID,
                "Service tunnel one is degraded",
                START,
                end,
                new ServiceContext(ID, "tunnel", "one", List.of(terminations)),
                List.of(anomaly));
    }

    @Test
    void everythingKnownStandsInTheNotification() throws Exception {
        // Given
        var kind = new SymptomKind("Interface", "Down", "Link-Layer", Plane.MANAGEMENT);
        // When
        var json = Documents.json(encoder.encode(state(
                Stage.PROBLEM_POTENTIAL,
                kind,
                START.plusSeconds(60),
                new Termination("peer1", "0:64500:1", List.of(7, 9)),
                new Termination("2001:db8::1", "0:64500:1", List.of()))));
        // Then
        assertThat(json)
                .isEqualTo(
                        "{\"ietf-relevant-state:relevant-state-notification\":"
                                + "{\"id\":\"5c8cbd0f-7d3b-4f0c-9d2e-8d6a2f8f3d11\","
                                + "\"description\":\"Service tunnel one is degraded\","
                                + "\"start-time\":\"2026-11-21T10:00:00Z\",\"end-time\":\"2026-11-21T10:01:00Z\","
                                + "\"anomalies\":[{\"id\":\"5c8cbd0f-7d3b-4f0c-9d2e-8d6a2f8f3d11\",\"version\":1,"
                                + "\"state\":\"ietf-relevant-state:problem-potential\",\"description\":\"interface eth0 of peer1 is down\","
                                + "\"start-time\":\"2026-11-21T10:00:00Z\",\"end-time\":\"2026-11-21T10:01:00Z\","
                                + "\"confidence-score\":75,"
                                + "\"annotator\":{\"name\":\"auspex-assurance-graph\",\"algorithm\":[null]},"
                                + "\"symptom\":{\"id\":\"5c8cbd0f-7d3b-4f0c-9d2e-8d6a2f8f3d11\",\"concern-score\":100,"
                                + "\"ietf-network-anomaly-symptom-cbl:action\":\"Interface\","
                                + "\"ietf-network-anomaly-symptom-cbl:reason\":\"Down\","
                                + "\"ietf-network-anomaly-symptom-cbl:cause\":\"Link-Layer\","
                                + "\"ietf-network-anomaly-symptom-cbl:management\":[null]},"
                                + "\"service\":{\"id\":\"5c8cbd0f-7d3b-4f0c-9d2e-8d6a2f8f3d11\","
                                + "\"ietf-network-anomaly-service-topology:vpn-service-container\":"
                                + "{\"vpn-service\":[{\"vpn-id\":\"tunnel\",\"vpn-name\":\"one\"}]},"
                                + "\"ietf-network-anomaly-service-topology:vpn-node-termination-container\":"
                                + "{\"vpn-node-termination\":["
                                + "{\"hostname\":\"2001:db8::1\",\"route-distinguisher\":\"0:64500:1\"},"
                                + "{\"hostname\":\"peer1\",\"route-distinguisher\":\"0:64500:1\",\"interface-id\":[7,9]}]}}}]}}");
        Yanglint.validates(folder, "notif", json);
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws Exception {
        // When
        var json = Documents.json(encoder.encode(state(
                Stage.PROBLEM_POTENTIAL,
                SymptomKind.UNKNOWN,
                null,
                new Termination("a name that no host has", "0:64500:1", List.of(7)))));
        // Then
        assertThat(json).doesNotContain("end-time", "vpn-node-termination", "symptom-cbl");
        Yanglint.validates(folder, "notif", json);
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void planeIsTheCaseOfItsName(Plane plane) {
        // When
        var json = Documents.json(encoder.encode(
                state(Stage.PROBLEM_POTENTIAL, new SymptomKind("Drop", "Unreachable", null, plane), null)));
        // Then
        assertThat(json).contains("symptom-cbl:" + plane.name().toLowerCase(java.util.Locale.ROOT) + "\":[null]");
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void stageIsTheIdentityOfItsName(Stage stage) {
        // When
        var json = Documents.json(encoder.encode(state(stage, SymptomKind.UNKNOWN, null)));
        // Then
        assertThat(json).contains("\"state\":\"ietf-relevant-state:" + stage + "\"");
    }
}
