package io.auspex.datastore.storage;

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
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that loses what was not synced when the power goes, takes few bytes at a time, and fails on demand.
 */
public final class CrashingFiles implements FileLayer {
    /** What happens at the step that was chosen. */
    public enum Fault {
        POWER_CUT,
        ONE_ERROR,
        FSYNC_ERROR
    }

    private static final class Content {
        byte[] bytes = {};
        int synced;

        Content copy(int length) {
            var copy = new Content();
            copy.bytes = Arrays.copyOf(bytes, length);
            copy.synced = length;
            return copy;
        }
    }

    private Map<Path, Content> now = new HashMap<>();
    private Map<Path, Content> durable = new HashMap<>();
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

    public synchronized int steps() {
        return steps;
    }

    /** The disk as it is found after the power came back: what was synced, and by chance some of what was not. */
    public synchronized CrashingFiles afterPowerCut(Random random) {
        off = true;
        var found = reliable();
        var names = new HashMap<>(durable);
        now.forEach((path, content) -> {
            if (random.nextBoolean()) {
                names.put(path, content);
            }
        });
        durable.keySet().forEach(path -> {
            if (!now.containsKey(path) && random.nextBoolean()) {
                names.remove(path);
            }
        });
        names.forEach((path, content) -> {
            var length = content.synced + random.nextInt(content.bytes.length - content.synced + 1);
            var kept = content.copy(length);
            if (length > content.synced && random.nextInt(3) == 0) {
                kept.bytes[content.synced + random.nextInt(length - content.synced)] ^= 0x55;
            }
            found.now.put(path, kept);
        });
        found.durable = new HashMap<>(found.now);
        return found;
    }

    /** Changes the bytes of a file, as a failing disk does. */
    public synchronized void damage(Path file, java.util.function.UnaryOperator<byte[]> change) {
        var content = now.get(file);
        if (content == null) {
            throw new IllegalArgumentException(file + " is not there");
        }
        content.bytes = change.apply(content.bytes.clone());
        content.synced = content.bytes.length;
    }

    public synchronized CrashingFiles copy() {
        var copy = reliable();
        now.forEach((path, content) -> copy.now.put(path, content.copy(content.bytes.length)));
        copy.durable = new HashMap<>(copy.now);
        return copy;
    }

    private synchronized void step(boolean sync) throws IOException {
        if (off) {
            throw new IOException("no power");
        }
        steps++;
        var hit = fault == Fault.FSYNC_ERROR ? sync && steps >= faultAt : steps == faultAt;
        if (hit) {
            off = fault == Fault.POWER_CUT;
            throw new IOException("fault injected at step " + steps);
        }
    }

    private Content content(Path file) throws IOException {
        var content = now.get(file);
        if (content == null) {
            throw new FileNotFoundException(file.toString());
        }
        return content;
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
        return new ByteArrayInputStream(content(file).bytes);
    }

    @Override
    public synchronized Output append(Path file) throws IOException {
        step(false);
        var content = now.computeIfAbsent(file, _ -> new Content());
        return new Output() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                synchronized (CrashingFiles.this) {
                    var taken = Math.min(bytes.remaining(), 1 + bytes.remaining() / 2);
                    var at = content.bytes.length;
                    content.bytes = Arrays.copyOf(content.bytes, at + taken);
                    bytes.get(content.bytes, at, taken);
                    step(false);
                }
            }

            @Override
            public void sync() throws IOException {
                synchronized (CrashingFiles.this) {
                    step(true);
                    content.synced = content.bytes.length;
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized void truncate(Path file, long length) throws IOException {
        step(true);
        var content = content(file);
        content.bytes = Arrays.copyOf(content.bytes, (int) length);
        content.synced = (int) length;
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        step(false);
        now.put(to, content(from));
        now.remove(from);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        step(false);
        now.remove(file);
    }

    @Override
    public synchronized void syncFolder(Path folder) throws IOException {
        step(true);
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
}
