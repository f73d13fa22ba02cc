package io.auspex.notifications;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the events of all streams to their logs on a platform thread of its own, so that publishing never waits for a disk.
 * What comes within some milliseconds is written together. An event is on the disk within a second; a killed process loses
 * none that was written.
 */
final class LogWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final long FORCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Meanwhile whoever publishes has nobody to wake. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int MOST_AT_ONCE = 1_024;

    private final BlockingQueue<Work> queue;
    private final Thread thread;
    private final Set<ReplayLog> touched = new HashSet<>();
    private volatile boolean closed;
    private boolean failing;

    private sealed interface Work {}

    private record Task(LoggedStream stream, ReplayLog log, Delivery.Event event) implements Work {}

    /** Wakes the thread when it is to end. */
    private record End() implements Work {}

    LogWriter(int capacity) {
        queue = new ArrayBlockingQueue<>(capacity);
        thread = Thread.ofPlatform().name("event-log").daemon().unstarted(this::run);
    }

    LogWriter start() {
        thread.start();
        return this;
    }

    /** Hands over an event; false when too many wait, and then it will not be logged. */
    boolean offer(LoggedStream stream, ReplayLog log, Delivery.Event event) {
        stream.logging();
        if (queue.offer(new Task(stream, log, event))) {
            return true;
        }
        stream.notLogged();
        return false;
    }

    private void run() {
        var forced = System.nanoTime();
        var batch = new ArrayList<Work>();
        while (!closed || !queue.isEmpty()) {
            try {
                var first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    if (!closed && queue.size() < MOST_AT_ONCE) {
                        LockSupport.parkNanos(GATHER_NANOS);
                    }
                    queue.drainTo(batch, MOST_AT_ONCE);
                    write(batch);
                    batch.clear();
                }
                if (!touched.isEmpty() && System.nanoTime() - forced > FORCE_NANOS) {
                    force();
                    forced = System.nanoTime();
                }
            } catch (InterruptedException e) {
                LOG.atDebug().log("interrupts are not for this thread");
            }
        }
        force();
    }

    private void write(List<Work> batch) {
        var byLog = new LinkedHashMap<ReplayLog, List<Task>>();
        for (var work : batch) {
            if (work instanceof Task task) {
                byLog.computeIfAbsent(task.log(), _ -> new ArrayList<>()).add(task);
            }
        }
        byLog.forEach(this::write);
    }

    private void write(ReplayLog log, List<Task> tasks) {
        var frames = new ArrayList<EventFrame>(tasks.size());
        for (var task : tasks) {
            try {
                frames.add(EventFrame.of(task.event()));
            } catch (IOException | RuntimeException e) {
                missed(task, e);
            }
        }
        try {
            if (!frames.isEmpty()) {
                log.append(frames);
                touched.add(log);
                failing = false;
            }
        } catch (IOException | RuntimeException e) {
            tasks.stream().filter(t -> t.event().id() > log.lastId()).forEach(t -> missed(t, e));
        }
        tasks.forEach(t -> t.stream().logged(t.event().id()));
    }

    private void missed(Task task, Exception why) {
        task.log().missed(task.event().notification().eventTime());
        if (!failing) {
            LOG.atError()
                    .addKeyValue("stream", task.stream().name())
                    .setCause(why)
                    .log("events cannot be logged for replay");
        }
        failing = true;
    }

    private void force() {
        for (var log : touched) {
            try {
                log.force();
            } catch (IOException e) {
                LOG.atError().setCause(e).log("replay log not brought to disk");
            }
        }
        touched.clear();
    }

    /** Writes what was handed over and ends. */
    @Override
    public void close() {
        closed = true;
        // When there is no room, the thread is not asleep.
        var _ = queue.offer(new End());
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
