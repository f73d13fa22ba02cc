package io.auspex.assuranceagent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** The id of this agent, unique in the whole system: made at the first start and kept in the data folder (RFC 9418 §3.2). */
final class AgentIdentity {
    private static final String FILE = "agent-id";
    private static final int LONGEST = 255;

    private AgentIdentity() {}

    /**
     * The id kept in the folder, or a new one that now is.
     *
     * @throws UncheckedIOException where it can be neither read nor written, or the file holds no id
     */
    static String of(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                write(file, "agent-" + UUID.randomUUID() + "\n");
            }
            String id = Files.readString(file).strip();
            if (id.isEmpty() || id.length() > LONGEST) {
                throw new IOException(file + ": expected an id of 1 to " + LONGEST + " characters, got " + id.length());
            }
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException("the id of this agent: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(FILE + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
