package io.auspex.datastore;

import io.auspex.datastore.storage.DataFolder;
import io.auspex.datastore.storage.Journal;
import io.auspex.datastore.storage.StorageException;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps running in a folder: a journal of the commits since the last snapshot (design decision 8). */
final class SavedStorage implements Storage {
    private static final Logger LOG = LoggerFactory.getLogger(SavedStorage.class);

    /** So often within a deadline it is looked whether it has passed. */
    private static final int LOOKS = 8;

    private static final long LONGEST_LOOK_MILLIS = 1_000;

    private final DatastoreConfig config;
    private final CommitCodec codec;
    private final DataFolder folder;
    private final Journal journal;
    private final long openedVersion;
    private final AtomicBoolean snapshotting = new AtomicBoolean();

    /** One clock for all who wait for the disk: a timer for each commit would cost more than its waiting. */
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("auspex-save-deadlines").daemon().factory());

    private TreeNode opened;
    private volatile TreeNode saved;
    private long appended;
    private volatile @Nullable Thread snapshotThread;
    private Saving last = Saving.DONE;

    SavedStorage(ModelContext model, DatastoreConfig config, Path path) {
        this.config = config;
        codec = new CommitCodec(model);
        opened = TreeNode.empty(model.root());
        folder = DataFolder.open(config.files(), path);
        try {
            openedVersion = folder.recover(this::readSnapshot, this::replay);
            appended = openedVersion;
            saved = opened;
            journal = folder.journal(
                    openedVersion,
                    config.sync() == DatastoreConfig.Sync.EVERY_COMMIT,
                    config.snapshotAfterBytes(),
                    this::snapshot);
            var often = Math.clamp(config.saveDeadline().toMillis() / LOOKS, 1, LONGEST_LOOK_MILLIS);
            var _ = deadlines.scheduleWithFixedDelay(
                    () -> journal.giveUp(config.saveDeadline()), often, often, TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            closeFolder();
            throw e;
        }
    }

    /** The name of a snapshot has the sum of what was written, and that was stored once: it need not be brought in form again. */
    private void readSnapshot(long version, InputStream content) throws IOException {
        try {
            opened = codec.reader().configurationOnly().readRoot(content);
            Differences.committing(TreeNode.empty(opened.schema()), opened, version);
        } catch (YangException e) {
            throw unfit("the snapshot of version " + version, e);
        }
    }

    private void replay(long version, byte[] content) {
        try {
            var after = EditApplier.apply(opened, codec.decode(content));
            Differences.committing(opened, after, version);
            opened = after;
        } catch (YangException e) {
            throw unfit("the commit of version " + version, e);
        }
    }

    private static StorageException unfit(String what, YangException cause) {
        return new StorageException(
                what + " does not fit the YANG modules that are loaded: " + cause.getMessage()
                        + "; start with the modules that it was written with",
                cause);
    }

    @Override
    public long journalBytes() {
        return journal.bytes();
    }

    @Override
    public TreeNode root() {
        return opened;
    }

    @Override
    public long version() {
        return openedVersion;
    }

    @Override
    public void checkWritable() throws YangException {
        var fault = journal.fault();
        if (fault != null) {
            throw readOnly(fault);
        }
    }

    private YangException readOnly(Throwable fault) {
        return Datastores.unavailable("the change is not saved: " + folder.path() + " cannot be written (" + fault
                + "); changes are refused until the server is started again");
    }

    @Override
    public Saving save(ChangeSet changes, Runnable published) {
        var commit = journal.append(appended, changes.version(), codec.encode(changes), () -> {
            saved = changes.after();
            published.run();
        });
        appended = changes.version();
        last = () -> await(commit);
        return last;
    }

    @Override
    public Saving last() {
        return last;
    }

    /** An interrupt does not end the waiting: the commit takes place anyway. */
    private void await(Journal.Appended commit) throws YangException {
        var interrupted = false;
        try {
            while (true) {
                try {
                    commit.await();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof TimeoutException
                            ? Datastores.unavailable("the disk has not answered within " + config.saveDeadline()
                                    + "; the change may be saved still")
                            : readOnly(e.getCause() == null ? e : e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Begins a snapshot of what is saved just now, which is the version given, unless one is being made. */
    private void snapshot(long version) {
        var root = saved;
        if (snapshotting.compareAndSet(false, true)) {
            snapshotThread = Thread.ofPlatform()
                    .name("auspex-snapshot")
                    .daemon()
                    .start(() -> {
                        try {
                            var size = folder.saveSnapshot(
                                    version, out -> JsonWriter.write(root, out, JsonOptions.PRETTY));
                            journal.snapshotSaved(size);
                            LOG.atInfo().addKeyValue("version", version).log("snapshot saved");
                        } catch (IOException | RuntimeException e) {
                            LOG.atError()
                                    .setCause(e)
                                    .addKeyValue("version", version)
                                    .log("the snapshot fails; the journal goes on");
                        } finally {
                            snapshotting.set(false);
                        }
                    });
        }
    }

    @Override
    public void close() {
        journal.close();
        deadlines.shutdownNow();
        var thread = snapshotThread;
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        closeFolder();
    }

    private void closeFolder() {
        try {
            folder.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the data folder does not close");
        }
    }
}
