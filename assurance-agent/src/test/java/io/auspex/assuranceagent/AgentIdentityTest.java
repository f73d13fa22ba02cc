package io.auspex.assuranceagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent has one id for good. */
class AgentIdentityTest {
    @TempDir
    private Path folder;

    @Test
    void idIsMadeOnceAndKept() {
        // Given
        var first = AgentIdentity.of(folder);
        // When
        var second = AgentIdentity.of(folder);
        // Then
        assertThat(second).isEqualTo(first).matches("agent-[0-9a-f-]{36}");
    }

    @Test
    void agentsOfDifferentFoldersHaveDifferentIds() throws Exception {
        // When
        var one = AgentIdentity.of(Files.createDirectory(folder.resolve("one")));
        var two = AgentIdentity.of(Files.createDirectory(folder.resolve("two")));
        // Then
        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void emptyFileIsNoId() throws Exception {
        // Given
        Files.writeString(folder.resolve("agent-id"), "\n");
        // When // Then
        assertThatThrownBy(() -> AgentIdentity.of(folder))
                .hasMessageContaining("expected an id of 1 to 255 characters, got 0");
    }
}
