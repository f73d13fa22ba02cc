package io.auspex.history;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of the history. What it is offered waits in a bounded queue for one thread that writes it; whoever offers never
 * waits for the database. A database that cannot be reached or written is tried again, and what finds the queue full meanwhile
 * is counted as lost, as is a record that the database refuses.
 */
public final class History implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final int BATCH = 16_384;
    /** What comes within this time is written in one transaction, unless someone asks: pages are then written once. */
    private static final Duration GATHER = Duration.ofMillis(500);

    /** So long a question waits for what came before it to be written. */
    private static final Duration LATEST_WITHIN = Duration.ofSeconds(1);

    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final long FIRST_BACKOFF_MILLIS = 500;
    private static final long LONGEST_BACKOFF_MILLIS = 30_000;
    private static final int QUERIES_AT_ONCE = 2;
    private static final int QUERIES_WAITING = 64;

    private final HistoryConfig config;
    private final InstantSource clock;
    private final Instant started;
    private final Database database;
    private final BlockingQueue<HistoryRecord> queue;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Duration gather;
    private final Duration latestWithin;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hurry = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private long taken;
    private long done;
    private int asking;
    /** What the thread has taken from the queue and not written yet. */
    private final List<HistoryRecord> batch = new ArrayList<>();
    /** Records of the batch that are written together: fewer where some of them are refused. */
    private int together = BATCH;

    private long backoff = FIRST_BACKOFF_MILLIS;

    private final ExecutorService queries = new ThreadPoolExecutor(
            QUERIES_AT_ONCE,
            QUERIES_AT_ONCE,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUERIES_WAITING),
            Thread.ofPlatform().name("history-query-", 0).daemon().factory());
    private final Thread thread;
    private volatile Retention retention;
    private volatile boolean closed;
    private volatile @Nullable Instant tidied;

    private History(HistoryConfig config, InstantSource clock, Duration gather, Duration latestWithin) {
        this.config = config;
        this.clock = clock;
        this.started = clock.instant();
        this.gather = gather;
        this.latestWithin = latestWithin;
        this.database = new Database(config);
        this.retention = new Retention(config.age(), config.rows());
        this.queue = new ArrayBlockingQueue<>(config.queueLength());
        this.thread = Thread.ofPlatform().name("history").daemon().unstarted(this::run);
    }

    /** Starts to write; the database need not be there yet. */
    public static History start(HistoryConfig config, InstantSource clock) {
        return start(config, clock, GATHER, LATEST_WITHIN);
    }

    static History start(HistoryConfig config, InstantSource clock, Duration gather, Duration latestWithin) {
        History history = new History(config, clock, gather, latestWithin);
        history.thread.start();
        return history;
    }

    /** Takes records in their order, and counts those for which there is no room; false where some are lost. */
    public boolean offer(List<? extends HistoryRecord> records) {
        int accepted = 0;
        for (HistoryRecord record : records) {
            if (queue.offer(record)) {
                accepted++;
            }
        }
        lost.addAndGet(records.size() - (long) accepted);
        lock.lock();
        try {
            taken += accepted;
            if (isBatchFull()) {
                hurry.signal();
            }
        } finally {
            lock.unlock();
        }
        return accepted == records.size();
    }

    /** Counts as lost what was not even offered. */
    public void lose(long records) {
        lost.addAndGet(records);
    }

    /** Keeps what is not older, and not more rows than that, from now on. */
    public void keep(Duration age, long rows) {
        retention = new Retention(age, rows);
        tidied = null;
    }

    public HistoryStatistics statistics() {
        return new HistoryStatistics(written.get(), lost.get(), queue.size());
    }

    /** The graph and its health as of a time. */
    public GraphAt graphAt(Instant time) throws HistoryException {
        return ask(q -> q.graphAt(time));
    }

    /** The subservices that differ between two times. */
    public GraphDifferences differences(Instant from, Instant to) throws HistoryException {
        return ask(q -> q.differences(from, to));
    }

    /**
     * What there is of one subservice.
     *
     * @param most entries of each kind, the newest ones
     */
    public NodeHistory of(NodeKey node, Instant from, Instant to, int most) throws HistoryException {
        return ask(q -> q.of(node, from, to, most));
    }

    /** Waits a moment for what was taken before to be written. */
    private void awaitLatest() throws InterruptedException {
        lock.lock();
        asking++;
        try {
            hurry.signal();
            long due = taken;
            long left = latestWithin.toNanos();
            while (done < due && left > 0) {
                left = progress.awaitNanos(left);
            }
        } finally {
            asking--;
            lock.unlock();
        }
    }

    private void done(int records) {
        lock.lock();
        try {
            done += records;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A question to the database. */
    private interface Question<T> {
        T ask(Queries queries) throws SQLException;
    }

    private <T> T ask(Question<T> question) throws HistoryException {
        try {
            awaitLatest();
            var asked = new AtomicReference<@Nullable Queries>();
            Future<T> answer = queries.submit(() -> {
                try (Queries running = new Queries(database.open())) {
                    asked.set(running);
                    return question.ask(running);
                }
            });
            try {
                return answer.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
            } finally {
                Queries running = asked.get();
                if (!answer.isDone() && running != null) {
                    Thread.ofVirtual().name("history-cancel").start(running::cancel);
                }
                answer.cancel(true);
            }
        } catch (RejectedExecutionException e) {
            throw new HistoryException("the history is asked too much: " + QUERIES_WAITING + " questions wait", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String why = cause == null ? null : cause.getMessage();
            throw new HistoryException("the history cannot be read: " + config.withoutUrl(why), e);
        } catch (TimeoutException e) {
            throw new HistoryException("the history did not answer within " + ANSWER_WITHIN.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryException("interrupted while waiting for the history", e);
        }
    }

    private void run() {
        boolean first = true;
        while (!closed) {
            try (Recorder recorder = Recorder.open(database)) {
                if (first) {
                    recorder.start(Database.micros(started));
                    first = false;
                }
                record(recorder);
            } catch (InterruptedException _) {
                return;
            } catch (SQLException | RuntimeException e) {
                LOG.atError()
                        .addKeyValue("why", config.withoutUrl(e.getMessage()))
                        .addKeyValue("waiting", queue.size())
                        .log("history is not written");
                if (!isAwake(backoff)) {
                    return;
                }
                backoff = Math.min(LONGEST_BACKOFF_MILLIS, 2 * backoff);
            }
        }
    }

    /** Waits; false when it is time to end. */
    private static boolean isAwake(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private void record(Recorder recorder) throws SQLException, InterruptedException {
        while (!closed || !queue.isEmpty() || !batch.isEmpty()) {
            if (batch.isEmpty()) {
                take();
            }
            if (!batch.isEmpty()) {
                write(recorder);
            }
            tidy(recorder);
        }
    }

    private void take() throws InterruptedException {
        HistoryRecord first = queue.poll(closed ? 0 : 500, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            awaitMore();
            queue.drainTo(batch, BATCH - 1);
        }
    }

    /** Waits for what can be written with it, unless someone asks. */
    private void awaitMore() throws InterruptedException {
        lock.lock();
        try {
            long left = gather.toNanos();
            while (!closed && asking == 0 && !isBatchFull() && left > 0) {
                left = hurry.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isBatchFull() {
        return queue.size() >= BATCH || queue.remainingCapacity() == 0;
    }

    /** Writes the first of the batch; where the database refuses some, fewer the next time, and one alone is lost. */
    private void write(Recorder recorder) throws SQLException {
        List<HistoryRecord> part = batch.subList(0, Math.min(together, batch.size()));
        try {
            recorder.write(part);
            written.addAndGet(part.size());
            together = Math.min(BATCH, 2 * together);
            backoff = FIRST_BACKOFF_MILLIS;
        } catch (SQLException | RuntimeException e) {
            if (e instanceof SQLException fault && !database.refusesContent(fault)) {
                throw fault;
            }
            if (part.size() > 1) {
                together = part.size() / 2;
                return;
            }
            lost.incrementAndGet();
            LOG.atError().addKeyValue("why", config.withoutUrl(e.getMessage())).log("the history refuses a record");
        }
        done(part.size());
        part.clear();
    }

    private void tidy(Recorder recorder) throws SQLException {
        Instant now = clock.instant();
        Instant last = tidied;
        if (last == null || Duration.between(last, now).abs().compareTo(TIDY_EVERY) >= 0) {
            tidied = now;
            recorder.tidy(retention, now);
            recorder.checkpoint(database);
        }
    }

    /** Writes what waits, for a few seconds at most, and ends. */
    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            hurry.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                LOG.atWarn().addKeyValue("lost", queue.size()).log("the history was not written to its end");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queries.shutdownNow();
    }
}
