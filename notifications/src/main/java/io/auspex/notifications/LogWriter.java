package io.auspex.notifications;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the events of all streams to their logs on a platform thread of its own, so that publishing never waits for a disk.
 * An event is on the disk within a second; a killed process loses none that was written.
 */
final class LogWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final long FORCE_NANOS = TimeUnit.SECONDS.toNanos(1);

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
        while (!closed || !queue.isEmpty()) {
            try {
                if (queue.poll(200, TimeUnit.MILLISECONDS) instanceof Task task) {
                    write(task);
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

    private void write(Task task) {
        try {
            task.log().append(EventFrame.of(task.event()));
            touched.add(task.log());
            failing = false;
        } catch (IOException | RuntimeException e) {
            task.log().missed(task.event().notification().eventTime());
            if (!failing) {
                LOG.atError()
                        .addKeyValue("stream", task.stream().name())
                        .setCause(e)
                        .log("events cannot be logged for replay");
            }
            failing = true;
        } finally {
            task.stream().logged(task.event().id());
        }
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
