package io.auspex.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {
    private static final long CHECK = 2_000_000_000L;

    private final AtomicLong ticker = new AtomicLong();

    @TempDir
    private Path folder;

    private WatchedFiles<String> watch(Path file) throws IOException {
        return new WatchedFiles<>(
                List.of(file),
                () -> {
                    var text = Files.readString(file);
                    if (text.isEmpty()) {
                        throw new IOException(file + " is empty");
                    }
                    return text;
                },
                ticker::get);
    }

    @Test
    void aFileThatIsReplacedByAnOlderOneIsReadAgain() throws Exception {
        // Given
        var file = Files.writeString(folder.resolve("a"), "one");
        var watched = watch(file);
        var other = Files.writeString(folder.resolve("b"), "two");
        Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));
        // When
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        ticker.addAndGet(CHECK);
        // Then
        assertThat(watched.get()).isEqualTo("two");
    }

    @Test
    void theFilesAreNotLookedAtMoreThanEveryTwoSeconds() throws Exception {
        // Given
        var file = Files.writeString(folder.resolve("a"), "one");
        var watched = watch(file);
        // When
        Files.writeString(file, "another");
        ticker.addAndGet(CHECK - 1);
        // Then
        assertThat(watched.get()).isEqualTo("one");
    }

    @Test
    void whatWasReadStaysInUseWhileTheFileIsBad() throws Exception {
        // Given
        var file = Files.writeString(folder.resolve("a"), "one");
        var watched = watch(file);
        // When
        Files.writeString(file, "");
        ticker.addAndGet(CHECK);
        // Then
        assertThat(watched.get()).isEqualTo("one");
        Files.writeString(file, "three");
        ticker.addAndGet(CHECK);
        assertThat(watched.get()).isEqualTo("three");
    }
}
