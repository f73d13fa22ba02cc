package io.auspex.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pack in {@code docs/reference/packs.md} is a pack, and its cases pass. */
class PackReferenceTest {
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @Test
    void thePackInTheReferenceLoadsAndItsCasesPass() throws IOException, PackException {
        // Given
        String reference = Files.readString(Path.of("../docs/reference/packs.md"));
        List<String> snippets = YAML.matcher(reference)
                .results()
                .map((MatchResult r) -> r.group(1))
                .toList();
        assertThat(snippets).hasSize(2);
        Pack pack = PackReader.read(new PackFile("pack.yaml", snippets.getFirst()));

        // When
        PackTest test = PackTest.run(pack, new PackFile("cases.yaml", snippets.get(1)));

        // Then
        assertThat(test.failures()).isEmpty();
    }
}
