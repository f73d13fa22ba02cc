package io.auspex.datastore;

import io.auspex.datastore.storage.FileLayer;
import io.auspex.datastore.storage.NioFileLayer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How datastores are kept.
 *
 * @param folder where running is saved; null keeps it in memory only
 * @param sync when a commit counts as saved
 * @param snapshotAfterBytes a snapshot is made when the journal has grown by this much
 * @param saveDeadline how long a commit waits for the disk before it fails; what it did may be saved still
 */
public record DatastoreConfig(
        @Nullable Path folder,
        Sync sync,
        long snapshotAfterBytes,
        Duration saveDeadline,
        InstantSource clock,
        FileLayer files) {
    /** When a commit counts as saved. */
    public enum Sync {
        /** When the disk says so (fsync): it survives power loss. */
        EVERY_COMMIT,
        /** When the operating system has it: it survives the end of the process only. For measurements. */
        NEVER
    }

    /** Nothing survives the process: for simulated devices and tests. */
    public static DatastoreConfig inMemory() {
        return new DatastoreConfig(
                null, Sync.NEVER, Long.MAX_VALUE, Duration.ofSeconds(30), InstantSource.system(), new NioFileLayer());
    }

    /** Running is saved in a folder, which is made when it is not there. */
    public static DatastoreConfig in(Path folder) {
        return new DatastoreConfig(
                folder,
                Sync.EVERY_COMMIT,
                64L << 20,
                Duration.ofSeconds(30),
                InstantSource.system(),
                new NioFileLayer());
    }

    public DatastoreConfig with(FileLayer layer) {
        return new DatastoreConfig(folder, sync, snapshotAfterBytes, saveDeadline, clock, layer);
    }

    public DatastoreConfig with(InstantSource source) {
        return new DatastoreConfig(folder, sync, snapshotAfterBytes, saveDeadline, source, files);
    }

    public DatastoreConfig with(Sync when) {
        return new DatastoreConfig(folder, when, snapshotAfterBytes, saveDeadline, clock, files);
    }

    public DatastoreConfig withSnapshotAfter(long bytes) {
        return new DatastoreConfig(folder, sync, bytes, saveDeadline, clock, files);
    }
}
