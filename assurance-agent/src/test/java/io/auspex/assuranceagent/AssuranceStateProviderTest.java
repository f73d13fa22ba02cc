package io.auspex.assuranceagent;

import static io.auspex.assuranceagent.Documents.DEVICE;
import static io.auspex.assuranceagent.Documents.INTERFACE;
import static io.auspex.assuranceagent.Documents.SERVICE;
import static io.auspex.assuranceagent.Documents.device;
import static io.auspex.assuranceagent.Documents.impacting;
import static io.auspex.assuranceagent.Documents.interfaceOf;
import static io.auspex.assuranceagent.Documents.service;
import static io.auspex.assuranceagent.Documents.subservice;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineConfig;
import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.DependencyType;
import io.auspex.assuranceengine.graph.Impact;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.packs.Packs;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.schema.SchemaNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state of ietf-service-assurance as readers get it: current, closed under references, and made while it is read. */
class AssuranceStateProviderTest {
    private static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/modules")));
    private static final AssuranceSchema SCHEMA = new AssuranceSchema(MODEL);
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String PROBE = "example-probe:probe-type";

    private final AssuranceEngine engine = new AssuranceEngine(
            EngineConfig.of("agent-1"), Packs.load(List.of()).catalogue(), () -> NOW, () -> 1);
    private final AssuranceStateProvider provider = new AssuranceStateProvider(SCHEMA, engine, "agent-1", NOW);
    private final RunningGraph graph =
            new RunningGraph(engine, SCHEMA, () -> NOW, update -> provider.graphChanged(update.changed()));
    private TreeNode running = TreeNode.empty(MODEL.root());

    private void commit(String... entries) throws YangException {
        running = Documents.root(MODEL, "{" + Documents.subservices(entries) + "}");
        graph.apply(running);
    }

    private String state(SchemaNode top) {
        return Documents.json(
                Trees.copy(Objects.requireNonNull(provider.state(running).child(top))));
    }

    private InnerNode entry(InnerNode root, String type, String id) {
        var container = (InnerNode) Objects.requireNonNull(root.child(SCHEMA.subservices.container));
        var list = (ListNode) Objects.requireNonNull(container.child(SCHEMA.subservices.list));
        return Objects.requireNonNull(list.entry(ListKey.of(SCHEMA.identity(type), id)));
    }

    @Test
    void stateOfASubserviceIsThatOfTheEngine() throws Exception {
        // Given
        commit(device("peer1"));
        engine.runPending();
        // When
        var state = Documents.json(Trees.copy(entry(provider.state(running), DEVICE, "peer1")));
        // Then
        assertThat(state.replaceAll("not-yet-computed-[^\"]*", "not-yet-computed-…"))
                .isEqualTo("{\"ietf-service-assurance:subservice\":[{"
                        + "\"type\":\"ietf-service-assurance-device:device-type\",\"id\":\"peer1\","
                        + "\"last-change\":\"2026-11-21T10:00:00Z\",\"label\":\"device peer1\",\"health-score\":-1,"
                        + "\"symptoms-history-start\":\"2026-11-21T10:00:00Z\","
                        + "\"symptoms\":{\"symptom\":[{\"start-date-time\":\"2026-11-21T10:00:00Z\","
                        + "\"agent-id\":\"agent-1\",\"symptom-id\":\"not-yet-computed-…\","
                        + "\"health-score-weight\":100}]}}]}");
    }

    @Test
    void subserviceThatTheEngineHasNotComeToYetIsUnknownWithASymptomOfTheGlossary() throws Exception {
        // When
        commit(device("peer1"));
        // Then
        var entry = entry(provider.state(running), DEVICE, "peer1");
        assertThat(entry.value("health-score")).contains(-1L);
        var symptom = entry.inner("symptoms")
                .flatMap(s -> s.list("symptom"))
                .orElseThrow()
                .iterator()
                .next();
        assertThat(symptom.value("symptom-id")).contains(Glossary.PENDING);
        assertThat(state(SCHEMA.agents.container)).contains("\"id\":\"" + Glossary.PENDING + "\"");
    }

