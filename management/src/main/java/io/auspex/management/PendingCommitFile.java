package io.auspex.management;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the pending confirmed commit over a restart: a line with deadline and persist-id, then running as it was, as JSON.
 */
final class PendingCommitFile {
    private static final String NO_PERSIST = "-";

    private final Path file;
    private final ModelContext model;

    PendingCommitFile(Path file, ModelContext model) {
        this.file = file;
        this.model = model;
    }

    /** Keeps it in place of what was kept; durable when this returns. */
    void save(PendingCommit pending) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var persist = pending.persist();
        var line = pending.deadline() + " "
                + (persist == null
                        ? NO_PERSIST
                        : Base64.getEncoder().encodeToString(persist.getBytes(StandardCharsets.UTF_8)))
                + "\n";
        bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        JsonWriter.write(pending.before(), bytes, JsonOptions.COMPACT);
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            var buffer = ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder();
    }

    /** What was kept, without session; empty when there is nothing. */
    Optional<PendingCommit> load() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            var line = new StringBuilder();
            for (var octet = in.read(); octet != '\n' && octet >= 0 && line.length() < 1 << 16; octet = in.read()) {
                line.append((char) octet);
            }
            var words = line.toString().split(" ", -1);
            if (words.length != 2) {
                throw new IOException(file + ": the first line is not a deadline and a persist-id");
            }
            var persist = words[1].equals(NO_PERSIST)
                    ? null
                    : new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8);
            var root = new JsonReader(model, unlimited()).readRoot(in);
            return Optional.of(new PendingCommit(0, persist, Instant.parse(words[0]), root));
        } catch (YangException | RuntimeException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Forgets what was kept; durable when this returns. */
    void clear() throws IOException {
        if (Files.deleteIfExists(file)) {
            syncFolder();
        }
    }

    private void syncFolder() throws IOException {
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** The limits on foreign input do not hold for what this server wrote itself. */
    private static InputLimits unlimited() {
        var d = InputLimits.DEFAULT;
        return new InputLimits(
                Integer.MAX_VALUE,
                d.depth(),
                d.attributes(),
                d.namespaces(),
                d.nameBytes(),
                d.attributeBytes(),
                d.textBytes(),
                d.numberDigits(),
                Integer.MAX_VALUE);
    }
}
