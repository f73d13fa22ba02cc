package io.auspex.assuranceagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.yang.data.InnerNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GraphNotificationsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String DEVICE = "ietf-service-assurance-device:device-type";

    private final RecordingStreams streams = new RecordingStreams("health");
    private final GraphNotifications notifications = new GraphNotifications(
            Documents.MODEL, Network.SCHEMA, "agent-1", streams.find("health").orElseThrow());

    private static Subservice device(String name, Dependency... on) {
        return new Subservice(new SubserviceId(DEVICE, name), Map.of("device", name), List.of(on));
    }

    private static String told(InnerNode notification) {
        StringBuilder told = new StringBuilder();
        for (InnerNode entry : notification.list("subservice").orElseThrow()) {
            told.append(entry.value("id").orElseThrow())
                    .append(' ')
                    .append(entry.value("change").orElseThrow())
                    .append(';');
        }
        return told.toString();
    }

    @Test
    void aChangeOfTheGraphNamesWhatWasAddedChangedAndRemoved() throws Exception {
        // Given
        AssuranceGraph before = AssuranceGraph.empty()
                .with(GraphChange.put(device("a"), device("b"), device("c")), NOW)
                .after();
        GraphChange change = GraphChange.of(
                List.of(device("a", Dependency.impacting(new SubserviceId(DEVICE, "d"))), device("d"), device("c")),
                List.of(new SubserviceId(DEVICE, "b")));

        // When
        notifications.graphChanged(before.with(change, NOW.plusSeconds(5)));

        // Then
        InnerNode heard = streams.published("health").getFirst();
        assertThat(told(heard)).isEqualTo("a changed;b removed;d added;");
        assertThat(heard.value("version").orElseThrow()).hasToString("2");
        assertThat(heard.value("changes").orElseThrow()).hasToString("3");
        assertThat(heard.value("last-change").orElseThrow()).hasToString("2026-11-21T10:00:05Z");
        assertThat(heard.value("agent-id").orElseThrow()).hasToString("agent-1");
    }

    @Test
    void aLargeChangeIsCountedAndListedInPart() throws Exception {
        // Given
        Subservice[] many =
                IntStream.range(0, 1_500).mapToObj(i -> device("r" + i)).toArray(Subservice[]::new);

        // When
        notifications.graphChanged(AssuranceGraph.empty().with(GraphChange.put(many), NOW));

        // Then
        InnerNode heard = streams.published("health").getFirst();
        assertThat(heard.list("subservice").orElseThrow())
                .map(entry -> entry.value("id").orElseThrow().toString())
                .containsExactlyElementsOf(Stream.of(many)
                        .map(subservice -> subservice.id().id())
                        .sorted()
                        .limit(1_000)
                        .toList());
        assertThat(heard.value("changes").orElseThrow()).hasToString("1500");
    }
}
