package io.auspex.assuranceengine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** RFC 9417 §3.1.1: circular dependencies become a synthetic subservice. */
class CondensationTest {
    private static SubserviceId id(String name) {
        return new SubserviceId("example:thing-type", name);
    }

    /** Edges such as {@code a>c b>d}. */
    private static Map<SubserviceId, List<Dependency>> graph(String edges) {
        Map<SubserviceId, List<Dependency>> graph = new LinkedHashMap<>();
        for (String edge : edges.split(" ")) {
            String[] ends = edge.split(">");
            graph.computeIfAbsent(id(ends[0]), _ -> new ArrayList<>()).add(Dependency.impacting(id(ends[1])));
            graph.computeIfAbsent(id(ends[1]), _ -> new ArrayList<>());
        }
        return graph;
    }

    private static String condensed(String edges) {
        var result = Condensation.of(
                graph(edges), ids -> id(ids.stream().map(SubserviceId::id).collect(Collectors.joining(",", "{", "}"))));
        var shown = new TreeSet<String>();
        result.forEach((from, on) -> on.forEach(d -> shown.add(from.id() + ">" + d.on().id())));
        return String.join(" ", shown);
    }

    @Test
    void s12_figure3OfRfc9417() {
        assertThat(condensed("a>c b>d c>d d>e e>f f>c f>g e>h"))
                .isEqualTo("a>{c,d,e,f} b>{c,d,e,f} e>h f>g {c,d,e,f}>c {c,d,e,f}>d {c,d,e,f}>e {c,d,e,f}>f");
    }

    @Test
    void s12_theLinkThatIsisAndOspfAssureDependsOnItsEndsAndThey() {
        assertThat(condensed("is-is>link ospf>link link>if1 link>if2 if1>link if2>link if1>device"))
                .isEqualTo("if1>device is-is>{if1,if2,link} ospf>{if1,if2,link} {if1,if2,link}>if1 {if1,if2,link}>if2"
                        + " {if1,if2,link}>link");
    }

    @Test
    void s12_aGraphWithoutCirclesStaysAsItIs() {
        assertThat(condensed("a>b b>c a>c")).isEqualTo("a>b a>c b>c");
    }

    @Test
    void s12_aCircleOf100000IsNoProblem() {
        var edges = new LinkedHashMap<SubserviceId, List<Dependency>>();
        int n = 100_000;
        for (int i = 0; i < n; i++) {
            edges.put(id("n" + i), List.of(Dependency.impacting(id("n" + (i + 1) % n))));
        }

        var result = Condensation.of(edges, _ -> id("all"));

        assertThat(result.get(id("all"))).hasSize(n);
        assertThat(result.get(id("n7"))).isEmpty();
    }

    @Test
    void s12_whateverComesOutIsAGraphThatIsTaken() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var edges = new TreeMap<SubserviceId, List<Dependency>>();
            for (int i = 0; i < 12; i++) {
                var on = new TreeMap<SubserviceId, Dependency>();
                for (int d = 0; d < random.nextInt(3); d++) {
                    var other = id("n" + random.nextInt(12));
                    on.put(other, Dependency.impacting(other));
                }
                edges.put(id("n" + i), List.copyOf(on.values()));
            }
            var result = Condensation.of(
                    edges, ids -> id("s-" + ids.iterator().next().id()));
            var all = new ArrayList<Subservice>();
            result.forEach((id, on) -> all.add(new Subservice(id, Map.of("name", id.id()), on)));

            assertThat(AssuranceGraph.empty()
                            .with(GraphChange.of(all, List.of()), Instant.EPOCH)
                            .after()
                            .size())
                    .as("seed " + seed)
                    .isEqualTo(all.size());
        }
    }
}
