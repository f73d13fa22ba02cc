package io.auspex.assuranceagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineConfig;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.datastore.ChangeSet;
import io.auspex.packs.Packs;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Maintenance that is planned (RFC 9417 §3.6): it begins and ends by itself, with a contact that names the change. */
class MaintenanceWindowsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final SubserviceId PEER1 = new SubserviceId(Documents.DEVICE, "peer1");
    private static final String WINDOW = """
            "auspex-assurance:maintenance":{"window":[{"id":"w1","change-id":"CHG-4711","start":"%s","end":"%s",
              "subservice":[{"type":"ietf-service-assurance-device:device-type","id":"peer1"}]}]}""";

    private volatile Instant now = NOW;
    private final AssuranceEngine engine = new AssuranceEngine(
            EngineConfig.of("agent-1"), Packs.load(List.of()).catalogue(), () -> now, System::nanoTime);
    private final RunningGraph graph = new RunningGraph(engine, Network.SCHEMA, () -> now, _ -> {});
    private TreeNode running = TreeNode.empty(Documents.MODEL.root());

    @AfterEach
    void stop() {
        graph.close();
    }

    private void commit(String more) throws YangException {
        var after = Documents.root(
                Documents.MODEL, "{" + Documents.subservices(Documents.device("peer1")) + "," + more + "}");
        graph.validate(new ChangeSet(1, running, after, List.of()));
        running = after;
        graph.apply(after);
    }

    private Subservice peer1() {
        return engine.graph().node(PEER1).orElseThrow().subservice();
    }

    @Test
    void s70_aWindowFlagsItsSubservicesWithAContactOfTheMonitorAndTheChange() throws Exception {
        // When
        commit(WINDOW.formatted("2026-11-21T09:00:00Z", "2026-11-21T12:00:00+01:00"));

        // Then
        assertThat(peer1().maintenanceContact()).isEqualTo("monitor: change CHG-4711");
        assertThat(engine.graph().node(PEER1).orElseThrow().lastChange()).isEqualTo(NOW);
    }

    @Test
    void s73_itBeginsAndEndsByTheClockAndTheGraphChangesThen() throws Exception {
        // Given
        commit(WINDOW.formatted(NOW.plusMillis(200), NOW.plusSeconds(60)));
        assertThat(peer1().underMaintenance()).isFalse();

        // When
        now = NOW.plusSeconds(1);
        // Then
        await().until(() -> peer1().underMaintenance());
        assertThat(engine.graph().lastChange()).isEqualTo(now);

        // When
        now = NOW.plusSeconds(60);
        commit(WINDOW.formatted(NOW.plusMillis(200), NOW.plusSeconds(60)));
        // Then
        assertThat(peer1().underMaintenance()).isFalse();
        assertThat(engine.graph().lastChange()).isEqualTo(now);
    }

    @Test
    void aWindowThatBeginsBetweenTheCheckOfACommitAndItsEndCountsForIt() throws Exception {
        // Given
        var window = WINDOW.formatted(NOW.plusSeconds(3_600), NOW.plusSeconds(7_200));
        commit(window);
        var both = Documents.subservices(Documents.device("peer1"), Documents.device("peer2"));
        var after = Documents.root(Documents.MODEL, "{" + both + "," + window + "}");
        var changes = new ChangeSet(2, running, after, List.of());
        graph.validate(changes);

        // When
        now = NOW.plusSeconds(3_600);
        graph.committed(changes);

        // Then
        assertThat(peer1().underMaintenance()).isTrue();
        assertThat(engine.graph().size()).isEqualTo(2);
    }

    @Test
    void aWindowThatEndsBeforeItBeginsIsRefused() {
        var refusal = catchThrowableOfType(
                YangException.class, () -> commit(WINDOW.formatted("2026-11-21T09:00:00Z", "2026-11-21T09:00:00Z")));

        assertThat(Objects.requireNonNull(refusal))
                .hasMessageContaining("window[id='w1']: ends at 2026-11-21T09:00:00Z, expected a time after its start");
    }

    @Test
    void takingTheWindowAwayEndsTheMaintenance() throws Exception {
        // Given
        commit(WINDOW.formatted("2026-11-21T09:00:00Z", "2026-11-21T12:00:00Z"));

        // When
        commit("\"auspex-assurance:maintenance\":{}");

        // Then
        assertThat(peer1().underMaintenance()).isFalse();
        assertThat(peer1().parameters()).isEqualTo(Map.of("device", "peer1"));
    }
}