    @Test
    void subserviceOfATypeWithoutPackIsUnknownAndSaysSo() throws Exception {
        // When
        commit(
                device("peer1"),
                subservice(
                        PROBE, "p", "\"example-probe:parameters\":{\"name\":\"probe 1\",\"interval\":5}", """
                        {"type":"%s","id":"peer1","dependency-type":"example-probe:partly-impacting"}""".formatted(
                                        DEVICE)));
        engine.runPending();
        // Then
        var id = new SubserviceId(PROBE, "p");
        var known = engine.graph().node(id).orElseThrow().subservice();
        assertThat(known.parameters()).isEqualTo(Map.of("name", "probe 1", "interval", "5"));
        assertThat(known.dependencies())
                .containsExactly(new Dependency(
                        new SubserviceId(DEVICE, "peer1"),
                        new DependencyType("example-probe:partly-impacting", new Impact.Full())));
        assertThat(entry(provider.state(running), PROBE, "p").value("health-score"))
                .contains(-1L);
        assertThat(state(SCHEMA.agents.container))
                .contains("no pack knows subservices of type example-probe:probe-type");
    }

    @Test
    void assuredServiceListsAllThatItRestsOnAndItself() throws Exception {
        // When
        commit(
                device("peer1"),
                device("peer2"),
                interfaceOf("peer1", "eth0", impacting(DEVICE, "peer1")),
                service("tunnel", "one", impacting(INTERFACE, "peer1-eth0")));
        // Then
        assertThat(state(SCHEMA.assuredServices.container))
                .isEqualTo("{\"ietf-service-assurance:assured-services\":{\"assured-service\":[{\"service\":\"tunnel\","
                        + "\"instances\":[{\"name\":\"one\",\"subservices\":["
                        + "{\"type\":\"ietf-service-assurance-device:device-type\",\"id\":\"peer1\"},"
                        + "{\"type\":\"ietf-service-assurance-interface:interface-type\",\"id\":\"peer1-eth0\"},"
                        + "{\"type\":\"ietf-service-assurance:service-instance-type\",\"id\":\"tunnel-one\"}]}]}]}}");
    }

    @Test
    void emptyGraphHasALastChangeAndAnAgent() {
        // Then
        assertThat(state(SCHEMA.graphLastChange))
                .isEqualTo("{\"ietf-service-assurance:assurance-graph-last-change\":\"2026-11-21T10:00:00Z\"}");
        assertThat(state(SCHEMA.agentId)).isEqualTo("{\"auspex-assurance:agent-id\":\"agent-1\"}");
        assertThat(provider.state(running).child(SCHEMA.subservices.container)).isNull();
        assertThat(provider.state(running).child(SCHEMA.assuredServices.container))
                .isNull();
    }

    @Test
    void oneEntryByKeyCostsOneEntry() throws Exception {
        // Given
        commit(device("peer1"), device("peer2"));
        engine.runPending();
        // When
        var entry = entry(provider.state(new NeverIterated(running)), DEVICE, "peer2");
        // Then
        assertThat(entry.value("label")).contains("device peer2");
    }

    @Test
    void feedTellsWhatHasChanged() throws Exception {
        // Given
        List<String> changed = new ArrayList<>();
        try (var _ = provider.feed((DataPath path) -> changed.add(path.toString()))) {
            // When
            commit(service("tunnel", "one"));
        }
        // Then
        assertThat(changed)
                .containsExactly(
                        "/ietf-service-assurance:assurance-graph-last-change",
                        "/auspex-assurance:graph-version",
                        "/ietf-service-assurance:assured-services",
                        "/ietf-service-assurance:subservices/subservice" + "[type='" + SERVICE + "'][id='tunnel-one']");
    }

    /** A tree whose lists fail the test when they are gone through. */
    private record NeverIterated(InnerNode node) implements InnerNode {
        @Override
        public SchemaNode schema() {
            return node.schema();
        }

        @Override
        public @Nullable DataNode child(SchemaNode schema) {
            return switch (node.child(schema)) {
                case InnerNode inner -> new NeverIterated(inner);
                case ListNode list -> new OnlyByKey(list);
                case null -> null;
                case DataNode other -> other;
            };
        }

        @Override
        public Iterable<DataNode> children() {
            throw new AssertionError("all children of " + node.schema());
        }
    }

    private record OnlyByKey(ListNode list) implements ListNode {
        @Override
        public SchemaNode schema() {
            return list.schema();
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return list.entry(key);
        }

        @Override
        public Iterator<InnerNode> iterator() {
            throw new AssertionError("all entries of " + list.schema());
        }

        @Override
        public int size() {
            return list.size();
        }
    }
}
