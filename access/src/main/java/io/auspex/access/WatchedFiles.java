package io.auspex.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What some files say, such as a certificate and its key; read again when they have changed, which is looked for at most
 * every two seconds. As long as what they say now cannot be used, what they said before stays in use.
 */
public final class WatchedFiles<T> implements Supplier<T> {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);
    private static final long CHECK_NANOS = 2_000_000_000L;

    private final List<Path> files;
    private final Reader<T> reader;
    private final LongSupplier ticker;
    private volatile T value;
    private List<Object> seen;
    private long checked;

    /** Reads the files. */
    @FunctionalInterface
    public interface Reader<T> {
        T read() throws IOException;
    }

    /**
     * Reads the files for the first time.
     *
     * @throws IOException when they cannot be used
     */
    public WatchedFiles(List<Path> files, Reader<T> reader) throws IOException {
        this(files, reader, System::nanoTime);
    }

    /** @param ticker nanoseconds of a clock that never steps */
    public WatchedFiles(List<Path> files, Reader<T> reader, LongSupplier ticker) throws IOException {
        this.files = List.copyOf(files);
        this.reader = reader;
        this.ticker = ticker;
        seen = look();
        value = reader.read();
        checked = ticker.getAsLong();
    }

    /** What tells a file from what stood in its place before. */
    private List<Object> look() throws IOException {
        var looks = new ArrayList<Object>();
        for (var file : files) {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            looks.add(List.of(
                    attributes.lastModifiedTime(),
                    attributes.size(),
                    Objects.requireNonNullElse(attributes.fileKey(), "")));
        }
        return looks;
    }

    @Override
    public T get() {
        var now = ticker.getAsLong();
        synchronized (this) {
            if (now - checked >= CHECK_NANOS) {
                checked = now;
                check();
            }
        }
        return value;
    }

    private void check() {
        try {
            var now = look();
            if (!now.equals(seen)) {
                seen = now;
                value = reader.read();
                LOG.atInfo().addKeyValue("files", files).log("reloaded");
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("files", files)
                    .addKeyValue("why", e.getMessage())
                    .log("not reloaded; what was read before stays in use");
        }
    }
}
