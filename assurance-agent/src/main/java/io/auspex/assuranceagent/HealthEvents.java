package io.auspex.assuranceagent;

import io.auspex.assuranceengine.EngineSnapshot;
import io.auspex.assuranceengine.HealthChange;
import io.auspex.assuranceengine.HealthListener;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the engine's writer says off its hands and passes it on, in order, on a thread of its own. When that thread does
 * not keep up, the writer waits: nothing is lost and nothing grows without bound.
 */
public final class HealthEvents implements HealthListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthEvents.class);
    private static final int BATCHES = 256;

    private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(BATCHES);
    private final List<HealthListener> listeners;
    private final Thread thread;

    private record Batch(List<HealthChange> changes, EngineSnapshot snapshot, Instant at) {}

    public HealthEvents(List<HealthListener> listeners) {
        this.listeners = List.copyOf(listeners);
        this.thread = Thread.ofPlatform().name("health-events").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void healthChanged(List<HealthChange> changes, EngineSnapshot snapshot, Instant at) {
        try {
            queue.put(new Batch(changes, snapshot, at));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                Batch batch = queue.take();
                for (HealthListener listener : listeners) {
                    try {
                        listener.healthChanged(batch.changes(), batch.snapshot(), batch.at());
                    } catch (RuntimeException e) {
                        LOG.atError()
                                .setCause(e)
                                .addKeyValue("changes", batch.changes().size())
                                .log("changes of health could not be passed on");
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
