package io.auspex.assuranceagent;

import static io.auspex.assuranceagent.Documents.DEVICE;
import static io.auspex.assuranceagent.Documents.INTERFACE;
import static io.auspex.assuranceagent.Documents.SERVICE;
import static io.auspex.assuranceagent.Documents.device;
import static io.auspex.assuranceagent.Documents.impacting;
import static io.auspex.assuranceagent.Documents.interfaceOf;
import static io.auspex.assuranceagent.Documents.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineConfig;
import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.GraphNode;
import io.auspex.assuranceengine.graph.Subservice;
import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.datastore.ChangeSet;
import io.auspex.packs.Packs;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.Position;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Subservices of running become the assurance graph, and what would break the graph is refused with words that help. */
class RunningGraphTest {
    private static final Instant CHECKED = Instant.parse("2026-11-21T10:00:00Z");

    private final AssuranceEngine engine = new AssuranceEngine(
            EngineConfig.of("agent-1"), Packs.load(List.of()).catalogue(), InstantSource.system(), System::nanoTime);
    private final List<SubserviceId> changed = new ArrayList<>();

    /** Its clock is not that of the engine, which tells a graph that was made when it was checked from one that was made again. */
    private final RunningGraph graph =
            new RunningGraph(engine, Network.SCHEMA, () -> CHECKED, update -> changed.addAll(update.changed()));

    private TreeNode running = TreeNode.empty(Documents.MODEL.root());

    private void commit(String... entries) throws YangException {
        commit(Documents.root(Documents.MODEL, "{" + Documents.subservices(entries) + "}"));
    }

    private void commit(TreeNode after) throws YangException {
        var changes = new ChangeSet(1, running, after, List.of());
        graph.validate(changes);
        running = after;
        graph.committed(changes);
    }

    private List<YangError> refusalOf(String... entries) {
        return Objects.requireNonNull(catchThrowableOfType(YangException.class, () -> commit(entries)))
                .errors();
    }

    private Subservice subservice(String type, String id) {
        return engine.graph()
                .node(new SubserviceId(type, id))
                .map(GraphNode::subservice)
                .orElseThrow();
    }

    @Test
    void parametersDependenciesAndMaintenanceReachTheEngine() throws Exception {
        // When
        commit("""
                {"type":"%s","id":"d","ietf-service-assurance-device:parameters":{"device":"peer1"},
                 "under-maintenance":{"contact":"noc"}}""".formatted(DEVICE), service("tunnel", "one", impacting(DEVICE, "d")));
        // Then
        assertThat(subservice(DEVICE, "d"))
                .isEqualTo(new Subservice(new SubserviceId(DEVICE, "d"), Map.of("device", "peer1"), "noc", List.of()));
        assertThat(subservice(SERVICE, "tunnel-one"))
                .isEqualTo(new Subservice(
                        new SubserviceId(SERVICE, "tunnel-one"),
                        Map.of("service", "tunnel", "instance-name", "one"),
                        List.of(Dependency.impacting(new SubserviceId(DEVICE, "d")))));
    }

    @Test
    void dependencyWithoutTypeIsImpacting() throws Exception {
        // When
        commit(device("peer1"), interfaceOf("peer1", "eth0", """
                {"type":"%s","id":"peer1"}""".formatted(DEVICE)));
        // Then
        assertThat(subservice(INTERFACE, "peer1-eth0").dependencies())
                .containsExactly(Dependency.impacting(new SubserviceId(DEVICE, "peer1")));
    }

    @Test
    void changeReachesTheEngineAlone() throws Exception {
        // Given
        commit(device("peer1"), device("peer2"));
        changed.clear();
        var list = (TreeList) Objects.requireNonNull(
                ((InnerNode) Objects.requireNonNull(running.child(Network.SCHEMA.subservices.container)))
                        .child(Network.SCHEMA.subservices.list));
        var more = Documents.root(Documents.MODEL, "{" + Documents.subservices(device("peer3")) + "}");
        var entry = Objects.requireNonNull(
                ((InnerNode) Objects.requireNonNull(more.child(Network.SCHEMA.subservices.container)))
                        .list("subservice")
                        .orElseThrow()
                        .iterator()
                        .next());
        // When
        commit(TreeNode.of(
                Documents.MODEL.root(),
                List.of(TreeNode.of(
                        Network.SCHEMA.subservices.container, List.of(list.with(entry, new Position.Unchanged()))))));
        // Then
        assertThat(changed).containsExactly(new SubserviceId(DEVICE, "peer3"));
        assertThat(engine.graph().size()).isEqualTo(3);
    }

    @Test
    void commitsThatAreCheckedBeforeEarlierOnesAreDurableAreCheckedAgainstThem() throws Exception {
        // Given
        var first = Documents.root(Documents.MODEL, "{" + Documents.subservices(device("peer1")) + "}");
        var second = Documents.root(
                Documents.MODEL,
                "{" + Documents.subservices(device("peer1"), interfaceOf("peer1", "eth0", impacting(DEVICE, "peer1")))
                        + "}");
        var one = new ChangeSet(1, running, first, List.of());
        var two = new ChangeSet(2, first, second, List.of());
        graph.validate(one);
        // When
        graph.validate(two);
        graph.committed(one);
        graph.committed(two);
        // Then
        assertThat(engine.graph().size()).isEqualTo(2);
        assertThat(engine.graph().lastChange()).isEqualTo(CHECKED);
    }

