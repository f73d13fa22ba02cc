package io.auspex.benchmarks.durability;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system in a file, mounted through a loop device. */
record Image(String type, Path file, Path folder) {
    private static final long BYTES = 320L << 20;

    /** Makes an empty one. */
    static Image make(String type, Path file) throws IOException, InterruptedException {
        try (var channel = new RandomAccessFile(file.toFile(), "rw")) {
            channel.setLength(BYTES);
        }
        command("mkfs." + type, "-q", file.toString());
        var folder = Files.createDirectories(file.resolveSibling(file.getFileName() + ".mounted"));
        return new Image(type, file, folder);
    }

    /** Mounted until that is closed. */
    interface Mounted extends AutoCloseable {
        @Override
        void close() throws IOException, InterruptedException;
    }

    Mounted mount() throws IOException, InterruptedException {
        command("mount", "-o", "loop", file.toString(), folder.toString());
        return () -> command("umount", folder.toString());
    }

    /**
     * Does once what a power cut does.
     *
     * @throws IOException when this machine does not let us; says what failed
     */
    void tryOut() throws IOException, InterruptedException {
        try (var _ = mount()) {
            cutPower();
        }
    }

    /** From now on nothing reaches the disk, not even the log. */
    void cutPower() throws IOException, InterruptedException {
        command("xfs_io", "-x", "-c", "shutdown", folder.toString());
    }

    private static void command(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.toHandle().destroyForcibly();
            throw new IOException(String.join(" ", List.of(words)) + ": " + output);
        }
    }
}
