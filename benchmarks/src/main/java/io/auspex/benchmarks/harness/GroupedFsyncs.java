package io.auspex.benchmarks.harness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The limit of durable edits: what the disk does when one fsync serves the records of all clients. */
public final class GroupedFsyncs {
    private static final int RECORD_BYTES = 220;
    private static final int COUNT = 400;

    private GroupedFsyncs() {}

    /** Appends of as many records of an edit's size as there are clients, one fsync for all. */
    public static Measurement measure(Path folder, int clients) throws Exception {
        var file = folder.resolve("fsync-limit");
        var records = ByteBuffer.allocate(clients * RECORD_BYTES);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            return Measurement.of((long) COUNT * clients, () -> append(channel, records));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void append(FileChannel channel, ByteBuffer records) throws IOException {
        for (var i = 0; i < COUNT; i++) {
            channel.write(records.rewind());
            channel.force(false);
        }
    }
}
