package io.auspex.management;

import io.auspex.datastore.storage.FileLayer;
import io.auspex.datastore.storage.WholeFile;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Keeps the pending confirmed commit over a restart: a line with deadline, persist-id and the version of running before it, then
 * running as it was, as JSON (RFC 7951). Format 1 of the data folder had no version in the line.
 *
 * <p>It is written before the commit and removed after what ends the waiting. When the server ends between writing and commit,
 * the version tells that there was no commit; running may even be older, when commits before were not durable.
 */
final class PendingCommitFile {
    private static final String NO_PERSIST = "-";
    private static final int LINE = 1 << 16;

    private final FileLayer files;
    private final Path file;
    private final ModelContext model;

    PendingCommitFile(FileLayer files, Path file, ModelContext model) {
        this.files = files;
        this.file = file;
        this.model = model;
    }

    /** Keeps it in place of what was kept; durable when this returns. */
    void save(PendingCommit pending) throws IOException {
        var persist = pending.persist();
        var line = pending.deadline() + " "
                + (persist == null
                        ? NO_PERSIST
                        : Base64.getEncoder().encodeToString(persist.getBytes(StandardCharsets.UTF_8)))
                + " " + pending.before().version() + "\n";
        WholeFile.write(files, file, out -> {
            out.write(line.getBytes(StandardCharsets.UTF_8));
            JsonWriter.write(pending.before(), out, JsonOptions.PRETTY);
        });
    }

    /**
     * What was kept, without session; empty when there is nothing, or when its commit has not taken place.
     *
     * @param running as it is now
     */
    Optional<PendingCommit> load(TreeNode running) throws IOException {
        if (!files.exists(file)) {
            return Optional.empty();
        }
        try (var in = new BufferedInputStream(files.read(file))) {
            var line = new StringBuilder();
            for (var octet = in.read(); octet != '\n' && octet >= 0 && line.length() < LINE; octet = in.read()) {
                line.append((char) octet);
            }
            var words = line.toString().split(" ", -1);
            if (words.length < 2 || words.length > 3) {
                throw new IOException(file + ": the first line is not a deadline, a persist-id and a version");
            }
            if (words.length == 3 && running.version() <= Long.parseLong(words[2])) {
                clear();
                return Optional.empty();
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
        WholeFile.delete(files, file);
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
