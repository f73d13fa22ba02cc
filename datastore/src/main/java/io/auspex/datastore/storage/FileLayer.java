package io.auspex.datastore.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** What storage needs of a file system; a port, so that tests can make every step of it fail. */
public interface FileLayer {
    /** Makes a folder and those above it where they are missing. */
    void createFolder(Path folder) throws IOException;

    boolean exists(Path file) throws IOException;

    /** The files of a folder. */
    List<Path> list(Path folder) throws IOException;

    InputStream read(Path file) throws IOException;

    /** Opens a file to write at its end; it is made when it is not there. */
    Output append(Path file) throws IOException;

    /**
     * Writes what a file has from a place on once more, and makes it durable: after a sync that failed, the system takes these
     * bytes for written though they are in memory only.
     */
    void rewrite(Path file, long from) throws IOException;

    /** Cuts a file to a length and makes that durable. */
    void truncate(Path file, long length) throws IOException;

    /** Gives a file another name, in place of one that has it. */
    void rename(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    /** Makes durable which files a folder has (fsync of the folder). */
    void syncFolder(Path folder) throws IOException;

    /** Takes a lock on a file that no other process can take meanwhile; null when one has it. */
    @org.jspecify.annotations.Nullable
    Closeable lock(Path file) throws IOException;

    /** A file open for writing. */
    interface Output extends Closeable {
        /** Writes some of the bytes, as many as the buffer's position then says. */
        void write(ByteBuffer bytes) throws IOException;

        /** Makes durable what was written (fdatasync). */
        void sync() throws IOException;
    }

    /** Writes all bytes, however few the system takes at a time. */
    static void writeAll(Output out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            var before = bytes.remaining();
            out.write(bytes);
            if (bytes.remaining() == before) {
                throw new IOException("the disk takes no more bytes");
            }
        }
    }
}
