package io.auspex.assuranceagent;

import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.HealthChange;
import io.auspex.assuranceengine.HealthListener;
import io.auspex.assuranceengine.graph.GraphUpdate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the engine's writer says off its hands and passes it on, in order, on a thread of its own. When that thread does
 * not keep up, the writer waits, or batches are lost: then nothing slows the writer, and who listens is told what it missed.
 */
public final class HealthEvents implements HealthListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthEvents.class);
    private static final int BATCHES = 256;

    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(BATCHES);
    private final List<HealthListener> listeners;
    private final @Nullable Consumer<List<HealthChange>> missed;
    private final Thread thread;

    /** What the writer said, to be said again. */
    private interface Event {
        void tell(HealthListener listener);
    }

    private HealthEvents(List<HealthListener> listeners, @Nullable Consumer<List<HealthChange>> missed) {
        this.listeners = List.copyOf(listeners);
        this.missed = missed;
        this.thread = Thread.ofPlatform().name("health-events").daemon().unstarted(this::run);
    }

    /** For listeners that have to hear everything. */
    public static HealthEvents waiting(List<HealthListener> listeners) {
        return new HealthEvents(listeners, null);
    }

    /** @param missed told, by the writer, of changes that the listener will not hear of */
    public static HealthEvents losing(HealthListener listener, Consumer<List<HealthChange>> missed) {
        return new HealthEvents(List.of(listener), missed);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void healthChanged(List<HealthChange> changes, EngineSnapshot snapshot, Instant at) {
        Event event = listener -> listener.healthChanged(changes, snapshot, at);
        if (missed == null) {
            put(event);
        } else if (!queue.offer(event)) {
            missed.accept(changes);
        }
    }

    /** Told to those that hear everything. */
    @Override
    public void graphChanged(GraphUpdate update) {
        if (missed == null) {
            put(listener -> listener.graphChanged(update));
        }
    }

    private void put(Event event) {
        try {
            queue.put(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                Event event = queue.take();
                for (HealthListener listener : listeners) {
                    try {
                        event.tell(listener);
                    } catch (RuntimeException e) {
                        LOG.atError().setCause(e).log("a change could not be passed on");
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
