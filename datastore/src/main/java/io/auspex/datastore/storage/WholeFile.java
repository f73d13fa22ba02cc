package io.auspex.datastore.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongFunction;
import java.util.zip.CRC32C;

/** A file that is there whole or not at all, after a crash too: written under another name, synced, renamed, folder synced. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes what a file holds. */
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Puts a file in place of one of that name; durable on return. */
    public static void write(FileLayer files, Path file, Content content) throws IOException {
        var name = file.getFileName().toString();
        write(files, file.resolveSibling(name + ".tmp"), content, _ -> name);
    }

    /**
     * As {@link #write(FileLayer, Path, Content)}, under a name that depends on the content.
     *
     * @param name gives the name for the CRC-32C of the content
     * @return the file
     */
    static Path write(FileLayer files, Path temporary, Content content, LongFunction<String> name) throws IOException {
        files.delete(temporary);
        var crc = new CRC32C();
        try (var file = files.append(temporary)) {
            var out = new BufferedOutputStream(
                    new OutputStream() {
                        @Override
                        public void write(int b) throws IOException {
                            write(new byte[] {(byte) b}, 0, 1);
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            crc.update(bytes, offset, length);
                            FileLayer.writeAll(file, ByteBuffer.wrap(bytes, offset, length));
                        }
                    },
                    1 << 16);
            content.write(out);
            out.flush();
            file.sync();
        }
        var target = temporary.resolveSibling(name.apply(crc.getValue()));
        files.rename(temporary, target);
        files.syncFolder(folder(target));
        return target;
    }

    /** Removes a file if it is there; durable on return. */
    public static void delete(FileLayer files, Path file) throws IOException {
        if (files.exists(file)) {
            files.delete(file);
            files.syncFolder(folder(file));
        }
    }

    private static Path folder(Path file) {
        var parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " is in no folder");
        }
        return parent;
    }
}
