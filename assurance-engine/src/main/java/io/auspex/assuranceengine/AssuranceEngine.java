package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.Platform;
import io.auspex.assuranceengine.collection.CollectionPlan;
import io.auspex.assuranceengine.collection.CollectionPlanListener;
import io.auspex.assuranceengine.collection.DeviceSession;
import io.auspex.assuranceengine.collection.MetricBatch;
import io.auspex.assuranceengine.collection.YangModule;
import io.auspex.assuranceengine.graph.AssuranceGraph;
import io.auspex.assuranceengine.graph.GraphChange;
import io.auspex.assuranceengine.graph.GraphFaultsException;
import io.auspex.assuranceengine.graph.GraphUpdate;
import io.auspex.assuranceengine.graph.SubserviceId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SAIN agent's engine (RFC 9417 §3.4): subservices, metric values and device sessions go in, health and symptoms come out.
 * What goes in waits in a bounded queue for the one writer; what comes out is an immutable snapshot, and for listeners the
 * changes of each batch. All methods may be called from any thread.
 */
public final class AssuranceEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AssuranceEngine.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int BATCH = 1_024;
    private static final long TICK_MILLIS = 500;

    private final Catalogue catalogue;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final BlockingQueue<EngineEvent> queue;
    private final Writer writer;
    private final ReentrantLock graphLock = new ReentrantLock();
    private final ReentrantLock writerLock = new ReentrantLock();
    private final List<HealthListener> healthListeners = new CopyOnWriteArrayList<>();
    private final List<CollectionPlanListener> planListeners = new CopyOnWriteArrayList<>();
    private final AtomicLong lost = new AtomicLong();
    private volatile AssuranceGraph graph = AssuranceGraph.empty();
    private volatile EngineSnapshot snapshot;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    /**
     * An engine without subservices, which does nothing until {@link #start} or {@link #runPending}.
     *
     * @param clock wall clock, for what people read
     * @param ticker nanoseconds of a clock that never steps, such as {@code System::nanoTime}, for ages
     */
    public AssuranceEngine(EngineConfig config, Catalogue catalogue, InstantSource clock, LongSupplier ticker) {
        this.catalogue = catalogue;
        this.clock = clock;
        this.ticker = ticker;
        this.queue = new ArrayBlockingQueue<>(config.queueLength());
        this.writer = new Writer(config, catalogue, clock.instant(), ticker.getAsLong());
        this.snapshot = writer.snapshot();
    }

    public void addHealthListener(HealthListener listener) {
        healthListeners.add(listener);
    }

    public void removeHealthListener(HealthListener listener) {
        healthListeners.remove(listener);
    }

    public void addCollectionPlanListener(CollectionPlanListener listener) {
        planListeners.add(listener);
    }

    /** Starts the writer's thread. */
    public void start() {
        thread = Thread.ofPlatform().name("assurance-engine").daemon().start(this::run);
    }

    /** Ends the writer's thread; what waits in the queue is dropped. */
    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** The graph as last committed; its health may be a batch behind. */
    public AssuranceGraph graph() {
        return graph;
    }

    /** The graph and its health after the last batch. */
    public EngineSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Changes the assurance graph, at once for {@link #graph} and with the next batch for {@link #snapshot}.
     *
     * @throws GraphFaultsException where the change is refused; {@code graph().check(change)} tells before
     * @throws IllegalStateException where the engine has not kept up for 30 seconds
     */
    public GraphUpdate commit(GraphChange change) throws GraphFaultsException {
        graphLock.lock();
        try {
            GraphUpdate update = graph.with(change, clock.instant());
            put(update);
            return update;
        } finally {
            graphLock.unlock();
        }
    }

    /** As {@link #commit(GraphChange)}, for a change that was tried before; false, and nothing done, where the graph is another since. */
    public boolean commit(GraphUpdate update) {
        graphLock.lock();
        try {
            if (update.before() != graph) {
                return false;
            }
            put(update);
            return true;
        } finally {
            graphLock.unlock();
        }
    }

    private void put(GraphUpdate update) {
        if (update.after() != graph) {
            put(new EngineEvent.GraphChanged(update));
            graph = update.after();
        }
    }

    /** Takes metric values in; false where the queue is full and they are lost, which {@link #statistics} counts. */
    public boolean offer(MetricBatch batch) {
        return offered(new EngineEvent.Values(batch, ticker.getAsLong()), batch.size());
    }

    /** Takes values from probes in, for metrics whose source is {@code reported}; false where they are lost. */
    public boolean report(List<ReportedValue> values) {
        return offered(new EngineEvent.Reported(values, clock.instant(), ticker.getAsLong()), values.size());
    }

    /** Waits until all that came in before is in {@link #snapshot}; false where that took longer. */
    public boolean settle(Duration patience) {
        CountDownLatch passed = new CountDownLatch(1);
        try {
            return queue.offer(new EngineEvent.Barrier(passed), patience.toMillis(), TimeUnit.MILLISECONDS)
                    && passed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How the session with a device stands now. */
    public void sessionChanged(DeviceSession session) {
        put(new EngineEvent.SessionChanged(session));
    }

    /** The modules that a device announces; an empty set where it announces none, so that all candidates are tried. */
    public void modulesAnnounced(String device, Set<YangModule> modules) {
        put(new EngineEvent.ModulesAnnounced(device, modules));
    }

    /** How far a device's clock is ahead of ours, negative when it is behind; known until its session is another. */
    public void clockMeasured(String device, Duration ahead) {
        put(new EngineEvent.ClockMeasured(device, ahead));
    }

    /** How often values are collected from a device; they are stale after three times that. */
    public void periodSet(String device, Duration period) {
        put(new EngineEvent.PeriodSet(device, period));
    }

    /** What kind of device it is, as far as that is known: implementations that are for others are not tried. */
    public void platformSet(String device, Platform platform) {
        put(new EngineEvent.PlatformSet(device, platform));
    }

    /** The device is no longer in the inventory. */
    public void deviceForgotten(String device) {
        put(new EngineEvent.DeviceForgotten(device));
    }

    /** What is to be collected from a device now; drawn by this call, which takes as long as the device has metrics. */
    public CollectionPlan collectionPlan(String device) {
        return ask(() -> writer.plan(device));
    }

    /** Which implementations a device was seen to serve. */
    public List<ChosenImplementation> chosenImplementations(String device) {
        return ask(() -> writer.chosen(device));
    }

    /** The metric values behind a subservice; empty where it has none or does not exist. */
    public List<MetricReading> readings(SubserviceId id) {
        return ask(() -> writer.readings(id));
    }

    /** The metric values behind each of some subservices, all as of one moment. */
    public Map<SubserviceId, List<MetricReading>> readings(Collection<SubserviceId> ids) {
        return ask(() -> {
            Map<SubserviceId, List<MetricReading>> readings = new LinkedHashMap<>();
            ids.forEach(id -> readings.put(id, writer.readings(id)));
            return readings;
        });
    }

    /** Why the subservice has its health; empty where it does not exist. */
    public Optional<Explanation> explain(SubserviceId id) {
        return ask(() -> new Explainer(writer.snapshot(), catalogue, writer::readings).explain(id));
    }

    public EngineStatistics statistics() {
        return ask(() -> writer.statistics(lost.get(), queue.size()));
    }

    /** Bytes of the arrays that hold the state, identity, configuration and symptoms apart. */
    public long stateBytes() {
        return ask(writer::stateBytes);
    }

    /** Works off what waits in the queue, on this thread: for an engine that was not started. */
    public void runPending() {
        List<EngineEvent> events = new ArrayList<>();
        queue.drainTo(events);
        process(events);
    }

    private void run() {
        List<EngineEvent> events = new ArrayList<>(BATCH);
        while (!closed) {
            try {
                EngineEvent first = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    events.add(first);
                    queue.drainTo(events, BATCH - 1);
                }
                process(events);
            } catch (InterruptedException e) {
                closed = true;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).addKeyValue("events", events.size()).log("batch failed");
            }
            events.clear();
        }
    }

    private void process(List<EngineEvent> events) {
        Writer.Outcome outcome;
        writerLock.lock();
        try {
            outcome = writer.process(events, clock.instant(), ticker.getAsLong());
            snapshot = outcome.snapshot();
            for (EngineEvent event : events) {
                if (event instanceof EngineEvent.Barrier(var passed)) {
                    passed.countDown();
                }
            }
        } finally {
            writerLock.unlock();
            // The graph has changed whatever becomes of the batch.
            tellGraphChanges(events);
        }
        for (String device : outcome.outdatedPlans()) {
            planListeners.forEach(listener -> guarded(() -> listener.planOutdated(device)));
        }
        if (!outcome.changes().isEmpty()) {
            EngineSnapshot now = outcome.snapshot();
            healthListeners.forEach(
                    listener -> guarded(() -> listener.healthChanged(outcome.changes(), now, now.at())));
        }
    }

    private void tellGraphChanges(List<EngineEvent> events) {
        for (EngineEvent event : events) {
            if (event instanceof EngineEvent.GraphChanged(var update)) {
                healthListeners.forEach(listener -> guarded(() -> listener.graphChanged(update)));
            }
        }
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("listener failed");
        }
    }

    private boolean offered(EngineEvent event, int values) {
        boolean taken = queue.offer(event);
        if (!taken) {
            lost.addAndGet(values);
        }
        return taken;
    }

    private void put(EngineEvent event) {
        try {
            if (queue.offer(event, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("the assurance engine has not taken an event for " + PATIENCE.toSeconds()
                + " s; its queue holds " + queue.size());
    }

    /** Reads the writer's own state between two batches. */
    private <T> T ask(Supplier<T> question) {
        boolean locked = false;
        try {
            locked = writerLock.tryLock(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            if (!locked) {
                throw new IllegalStateException(
                        "the assurance engine did not answer within " + ANSWER_WITHIN.toSeconds() + " s");
            }
            return question.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the assurance engine", e);
        } finally {
            if (locked) {
                writerLock.unlock();
            }
        }
    }
}
