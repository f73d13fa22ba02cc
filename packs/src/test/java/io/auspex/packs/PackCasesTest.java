package io.auspex.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackCasesTest {
    private static final String PACK = """
            pack: probe
            subservices:
              - type: acme:probe-type
                parameters: [name]
                metrics:
                  loss: {type: num, source: reported}
                symptoms:
                  loss: {when: loss > 1, weight: loss * 10, description: "{name} loses {loss} %"}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.auspex.packs.Packs#builtIn")
    void theCasesOfABuiltInPackPass(String name) throws PackException {
        // Given
        Pack pack = PackReader.read(Packs.resource(name + "/" + Packs.FILE));

        // When
        PackTest test = PackTest.run(pack, Packs.resource(name + "/" + PackTest.FILE));

        // Then
        assertThat(test.failures()).isEmpty();
        assertThat(test.cases()).isPositive();
    }

    @Test
    void aFailureSaysWhereWhatWasExpectedAndWhatWasFound() throws IOException, PackException {
        // Given
        write("""
                cases:
                  - name: two per cent
                    parameters: {name: p1}
                    steps:
                      - at: 0s
                        values: {loss: 2}
                        expect: {score: 100, symptoms: [loss]}
                """);

        // When
        PackTest test = PackTest.run(folder);

        // Then
        assertThat(test.passed()).isFalse();
        assertThat(test.failures()).containsExactly(folder.resolve("cases.yaml") + """
                        :7:17: two per cent: at 0s expected score 100, got 80
                          loss (20): p1 loses 2 %""");
    }

    @Test
    void aCaseOfAMetricThatDoesNotExistIsRefused() throws IOException {
        // Given
        write("""
                cases:
                  - name: typo
                    steps:
                      - at: 0s
                        values: {los: 2}
                """);

        // When
        PackException fault = catchThrowableOfType(PackException.class, () -> PackTest.run(folder));

        // Then
        assertThat(fault).hasMessage(folder.resolve("cases.yaml") + """
                :5:18: unknown metric 'los': did you mean 'loss'?
                        values: {los: 2}
                                 ^""");
    }

    @Test
    void aPackWithoutCasesIsRefused() throws IOException {
        // Given
        Files.writeString(folder.resolve(Packs.FILE), PACK);

        // When
        PackException fault = catchThrowableOfType(PackException.class, () -> PackTest.run(folder));

        // Then
        assertThat(fault).hasMessage(folder.resolve("cases.yaml") + ": is missing: a pack comes with test cases");
    }

    private void write(String cases) throws IOException {
        Files.writeString(folder.resolve(Packs.FILE), PACK);
        Files.writeString(folder.resolve(PackTest.FILE), cases);
    }
}
