package io.auspex.datastore.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes commits durable, in order, all that wait with one write and one fsync (design decision 8).
 *
 * <p>One platform thread of its own writes, since an interrupt of a writing thread closes the file. Clients that were answered
 * together ask again one after the other: a batch waits for as many as took part in the last one, but never longer than half
 * of the time that the disk took for that. After a failed write or fsync nothing is written any more: what the file then
 * holds is known only by reading it at the next start.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int FRAME_BYTES = 4 << 20;

    /** Commits that are done again within a second at the start; as many as take that long to read in a snapshot. */
    private static final int COMMITS = 8_192;

    private static final int BYTES_EACH = 4_096;
    private static final long MAX_PATIENCE = TimeUnit.MILLISECONDS.toNanos(20);

    private final DataFolder folder;
    private final boolean sync;
    private final long rotateAfter;
    private final LongConsumer rotated;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private FileLayer.Output out;
    private volatile long written;
    private long commitsWritten;
    private int expected;
    private long patience;
    private volatile long snapshotBytes;
    private volatile @Nullable Throwable fault;

    /** A commit on its way; null for the end. */
    private record Entry(Frames.@Nullable Commit commit, Runnable saved, CompletableFuture<Void> done) {}

    /**
     * Continues the journal of a folder.
     *
     * @param rotateAfter bytes after which a new file is begun
     * @param rotated told on the journal's thread the version that the new file follows
     */
    Journal(
            DataFolder folder,
            FileLayer.Output out,
            long written,
            boolean sync,
            long rotateAfter,
            LongConsumer rotated) {
        this.folder = folder;
        this.out = out;
        this.written = written;
        this.sync = sync;
        this.rotateAfter = rotateAfter;
        this.rotated = rotated;
        thread = Thread.ofPlatform().name("auspex-journal").daemon().start(this::run);
    }

    /**
     * Takes over a commit.
     *
     * @param previous the version that it follows
     * @param saved is run on the journal's thread when it is durable
     * @return done when it is durable and {@code saved} has run; fails with the {@link IOException} of the disk
     */
    public CompletableFuture<Void> append(long previous, long version, byte[] content, Runnable saved) {
        var entry = new Entry(new Frames.Commit(previous, version, content), saved, new CompletableFuture<>());
        queue.add(entry);
        if (fault != null) {
            failAll();
        }
        return entry.done();
    }

    /** Bytes in the file that is being written. */
    public long bytes() {
        return written;
    }

    /** Why nothing can be written any more; null when all is well. */
    public @Nullable Throwable fault() {
        return fault;
    }

    private void run() {
        var batch = new ArrayList<Entry>();
        while (true) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                continue;
            }
            fill(batch);
            var last = batch.getLast().commit() == null ? batch.removeLast() : null;
            if (!batch.isEmpty()) {
                write(batch);
                batch.clear();
            }
            if (last != null) {
                closeFile();
                last.done().complete(null);
                return;
            }
            if (fault != null) {
                failAll();
            }
        }
    }

    private void fill(List<Entry> batch) {
        var bytes = 0L;
        var deadline = System.nanoTime() + patience;
        while (batch.getLast().commit() instanceof Frames.Commit commit) {
            bytes += commit.content().length;
            var next = bytes < FRAME_BYTES ? next(batch.size() < expected ? deadline - System.nanoTime() : 0) : null;
            if (next == null) {
                return;
            }
            batch.add(next);
        }
    }

    /** The next entry, waited for at most so long; null when none comes. */
    private @Nullable Entry next(long nanos) {
        try {
            return queue.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return queue.poll();
        }
    }

    private void write(List<Entry> batch) {
        try {
            if (fault != null) {
                throw new IOException(fault);
            }
            var commits = new ArrayList<Frames.Commit>(batch.size());
            for (var entry : batch) {
                if (entry.commit() != null) {
                    commits.add(entry.commit());
                }
            }
            var frame = Frames.frame(commits);
            var begun = System.nanoTime();
            var length = frame.remaining();
            FileLayer.writeAll(out, frame);
            if (sync) {
                out.sync();
            }
            patience = Math.min((System.nanoTime() - begun) / 2, MAX_PATIENCE);
            expected = batch.size() + queue.size();
            var total = written + length;
            written = total;
            commitsWritten += batch.size();
        } catch (IOException | RuntimeException e) {
            fail(e);
            batch.forEach(b -> b.done().completeExceptionally(e));
            return;
        }
        for (var entry : batch) {
            try {
                entry.saved().run();
            } finally {
                entry.done().complete(null);
            }
        }
        if (isLong() && batch.getLast().commit() instanceof Frames.Commit commit) {
            rotate(commit.version());
        }
    }

    /** True when the journal is worth a snapshot: the larger that is, the longer the journal may become. */
    private boolean isLong() {
        var size = snapshotBytes;
        return written >= Math.max(rotateAfter, size) || commitsWritten >= Math.max(COMMITS, size / BYTES_EACH);
    }

    /** Tells the size of the last snapshot. */
    public void snapshotSaved(long bytes) {
        snapshotBytes = bytes;
    }

    private void rotate(long version) {
        try {
            var next = folder.newJournal(version);
            out.close();
            out = next;
            written = 0;
            commitsWritten = 0;
        } catch (IOException e) {
            fail(e);
            return;
        }
        rotated.accept(version);
    }

    private void fail(Throwable cause) {
        if (fault == null) {
            fault = cause;
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("folder", folder.path())
                    .log("the journal cannot be written; changes are refused from now on");
        }
    }

    private void failAll() {
        for (var entry = queue.poll(); entry != null; entry = queue.poll()) {
            if (entry.commit() == null) {
                queue.add(entry);
                return;
            }
            entry.done().completeExceptionally(new IOException(String.valueOf(fault)));
        }
    }

    private void closeFile() {
        try (var file = out) {
            if (fault == null && sync) {
                file.sync();
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the journal does not close");
        }
    }

    /** Writes what waits and ends. */
    @Override
    public void close() {
        var end = new Entry(null, () -> {}, new CompletableFuture<>());
        queue.add(end);
        end.done().join();
    }
}
