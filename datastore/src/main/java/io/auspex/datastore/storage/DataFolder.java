package io.auspex.datastore.storage;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that running is saved in.
 *
 * <pre>
 * format                          the version of this layout
 * lock                            held by the process that uses the folder
 * running-VERSION-CRC.json        a snapshot, RFC 7951 JSON
 * journal-VERSION                 the commits after that version
 * </pre>
 */
public final class DataFolder implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final String FORMAT = "auspex-datastore 1\n";
    private static final Pattern SNAPSHOT = Pattern.compile("running-(\\d{20})-([0-9a-f]{8})\\.json");
    private static final Pattern JOURNAL = Pattern.compile("journal-(\\d{20})");

    private final FileLayer files;
    private final Path path;
    private final Closeable lock;

    private DataFolder(FileLayer files, Path path, Closeable lock) {
        this.files = files;
        this.path = path;
        this.lock = lock;
    }

    /** Reads a snapshot. */
    @FunctionalInterface
    public interface SnapshotReader {
        void read(long version, InputStream content) throws IOException;
    }

    /** Does a commit again. */
    @FunctionalInterface
    public interface Replay {
        void commit(long version, byte[] content);
    }

    /**
     * Opens a folder, which is made when it is not there.
     *
     * @throws StorageException when it is in use, of a newer format, or cannot be read
     */
    public static DataFolder open(FileLayer files, Path path) {
        try {
            files.createFolder(path);
            var lock = files.lock(path.resolve("lock"));
            if (lock == null) {
                throw new StorageException(path + " is in use by another server; stop that one, or use another folder");
            }
            var folder = new DataFolder(files, path, lock);
            try {
                folder.checkFormat();
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
            return folder;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    public Path path() {
        return path;
    }

    private void checkFormat() throws IOException {
        var file = path.resolve("format");
        if (files.exists(file)) {
            try (var in = files.read(file)) {
                var format = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (!format.equals(FORMAT)) {
                    throw new StorageException(file + " says '" + format.strip() + "', this server knows '"
                            + FORMAT.strip() + "'; the folder was written by another version");
                }
            }
            return;
        }
        for (var other : files.list(path)) {
            var name = other.getFileName().toString();
            if (SNAPSHOT.matcher(name).matches() || JOURNAL.matcher(name).matches()) {
                throw new StorageException(file + " is missing beside " + name + "; restore the folder from a backup");
            }
        }
        WholeFile.write(files, file, out -> out.write(FORMAT.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Saves a snapshot, then removes what it supersedes.
     *
     * @return its size in bytes
     */
    public long saveSnapshot(long version, WholeFile.Content writer) throws IOException {
        var size = new long[1];
        WholeFile.Content counted = out -> {
            var counting = new CountingOutput(out);
            writer.write(counting);
            counting.flush();
            size[0] = counting.count();
        };
        var kept = WholeFile.write(
                files, path.resolve("running.tmp"), counted, crc -> "running-%020d-%08x.json".formatted(version, crc));
        for (var file : files.list(path)) {
            var of = versionOf(file, SNAPSHOT);
            var journal = versionOf(file, JOURNAL);
            if (!file.equals(kept) && of >= 0 && of <= version || journal >= 0 && journal < version) {
                files.delete(file);
            }
        }
        files.syncFolder(path);
        return size[0];
    }

    private static long versionOf(Path file, Pattern kind) {
        var name = kind.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }

    /**
     * Reads the newest snapshot and the commits after it. The last frame is written again, since the process that wrote it may
     * have ended after its fsync failed.
     *
     * @return the version of the last commit, 0 when there is none
     * @throws StorageException when a file is damaged otherwise than by a write that was cut off at its end
     */
    public long recover(SnapshotReader snapshots, Replay replay) {
        try {
            for (var file : files.list(path)) {
                if (file.getFileName().toString().endsWith(".tmp")) {
                    files.delete(file);
                }
            }
            var version = snapshot(snapshots);
            var journals = files.list(path).stream()
                    .filter(f -> versionOf(f, JOURNAL) >= 0)
                    .sorted()
                    .toList();
            for (var file : journals) {
                if (versionOf(file, JOURNAL) >= version) {
                    version = replay(file, file.equals(journals.getLast()), version, replay);
                }
            }
            return version;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private long snapshot(SnapshotReader reader) throws IOException {
        Path newest = null;
        for (var file : files.list(path)) {
            newest = versionOf(file, SNAPSHOT) >= 0 ? file : newest;
        }
        if (newest == null) {
            return 0;
        }
        var name = SNAPSHOT.matcher(newest.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalStateException("no snapshot: " + newest);
        }
        var crc = new CRC32C();
        try (var in = new CheckedInputStream(files.read(newest), crc)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (!"%08x".formatted(crc.getValue()).equals(name.group(2))) {
            throw new StorageException(newest
                    + " is damaged: its content has the CRC %08x, its name says %s; restore the folder from a backup"
                            .formatted(crc.getValue(), name.group(2)));
        }
        var version = Long.parseLong(name.group(1));
        try (var in = new BufferedInputStream(files.read(newest), 1 << 16)) {
            reader.read(version, in);
        }
        return version;
    }

    private long replay(Path file, boolean last, long from, Replay replay) throws IOException {
        byte[] content;
        try (var in = files.read(file)) {
            content = in.readAllBytes();
        }
        var scan = Frames.scan(content);
        if (!scan.damage().isEmpty() && (!last || scan.goodBehind())) {
            throw new StorageException(file + " is damaged: " + scan.damage()
                    + ", with good data behind it; restore the folder from a backup");
        }
        var version = from;
        for (var commit : scan.commits()) {
            if (commit.previous() != version || commit.version() <= version) {
                throw new StorageException(file + " does not continue what is before it: a commit follows version "
                        + commit.previous() + ", expected " + version + "; restore the folder from a backup");
            }
            replay.commit(commit.version(), commit.content());
            version = commit.version();
        }
        if (!scan.damage().isEmpty()) {
            files.truncate(file, scan.length());
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("kept", scan.length())
                    .addKeyValue("cut", content.length - scan.length())
                    .log("cut off a write that was not finished");
        }
        if (last) {
            files.rewrite(file, scan.last());
        }
        return version;
    }

    /**
     * Opens the journal to write to it.
     *
     * @param version of the last commit
     * @param rotated told on the journal's thread that a new file was begun after that version: time for a snapshot
     */
    public Journal journal(long version, boolean sync, long rotateAfter, LongConsumer rotated) {
        try {
            Path last = null;
            for (var file : files.list(path)) {
                last = versionOf(file, JOURNAL) >= 0 ? file : last;
            }
            if (last == null || versionOf(last, JOURNAL) > version) {
                return new Journal(this, newJournal(version), 0, sync, rotateAfter, rotated);
            }
            long length;
            try (var in = files.read(last)) {
                length = in.transferTo(OutputStream.nullOutputStream());
            }
            return new Journal(this, synced(last), length, sync, rotateAfter, rotated);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Opens a file to write at its end; that it is there is durable, and so is what it holds. */
    private FileLayer.Output synced(Path file) throws IOException {
        var out = files.append(file);
        try {
            out.sync();
            files.syncFolder(path);
            return out;
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    FileLayer.Output newJournal(long version) throws IOException {
        return synced(path.resolve("journal-%020d".formatted(version)));
    }

    /**
     * The files that hold running, as they are listed at this moment. Copied in this order they hold all that was acknowledged
     * before, also while a server uses the folder; when one of them is gone meanwhile, they are to be listed anew.
     */
    public static List<Path> listed(FileLayer files, Path path) throws IOException {
        var all = files.list(path);
        var newest = all.stream().mapToLong(f -> versionOf(f, SNAPSHOT)).max().orElse(-1);
        return all.stream()
                .filter(f -> f.getFileName().toString().equals("format")
                        || versionOf(f, JOURNAL) >= Math.max(0, newest)
                        || versionOf(f, SNAPSHOT) == newest && newest >= 0)
                .toList();
    }

    /**
     * Checks that a folder can be read: formats, sums, and that the commits follow each other.
     *
     * @return the version of the last commit
     * @throws StorageException when it cannot
     */
    public static long check(FileLayer files, Path path) {
        try (var folder = open(files, path)) {
            return folder.recover((_, _) -> {}, (_, _) -> {});
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static StorageException unreadable(Path path, IOException cause) {
        return new StorageException(path + " cannot be read or written: " + cause, new IOException(cause));
    }
}
