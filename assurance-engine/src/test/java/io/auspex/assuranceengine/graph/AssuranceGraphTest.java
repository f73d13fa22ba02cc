package io.auspex.assuranceengine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AssuranceGraphTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void aCycleIsRefusedWithItsPath() throws GraphFaultsException {
        // Given
        AssuranceGraph graph = graph(node("a"), node("b", "a"), node("c", "b"));

        // When
        GraphFaultsException fault = refusal(graph, GraphChange.put(node("a", "c")));

        // Then
        assertThat(fault).hasMessage("the dependencies form a cycle: t:n[a] -> t:n[c] -> t:n[b] -> t:n[a]");
        assertThat(fault.faults()).singleElement().isInstanceOf(GraphFault.Cycle.class);
    }

    @Test
    void aCycleWithinOneChangeIsRefused() {
        // Given
        GraphChange change = GraphChange.put(node("a", "b"), node("b", "c"), node("c", "a"));

        // When
        List<GraphFault> faults = AssuranceGraph.empty().check(change);

        // Then
        assertThat(faults)
                .singleElement()
                .satisfies(f -> assertThat(f.message())
                        .isEqualTo("the dependencies form a cycle: t:n[a] -> t:n[b] -> t:n[c] -> t:n[a]"));
    }

    @Test
    void aSubserviceMayNotDependOnItself() {
        // When
        List<GraphFault> faults = AssuranceGraph.empty().check(GraphChange.put(node("a", "a")));

        // Then
        assertThat(faults).containsExactly(new GraphFault.Cycle(List.of(id("a"), id("a"))));
    }

    @Test
    void aLongCycleIsShownByItsEnds() {
        // Given
        List<Subservice> ring = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ring.add(node("n" + i, "n" + (i + 1) % 10_000));
        }

        // When
        List<GraphFault> faults = AssuranceGraph.empty().check(GraphChange.of(ring, Set.of()));

        // Then
        assertThat(faults)
                .singleElement()
                .satisfies(f -> assertThat(f.message())
                        .startsWith("the dependencies form a cycle: t:n[n0] -> t:n[n1] -> ")
                        .contains(" -> (9981 more) -> ")
                        .endsWith(" -> t:n[n9999] -> t:n[n0]")
                        .hasSizeLessThan(500));
    }

    @Test
    void aDependencyOnNothingIsRefused() {
        // When
        List<GraphFault> faults = AssuranceGraph.empty().check(GraphChange.put(node("a", "z"), node("b", "y", "a")));

        // Then
        assertThat(faults.stream().map(GraphFault::message))
                .containsExactly(
                        "t:n[a] depends on t:n[z], which does not exist",
                        "t:n[b] depends on t:n[y], which does not exist");
    }

    @Test
    void removingWhatOthersDependOnIsRefusedUnlessTheyGoToo() throws GraphFaultsException {
        // Given
        AssuranceGraph graph = graph(node("a"), node("b", "a"));

        // When
        List<GraphFault> faults = graph.check(GraphChange.remove(id("a")));

        // Then
        assertThat(faults).containsExactly(new GraphFault.UnknownDependency(id("b"), id("a")));
        assertThat(graph.with(GraphChange.remove(id("a"), id("b")), NOW).after().size())
                .isZero();
        assertThat(graph.check(new GraphChange(Map.of(id("b"), node("b")), Set.of(id("a")))))
                .isEmpty();
    }

    @Test
    void aSecondSubserviceOfTheSameTypeAndParametersIsRefused() throws GraphFaultsException {
        // Given
        AssuranceGraph graph = graph(new Subservice(id("a"), Map.of("device", "r1", "interface", "e0"), List.of()));

        // When
        GraphFaultsException fault = refusal(
                graph, GraphChange.put(new Subservice(id("b"), Map.of("device", "r1", "interface", "e0"), List.of())));

        // Then
        assertThat(fault).hasMessage("t:n[b] has the same type and parameters as t:n[a]: {device=r1, interface=e0}");
    }

    @Test
    void twoSubservicesMaySwapTheirParameters() throws GraphFaultsException {
        // Given
        AssuranceGraph graph = graph(node("a"), node("b"));
        Subservice a = new Subservice(id("a"), Map.of("name", "b"), List.of());
        Subservice b = new Subservice(id("b"), Map.of("name", "a"), List.of());

        // When
        List<GraphFault> faults = graph.check(GraphChange.put(a, b));

        // Then
        assertThat(faults).isEmpty();
    }

    @Test
    void twoDependenciesOnOneSubserviceAreNoSubservice() {
        // When, Then
        assertThatThrownBy(() -> node("a", "b", "b")).hasMessage("t:n[a]: two dependencies on t:n[b]");
    }

    @Test
    void lastChangeMovesWithConfigurationAndIsNeverBehindThatOfASubservice() throws GraphFaultsException {
        // Given
        AssuranceGraph first = graph(node("a"), node("b", "a"));

        // When
        AssuranceGraph second =
                first.with(GraphChange.put(node("b")), NOW.plusSeconds(5)).after();

        // Then
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.lastChange()).isEqualTo(NOW.plusSeconds(5));
        assertThat(lastChange(second, "a")).isEqualTo(NOW);
        assertThat(lastChange(second, "b")).isEqualTo(NOW.plusSeconds(5));
        AssuranceGraph third = second.with(GraphChange.put(node("a", "b")), NOW.minusSeconds(60))
                .after();
        assertThat(lastChange(third, "a")).as("the clock stepped back").isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void puttingWhatIsThereChangesNothing() throws GraphFaultsException {
        // Given
        AssuranceGraph graph = graph(node("a"), node("b", "a"));

        // When
        GraphUpdate update = graph.with(GraphChange.put(node("b", "a")), NOW.plusSeconds(5));

        // Then
        assertThat(update.after()).isSameAs(graph);
    }

    @Test
    void servicesAreIndexedWithAllThatTheyDependOn() throws GraphFaultsException {
        // Given
        SubserviceId id = new SubserviceId(Subservice.SERVICE_INSTANCE_TYPE, "tunnel/x");
        Subservice service = new Subservice(
                id, Map.of("service", "tunnel", "instance-name", "x"), List.of(Dependency.impacting(id("b"))));

        // When
        AssuranceGraph graph = graph(node("a"), node("b", "a"), node("c", "b"), service);

        // Then
        assertThat(graph.services()).containsExactly("tunnel");
        assertThat(graph.instances("tunnel")).containsExactly(Map.entry("x", id));
        assertThat(graph.instance("tunnel", "x")).contains(id);
        assertThat(graph.descendants(id).stream().map(GraphNode::id)).containsExactly(id, id("b"), id("a"));
        assertThat(graph.ancestors(id("a")).stream().map(GraphNode::id))
                .containsExactlyInAnyOrder(id("b"), id("c"), id);
        assertThat(graph.with(GraphChange.remove(id), NOW).after().services()).isEmpty();
    }

    @Test
    void anIndexIsGivenAgainOnceItsSubserviceIsGone() throws GraphFaultsException {
        // Given
        AssuranceGraph graph = graph(node("a"), node("b"), node("c"));
        int freed = graph.node(id("b")).orElseThrow().index();

        // When
        AssuranceGraph later = graph.with(GraphChange.remove(id("b")), NOW)
                .after()
                .with(GraphChange.put(node("d")), NOW)
                .after();

        // Then
        assertThat(later.node(id("d")).orElseThrow().index()).isEqualTo(freed);
        assertThat(later.indexBound()).isEqualTo(3);
    }

    @Test
    @Timeout(30)
    void depthAndFanInTakeNoRecursion() throws GraphFaultsException {
        // Given
        List<Subservice> chain = new ArrayList<>(List.of(node("n0")));
        for (int i = 1; i < 10_000; i++) {
            chain.add(node("n" + i, "n" + (i - 1)));
        }
        for (int i = 0; i < 100_000; i++) {
            chain.add(node("leaf" + i, "n0"));
        }
        Collections.shuffle(chain, new Random(1));

        // When
        AssuranceGraph graph = graph(chain.toArray(Subservice[]::new));

        // Then
        assertThat(graph.node(id("n9999")).orElseThrow().rank()).isEqualTo(9_999);
        assertThat(graph.check(GraphChange.put(node("n0", "n9999")))).hasSize(1);
        assertThat(graph.with(GraphChange.put(node("base"), node("n0", "base")), NOW)
                        .reranked())
                .as("all that stands on n0")
                .hasSize(9_999 + 100_000);
    }

    @Test
    void everyRankIsAboveThoseOfItsDependenciesAfterRandomEdits() {
        // Given
        Random random = new Random(42);
        AssuranceGraph graph = AssuranceGraph.empty();
        int refused = 0;

        for (int step = 0; step < 3_000; step++) {
            // When
            GraphChange change = randomChange(random);
            boolean cyclic = hasCycle(applied(graph, change));
            try {
                graph = graph.with(change, NOW).after();
                assertThat(cyclic).as("a cycle was accepted: %s", change).isFalse();
            } catch (GraphFaultsException e) {
                refused++;
                boolean claimed = e.faults().stream().anyMatch(GraphFault.Cycle.class::isInstance);
                assertThat(claimed && !cyclic).as(e.getMessage()).isFalse();
            }

            // Then
            AssuranceGraph current = graph;
            graph.forEach(node -> node.subservice().dependencies().forEach(d -> {
                GraphNode on = current.node(d.on()).orElseThrow();
                assertThat(node.rank()).isGreaterThan(on.rank());
                assertThat(on.dependents().get(node.id())).isEqualTo(d.type());
            }));
        }
        assertThat(refused).isBetween(300, 2_700);
    }

    private static GraphChange randomChange(Random random) {
        List<Subservice> put = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            names.add("n" + random.nextInt(12));
        }
        for (String name : names) {
            Set<String> on = new LinkedHashSet<>();
            for (int i = 0; i < random.nextInt(3); i++) {
                on.add("n" + random.nextInt(12));
            }
            put.add(node(name, on.toArray(String[]::new)));
        }
        return GraphChange.of(put, random.nextInt(4) == 0 ? Set.of(id("n" + random.nextInt(12))) : Set.of());
    }

    private static Map<SubserviceId, Subservice> applied(AssuranceGraph graph, GraphChange change) {
        Map<SubserviceId, Subservice> all = new HashMap<>();
        graph.forEach(node -> all.put(node.id(), node.subservice()));
        all.keySet().removeAll(change.removed());
        all.putAll(change.put());
        return all;
    }

    private static boolean hasCycle(Map<SubserviceId, Subservice> all) {
        Map<SubserviceId, Subservice> left = new HashMap<>(all);
        boolean progress = true;
        while (progress) {
            progress = left.values().removeIf(s -> s.dependencies().stream().noneMatch(d -> left.containsKey(d.on())));
        }
        return !left.isEmpty();
    }

    private static Instant lastChange(AssuranceGraph graph, String name) {
        return graph.node(id(name)).orElseThrow().lastChange();
    }

    private static AssuranceGraph graph(Subservice... subservices) throws GraphFaultsException {
        return AssuranceGraph.empty().with(GraphChange.put(subservices), NOW).after();
    }

    private static GraphFaultsException refusal(AssuranceGraph graph, GraphChange change) {
        return catchThrowableOfType(GraphFaultsException.class, () -> graph.with(change, NOW));
    }

    private static SubserviceId id(String name) {
        return new SubserviceId("t:n", name);
    }

    private static Subservice node(String name, String... on) {
        return new Subservice(
                id(name),
                Map.of("name", name),
                Arrays.stream(on).map(d -> Dependency.impacting(id(d))).toList());
    }
}
