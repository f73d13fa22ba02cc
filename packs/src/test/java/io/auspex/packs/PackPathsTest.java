package io.auspex.packs;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.catalogue.PathTemplate;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every path of the built-in packs is one of the schema tree (RFC 8340) of the module and revision that it names. */
class PackPathsTest {
    private static final Pattern NODE = Pattern.compile("^([ |]*)[+ox]--(\\S+)\\s+(\\S+)(?:\\s+\\[([^]]*)])?.*$");
    private static final Pattern CASE = Pattern.compile("^([ |]*)[+ox]--:\\((\\S+)\\).*$");

    record Implementation(String pack, String metric, MetricImplementation implementation) {
        @Override
        public String toString() {
            return pack + " " + metric + " " + implementation.name();
        }
    }

    static Stream<Implementation> implementations() throws PackException {
        List<Implementation> found = new ArrayList<>();
        for (Pack pack : Packs.load(List.of()).packs()) {
            for (SubserviceType type : pack.types()) {
                for (MetricDefinition metric : type.metrics()) {
                    if (metric.source() instanceof MetricSource.Device(var candidates)) {
                        candidates.forEach(c -> found.add(new Implementation(pack.name(), metric.name(), c)));
                    }
                }
            }
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void s41_thePathIsOfTheModuleThatItNames(Implementation metric) throws IOException {
        // Given
        MetricImplementation implementation = metric.implementation();
        // RFC 7223 of 2014 has the state of interfaces in a list of its own, which RFC 8343 keeps as deprecated.
        boolean preNmda = "2014-05-08".equals(implementation.revision());
        Map<String, Set<String>> tree = tree(preNmda ? "ietf-interfaces@2018-02-20" : implementation.name());

        // Then
        StringBuilder path = new StringBuilder();
        for (PathTemplate.Step step : implementation.path().steps()) {
            path.append('/').append(step.name());
            assertThat(tree).as("nodes of " + implementation.name()).containsKey(path.toString());
            Set<String> keys = tree.getOrDefault(path.toString(), Set.of());
            assertThat(keys)
                    .as("keys of " + path)
                    .containsAll(
                            step.keys().stream().map(PathTemplate.Key::name).toList());
            assertThat(keys.isEmpty() || !step.keys().isEmpty())
                    .as(path + " names an entry")
                    .isTrue();
        }
    }

    /** The data nodes of a tree by path, with the keys of lists; choices and cases are no steps. */
    private static Map<String, Set<String>> tree(String module) throws IOException {
        try (InputStream in = PackPathsTest.class.getResourceAsStream("/trees/" + module + ".txt")) {
            assertThat(in).as("tree of " + module).isNotNull();
            return nodes(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private record Open(int indent, String path) {}

    private static Map<String, Set<String>> nodes(String text) {
        Map<String, Set<String>> nodes = new HashMap<>();
        ArrayDeque<Open> open = new ArrayDeque<>();
        for (String line : text.lines().toList()) {
            var aCase = CASE.matcher(line);
            var node = NODE.matcher(line);
            if (!aCase.matches() && !node.matches()) {
                continue;
            }
            int indent = (aCase.matches() ? aCase : node).group(1).length();
            while (!open.isEmpty() && open.element().indent >= indent) {
                open.pop();
            }
            String above = open.isEmpty() ? "" : open.element().path;
            if (aCase.matches() || node.group(3).startsWith("(")) {
                open.push(new Open(indent, above));
                continue;
            }
            String name = node.group(3).replaceFirst("^.*:", "").replaceFirst("[?*!]$", "");
            String path = above + "/" + name;
            String keys = node.group(4);
            nodes.putIfAbsent(
                    path, keys == null ? Set.of() : Stream.of(keys.split(" ")).collect(Collectors.toUnmodifiableSet()));
            open.push(new Open(indent, path));
        }
        return nodes;
    }
}
