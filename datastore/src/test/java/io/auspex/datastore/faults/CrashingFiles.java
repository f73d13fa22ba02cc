package io.auspex.datastore.faults;

import io.auspex.datastore.storage.FileLayer;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that loses what was not synced when the power goes, takes few bytes at a time, and fails on demand.
 *
 * <p>As on Linux, what a failed sync should have written is held for clean and is read from memory, but no later sync writes
 * it: only when it is written once more does it become durable.
 */
public final class CrashingFiles implements FileLayer {
    /** What happens at the step that was chosen. */
    public enum Fault {
        /** Nothing works any more. */
        POWER_CUT,
        /** This step fails, all others work. */
        ONE_ERROR,
        /** This sync and all later ones fail. */
        FSYNC_ERROR,
        /** No byte can be added from now on. */
        DISK_FULL,
        /** One byte is taken still, the rest fails. */
        SHORT_WRITE
    }

    private enum Kind {
        READ,
        WRITE,
        SYNC,
        NAME
    }

    private final Map<Path, DiskFile> now = new HashMap<>();
    private Map<Path, DiskFile> durable = new HashMap<>();
    private final int faultAt;
    private final Fault fault;
    private int steps;
    private boolean off;
    private boolean locked;

    public CrashingFiles(Fault fault, int faultAt) {
        this.fault = fault;
        this.faultAt = faultAt;
    }

    /** A disk that never fails. */
    public static CrashingFiles reliable() {
        return new CrashingFiles(Fault.ONE_ERROR, Integer.MAX_VALUE);
    }

    /** How many steps there were. */
    public synchronized int steps() {
        return steps;
    }

    /** True when the fault has happened. */
    public synchronized boolean hasFailed() {
        return steps >= faultAt;
    }

    /** The disk as it is found after the power came back: what was synced, and by chance some of what was not. */
    public synchronized CrashingFiles afterPowerCut(Random random) {
        off = true;
        var states = new PowerCut(now, durable);
        return holding(states.byChance(random));
    }

    /**
     * The disk as it may be found after a power cut at this moment: each name as it was or as it is, each file cut off at each
     * byte after what is durable, with holes, and with damage in what was not durable.
     *
     * @param most how many of these states are looked at, evenly spread
     */
    public synchronized Stream<CrashingFiles> afterEveryPowerCut(int most) {
        off = true;
        return new PowerCut(now, durable).every(most).map(CrashingFiles::holding);
    }

    private static CrashingFiles holding(Map<Path, DiskFile> files) {
        var found = reliable();
        found.now.putAll(files);
        found.durable = new HashMap<>(files);
        return found;
    }

    /** The disk that the next process meets after this one has ended, with the fault mended or another one to come. */
    public synchronized CrashingFiles nextProcess(Fault next, int at) {
        var copy = new CrashingFiles(next, at);
        var copies = new HashMap<DiskFile, DiskFile>();
        now.forEach((path, file) -> copy.now.put(path, copies.computeIfAbsent(file, DiskFile::copy)));
        durable.forEach((path, file) -> copy.durable.put(path, copies.computeIfAbsent(file, DiskFile::copy)));
        return copy;
    }

    /** The same files, all durable, on a disk that never fails. */
    public synchronized CrashingFiles copy() {
        var files = new HashMap<Path, DiskFile>();
        now.forEach((path, file) -> files.put(path, DiskFile.durable(file.bytes)));
        return holding(files);
    }

    /** Changes the bytes of a file, as a failing disk does. */
    public synchronized void damage(Path file, UnaryOperator<byte[]> change) {
        var content = now.get(file);
        if (content == null) {
            throw new IllegalArgumentException(file + " is not there");
        }
        var damaged = DiskFile.durable(change.apply(content.bytes.clone()));
        now.put(file, damaged);
        durable.put(file, damaged);
    }

    private synchronized void step(Kind kind) throws IOException {
        if (off) {
            throw new IOException("no power");
        }
        steps++;
        var hit = switch (fault) {
            case POWER_CUT, ONE_ERROR -> steps == faultAt;
            case FSYNC_ERROR -> kind == Kind.SYNC && steps >= faultAt;
            case DISK_FULL, SHORT_WRITE -> kind == Kind.WRITE && steps >= faultAt;
        };
        if (hit) {
            off = fault == Fault.POWER_CUT;
            throw new IOException("fault injected at step " + steps);
        }
    }

    private DiskFile content(Path file) throws IOException {
        var content = now.get(file);
        if (content == null) {
            throw new FileNotFoundException(file.toString());
        }
        return content;
    }

    private synchronized void sync(DiskFile file) throws IOException {
        try {
            step(Kind.SYNC);
        } catch (IOException e) {
            file.syncFailed();
            throw e;
        }
        file.synced();
    }

    @Override
    public void createFolder(Path folder) {}

    @Override
    public synchronized boolean exists(Path file) {
        return now.containsKey(file);
    }

    @Override
    public synchronized List<Path> list(Path folder) {
        return now.keySet().stream()
                .filter(p -> folder.equals(p.getParent()))
                .sorted()
                .toList();
    }

    @Override
    public synchronized InputStream read(Path file) throws IOException {
        step(Kind.READ);
        return new ByteArrayInputStream(content(file).bytes);
    }

    @Override
    public synchronized Output append(Path file) throws IOException {
        step(Kind.WRITE);
        var content = now.computeIfAbsent(file, _ -> new DiskFile());
        return new Output() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                synchronized (CrashingFiles.this) {
                    var last = fault == Fault.SHORT_WRITE && steps + 1 == faultAt;
                    var taken = last ? 1 : Math.min(bytes.remaining(), 1 + bytes.remaining() / 2);
                    if (last || fault != Fault.DISK_FULL || steps + 1 < faultAt) {
                        content.append(bytes, taken);
                    }
                    step(Kind.WRITE);
                }
            }

            @Override
            public void sync() throws IOException {
                CrashingFiles.this.sync(content);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized void rewrite(Path file, long from) throws IOException {
        var content = content(file);
        step(Kind.SYNC);
        content.rewritten((int) from);
    }

    @Override
    public synchronized void truncate(Path file, long length) throws IOException {
        step(Kind.SYNC);
        content(file).cut((int) length);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        step(Kind.NAME);
        now.put(to, content(from));
        now.remove(from);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        step(Kind.NAME);
        now.remove(file);
    }

    @Override
    public synchronized void syncFolder(Path folder) throws IOException {
        step(Kind.SYNC);
        durable = new HashMap<>(now);
    }

    @Override
    public synchronized @Nullable Closeable lock(Path file) {
        if (locked) {
            return null;
        }
        locked = true;
        return () -> {
            synchronized (CrashingFiles.this) {
                locked = false;
            }
        };
    }

    /** The bytes of a file as they are read now. */
    public synchronized byte[] bytes(Path file) {
        var content = now.get(file);
        return content == null ? new byte[0] : Arrays.copyOf(content.bytes, content.bytes.length);
    }
}