    @Test
    void theGraphThatWasCheckedIsTheOneThatTheEngineTakes() throws Exception {
        // When
        commit(device("peer1"));
        commit(device("peer1"), device("peer2"));
        // Then
        assertThat(engine.graph().size()).isEqualTo(2);
        assertThat(engine.graph().lastChange()).isEqualTo(CHECKED);
        assertThat(changed).containsExactly(new SubserviceId(DEVICE, "peer1"), new SubserviceId(DEVICE, "peer2"));
    }

    @Test
    void aCommitThatOthersRefusedIsNothingToBuildOn() throws Exception {
        // Given: checked here, and then refused elsewhere
        var refused = Documents.root(Documents.MODEL, "{" + Documents.subservices(device("peer1")) + "}");
        graph.validate(new ChangeSet(1, running, refused, List.of()));

        // Then
        assertThat(refusalOf(service("tunnel", "one", impacting(DEVICE, "peer1")))
                        .getFirst()
                        .message())
                .contains("peer1");
        commit(device("peer1"));
        commit(device("peer1"), service("tunnel", "one", impacting(DEVICE, "peer1")));
        assertThat(engine.graph().size()).isEqualTo(2);
    }

    @Nested
    class Refused {
        @Test
        void cycleIsNamedWithEveryStep() {
            // When
            var errors = refusalOf(
                    interfaceOf("peer1", "a", impacting(INTERFACE, "peer1-b")),
                    interfaceOf("peer1", "b", impacting(INTERFACE, "peer1-a")));
            // Then
            assertThat(errors).singleElement().satisfies(error -> {
                assertThat(error.tag()).isEqualTo(ErrorTag.INVALID_VALUE);
                assertThat(error.message())
                        .isEqualTo("/ietf-service-assurance:subservices/subservice"
                                + "[type='ietf-service-assurance-interface:interface-type'][id='peer1-a']"
                                + "/dependencies/dependency"
                                + "[type='ietf-service-assurance-interface:interface-type'][id='peer1-b']"
                                + ": the dependencies form a cycle: "
                                + "ietf-service-assurance-interface:interface-type[peer1-a] -> "
                                + "ietf-service-assurance-interface:interface-type[peer1-b] -> "
                                + "ietf-service-assurance-interface:interface-type[peer1-a]; "
                                + "expected a graph without cycles");
                assertThat(error.message()).startsWith(error.path() + ": ");
            });
            assertThat(engine.graph().size()).isZero();
        }

        @Test
        void dependencyOnItselfIsACycle() {
            // When
            var errors = refusalOf(interfaceOf("peer1", "a", impacting(INTERFACE, "peer1-a")));
            // Then
            assertThat(errors)
                    .singleElement()
                    .satisfies(error -> assertThat(error.message())
                            .contains(
                                    "[peer1-a] -> ietf-service-assurance-interface:interface-type[peer1-a]; expected"));
        }

        @Test
        void dependencyThatDoesNotExistIsNamed() {
            // When
            var errors = refusalOf(interfaceOf("peer1", "eth0", impacting(DEVICE, "r9")));
            // Then
            assertThat(errors).singleElement().satisfies(error -> {
                assertThat(error.tag()).isEqualTo(ErrorTag.DATA_MISSING);
                assertThat(error.appTag()).isEqualTo("instance-required");
                assertThat(error.message())
                        .isEqualTo("/ietf-service-assurance:subservices/subservice"
                                + "[type='ietf-service-assurance-interface:interface-type'][id='peer1-eth0']"
                                + "/dependencies/dependency"
                                + "[type='ietf-service-assurance-device:device-type'][id='r9']"
                                + ": dependency on ietf-service-assurance-device:device-type[r9] which does not exist; "
                                + "expected a subservice of that type and id");
            });
        }

        @Test
        void removalOfWhatOthersDependOnNamesTheDependant() throws Exception {
            // Given
            var dependant = interfaceOf("peer1", "eth0", impacting(DEVICE, "peer1"));
            commit(device("peer1"), dependant);
            // When
            var errors = refusalOf(dependant);
            // Then
            assertThat(errors)
                    .singleElement()
                    .satisfies(error -> assertThat(error.message())
                            .contains("[id='peer1-eth0']", "[id='peer1']", "which does not exist"));
            assertThat(engine.graph().size()).isEqualTo(2);
        }

        @Test
        void secondSubserviceOfTheSameTypeAndParametersNamesTheFirst() throws Exception {
            // Given
            commit(device("peer1"));
            // When
            var errors = refusalOf(device("peer1"), Documents.subservice(DEVICE, "again", """
                    "ietf-service-assurance-device:parameters":{"device":"peer1"}"""));
            // Then
            assertThat(errors).singleElement().satisfies(error -> {
                assertThat(error.tag()).isEqualTo(ErrorTag.OPERATION_FAILED);
                assertThat(error.appTag()).isEqualTo("data-not-unique");
                assertThat(error.info()).extracting(ErrorInfo::name).containsOnly("non-unique");
                assertThat(error.message())
                        .isEqualTo("/ietf-service-assurance:subservices/subservice"
                                + "[type='ietf-service-assurance-device:device-type'][id='again']"
                                + ": ietf-service-assurance-device:device-type[again] has the same type and parameters"
                                + " as ietf-service-assurance-device:device-type[peer1]: {device=peer1};"
                                + " expected one subservice for one type and one set of parameters");
            });
        }

        @Test
        void manyFaultsAreToldWithinReason() {
            // When
            var entries = new String[200];
            for (var i = 0; i < entries.length; i++) {
                entries[i] = interfaceOf("peer1", "eth" + i, impacting(DEVICE, "r" + i));
            }
            var errors = refusalOf(entries);
            // Then
            assertThat(errors).hasSize(50);
        }
    }
}
