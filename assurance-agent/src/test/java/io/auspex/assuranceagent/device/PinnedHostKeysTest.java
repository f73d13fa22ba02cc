package io.auspex.assuranceagent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that were pinned are there after a restart, whatever the devices are called. */
class PinnedHostKeysTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    private static final String FINGERPRINT = "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("host-keys");
    }

    @Test
    void pinSurvivesARestart() {
        // Given
        try (var keys = new PinnedHostKeys(file)) {
            keys.pin("a\nname with \\ and 'quotes'", KEY);
            keys.pin("other", KEY);
            keys.forget("other");
        }
        // When
        try (var keys = new PinnedHostKeys(file)) {
            // Then
            assertThat(keys.pinned("a\nname with \\ and 'quotes'")).contains(KEY);
            assertThat(keys.pinned("other")).isEmpty();
        }
    }

    @Test
    void lineThatACrashCutOffIsDropped() throws Exception {
        // Given
        Files.writeString(file, KEY + " peer1\n" + KEY.substring(0, 30));
        // When
        try (var keys = new PinnedHostKeys(file)) {
            // Then
            assertThat(keys.pinned("peer1")).contains(KEY);
        }
        assertThat(file).hasContent(KEY + " peer1\n");
    }

    @Test
    void fileThatHoldsSomethingElseStopsTheStartAndIsNamed() throws Exception {
        // Given
        Files.writeString(file, "nonsense\n");
        // When // Then
        assertThatThrownBy(() -> new PinnedHostKeys(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("pinned host keys in " + file + ": expected 'algorithm key device', got 'nonsense'");
    }

    @Test
    void fingerprintIsThatOfTheKeyShownLast() {
        // Given
        try (var keys = new PinnedHostKeys(file)) {
            keys.pin("peer1", "ssh-ed25519 AAAA");
            // When
            keys.seen("peer1", KEY);
            // Then
            assertThat(keys.fingerprintSeen("peer1")).contains(FINGERPRINT);
            assertThat(keys.pinned("peer1")).contains("ssh-ed25519 AAAA");
        }
    }

    @Test
    void onlyTheServersUserReadsTheFile() throws Exception {
        // When
        new PinnedHostKeys(file).close();
        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
