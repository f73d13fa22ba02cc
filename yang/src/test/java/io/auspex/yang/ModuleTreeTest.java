package io.auspex.yang;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the schema tree of every YANG module, as yanglint prints it (RFC 8340), with its golden copy. */
class ModuleTreeTest {
    private static final Path TREES = Path.of("src/test/resources/trees");
    private static final Path MODULES = Path.of("src/main/resources/META-INF/yang");

    /** Modules that are compared once more as one schema, since a tree alone does not show who augments it. */
    private static final Map<String, List<String>> TOGETHER = Map.of(
            "assurance-together.txt",
            List.of(
                    "ietf-service-assurance@2023-07-11.yang",
                    "ietf-service-assurance-device@2023-07-11.yang",
                    "ietf-service-assurance-interface@2023-07-11.yang"),
            "anomaly-together.txt",
            List.of(
                    "ietf-relevant-state@2024-10-18.yang",
                    "ietf-network-anomaly-symptom-cbl@2024-10-18.yang",
                    "ietf-network-anomaly-service-topology@2024-10-18.yang"));

    @TempDir
    static Path searchPath;

    @BeforeAll
    static void copyEveryModuleOfTheClassPath() throws IOException {
        Yanglint.copyModules(searchPath);
    }

    static Stream<String> modules() throws IOException {
        try (Stream<Path> files = Files.list(MODULES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    static Stream<Arguments> combinations() {
        return TOGETHER.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void treeOfTheModuleIsTheGoldenOne(String module) throws Exception {
        // Given
        Path golden = TREES.resolve(module.replaceAll("\\.yang$", ".txt"));

        // When
        Yanglint lint = Yanglint.run(searchPath, List.of("-f", "tree", module));

        // Then
        // one module alone: what its imports say of third ones is checked where all are there
        assertThat(lint.complaints().lines().filter(l -> !l.contains("check skipped because referenced module")))
                .isEmpty();
        assertThat(golden).as("golden tree of " + module).exists();
        assertThat(lint.output()).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void treeOfModulesTogetherIsTheGoldenOne(String golden, List<String> modules) throws Exception {
        // When
        Yanglint lint = Yanglint.run(
                searchPath,
                Stream.concat(Stream.of("-f", "tree"), modules.stream()).toList());

        // Then
        assertThat(lint.complaints()).isEmpty();
        assertThat(lint.output()).isEqualTo(Files.readString(TREES.resolve(golden)));
    }

    @Test
    void everyGoldenTreeBelongsToAModule() throws IOException {
        // Given
        List<String> modules = modules().toList();

        // When
        List<String> orphans;
        try (Stream<Path> files = Files.list(TREES)) {
            orphans = files.map(file -> file.getFileName().toString())
                    .filter(name -> !TOGETHER.containsKey(name))
                    .filter(name -> !modules.contains(name.replaceAll("\\.txt$", ".yang")))
                    .toList();
        }

        // Then
        assertThat(orphans).isEmpty();
    }
}
