package io.auspex.datastore.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition enough = lock.newCondition();
    private final Thread thread;

    /** Commits that no batch has taken yet. Guarded by {@link #lock}, as are those that follow. */
    private List<Entry> queue = new ArrayList<>();

    /** The batch that is being written. */
    private List<Entry> writing = List.of();

    /** As many in the queue are worth waking the journal's thread. */
    private int wanted = 1;

    private boolean ended;

    private FileLayer.Output out;
    private volatile long written;
    private long commitsWritten;
    private int expected;
    private long patience;
    private volatile long snapshotBytes;
    private volatile @Nullable Throwable fault;

    /** A commit on its way; null for the end. */
    private record Entry(Frames.@Nullable Commit commit, Runnable saved, Appended appended, long since) {
        Entry(Frames.@Nullable Commit commit, Runnable saved) {
            this(commit, saved, new Appended(), System.nanoTime());
        }

        CompletableFuture<Void> done() {
            return appended.done;
        }
    }

    /** A commit that was taken over, for those who wait until it is durable. */
    public static final class Appended {
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        /** As {@link #done}, unless it was given up before. */
        private final CompletableFuture<Void> answer = done.copy();

        private Appended() {}

        /**
         * Waits until it is durable and has been told as saved.
         *
         * @throws ExecutionException with the {@link IOException} of the disk, or a {@link TimeoutException} where those who
         *     wait were given up and it is not durable yet
         */
        public void await() throws InterruptedException, ExecutionException {
            (done.isDone() ? done : answer).get();
        }
    }

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
     */
    public Appended append(long previous, long version, byte[] content, Runnable saved) {
        return add(new Entry(new Frames.Commit(previous, version, content), saved));
    }

    private Appended add(Entry entry) {
        lock.lock();
        try {
            if (ended) {
                entry.done().completeExceptionally(closed());
            } else {
                queue.add(entry);
            }
            if (queue.size() >= wanted || entry.commit() == null) {
                enough.signal();
            }
        } finally {
            lock.unlock();
        }
        return entry.appended();
    }

    private static IOException closed() {
        return new IOException("the journal is closed");
    }

    /** Lets those who wait longer than that wait no more, though their commits may be saved still; one look at all of them. */
    public void giveUp(Duration patience) {
        List<Entry> late = new ArrayList<>();
        lock.lock();
        try {
            late.addAll(writing);
            late.addAll(queue);
        } finally {
            lock.unlock();
        }
        var now = System.nanoTime();
        late.removeIf(e -> e.commit() == null || now - e.since() < patience.toNanos());
        late.forEach(e -> e.appended().answer.completeExceptionally(new TimeoutException()));
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
        while (true) {
            var batch = new ArrayList<>(next());
            var last = batch.getLast().commit() == null ? batch.removeLast() : null;
            if (!batch.isEmpty()) {
                write(batch);
            }
            if (last != null) {
                closeFile();
                end();
                last.done().complete(null);
                return;
            }
        }
    }

    /** Nothing is taken any more, and what was taken behind the end is not saved. */
    private void end() {
        lock.lock();
        try {
            ended = true;
            queue.forEach(e -> e.done().completeExceptionally(closed()));
            queue.clear();
        } finally {
            lock.unlock();
        }
    }

    /** The commits to be written together, waited for. */
    private List<Entry> next() {
        lock.lock();
        try {
            writing = List.of();
            wanted = 1;
            while (queue.isEmpty()) {
                enough.awaitUninterruptibly();
            }
            wanted = expected;
            var left = patience;
            while (queue.size() < wanted && queue.getLast().commit() != null && left > 0) {
                left = await(left);
            }
            writing = fitting();
            queue = new ArrayList<>(queue.subList(writing.size(), queue.size()));
            return writing;
        } finally {
            lock.unlock();
        }
    }

    /** Waits at most so long; how much of it is left. An interrupt ends the waiting. */
    private long await(long nanos) {
        try {
            return enough.awaitNanos(nanos);
        } catch (InterruptedException e) {
            return 0;
        }
    }

    /** As many of the queue as one frame takes, at least one, and none behind the end. */
    private List<Entry> fitting() {
        var bytes = 0L;
        var count = 0;
        while (count < queue.size() && bytes < FRAME_BYTES) {
            var entry = queue.get(count++);
            if (entry.commit() == null) {
                break;
            }
            bytes += entry.commit().content().length;
        }
        return List.copyOf(queue.subList(0, count));
    }

    private int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
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
            expected = batch.size() + waiting();
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
        add(new Entry(null, () -> {})).done.join();
    }
}
