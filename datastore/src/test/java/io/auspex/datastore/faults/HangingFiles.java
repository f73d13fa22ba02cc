package io.auspex.datastore.faults;

import io.auspex.datastore.storage.FileLayer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A file system that makes nothing durable that is added to a file, until it is told to. */
public record HangingFiles(FileLayer files, CountDownLatch answer) implements FileLayer {
    @Override
    public void createFolder(Path folder) throws IOException {
        files.createFolder(folder);
    }

    @Override
    public boolean exists(Path file) throws IOException {
        return files.exists(file);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return files.list(folder);
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return files.read(file);
    }

    @Override
    public Output append(Path file) throws IOException {
        var out = files.append(file);
        return new Output() {
            private boolean hangs;

            @Override
            public void write(ByteBuffer bytes) throws IOException {
                hangs = file.getFileName().toString().startsWith("journal");
                out.write(bytes);
            }

            @Override
            public void sync() throws IOException {
                try {
                    if (hangs) {
                        answer.await();
                    }
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
                out.sync();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    @Override
    public void rewrite(Path file, long from) throws IOException {
        files.rewrite(file, from);
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        files.truncate(file, length);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        files.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        files.delete(file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        files.syncFolder(folder);
    }

    @Override
    public @Nullable Closeable lock(Path file) throws IOException {
        return files.lock(file);
    }
}
