package io.auspex.assuranceagent;

import io.auspex.assuranceagent.device.Devices;
import io.auspex.assuranceagent.past.HistoryAnswers;
import io.auspex.assuranceagent.past.HistoryRecorder;
import io.auspex.assuranceagent.past.HistorySettings;
import io.auspex.assuranceagent.relevantstate.RelevantStates;
import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.EngineConfig;
import io.auspex.datastore.Datastores;
import io.auspex.history.History;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.EventStreams;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.ModelContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SAIN agent (RFC 9417 §2): subservices of running become the engine's graph, its health becomes operational state,
 * notifications and relevant states, the device inventory becomes sessions. All of it starts anew from running.
 */
public final class AssuranceAgent implements AutoCloseable {
    /** The stream of {@code health-changed} and {@code graph-changed}. */
    public static final String HEALTH = "health";

    /** The stream of {@code relevant-state-notification}, which {@link #NETCONF} has too. */
    public static final String RELEVANT_STATE = "relevant-state";

    /** The default stream (RFC 5277 §3.2.3). */
    public static final String NETCONF = "NETCONF";

    private static final Logger LOG = LoggerFactory.getLogger(AssuranceAgent.class);

    private final String id;
    private final AssuranceEngine engine;
    private final HealthEvents events;
    private final HealthEvents past;
    private final RunningGraph graph;
    private final History history;
    private final HistorySettings historySettings;
    private final AssuranceStateProvider health;
    private final Devices devices;
    private final List<EventStream> relevantStates;
    private final AgentOperations operations;
    private final List<AutoCloseable> registrations = new ArrayList<>();
    private final GraphNotifications notifications;

    private AssuranceAgent(AgentConfig config, Datastores datastores, EventStreams streams) {
        ModelContext model = config.model();
        AssuranceSchema schema = new AssuranceSchema(model);
        InstantSource clock = config.clock();
        id = AgentIdentity.of(config.dataDir());
        relevantStates = List.of(stream(streams, RELEVANT_STATE), stream(streams, NETCONF));
        engine = new AssuranceEngine(EngineConfig.of(id), config.catalogue(), clock, System::nanoTime);
        health = new AssuranceStateProvider(schema, engine, id, clock.instant());
        history = History.start(config.history(), clock);
        historySettings = new HistorySettings(schema.root, schema.history, history);
        HistoryRecorder recorder = new HistoryRecorder(engine, history);
        operations = new AgentOperations(
                config, schema, engine, datastores::running, new HistoryAnswers(history, clock, schema));
        notifications = new GraphNotifications(model, schema, id, stream(streams, HEALTH));
        graph = new RunningGraph(engine, schema, clock, update -> {
            health.graphChanged(update.changed());
            recorder.graphChanged(update.changed());
        });
        events = HealthEvents.waiting(List.of(
                notifications,
                new HealthNotifications(model, schema, id, stream(streams, HEALTH)),
                RelevantStates.notifying(engine, model, clock, this::publish),
                new StateFeeds(health)));
        past = HealthEvents.losing(recorder, recorder::missed);
        engine.addHealthListener(events);
        engine.addHealthListener(past);

        devices =
                new Devices(model, config.catalogue(), engine, config.dataDir().resolve("host-keys"), clock);
    }

    /**
     * Starts assuring what running says, and takes part in every commit from then on. To be called before the first edit.
     *
     * @throws IllegalArgumentException where the model lacks a module or a stream is missing
     * @throws java.io.UncheckedIOException where the data folder cannot be used
     */
    public static AssuranceAgent start(AgentConfig config, Datastores datastores, EventStreams streams) {
        AssuranceAgent agent = new AssuranceAgent(config, datastores, streams);
        agent.run(datastores);
        return agent;
    }

    private void run(Datastores datastores) {
        registrations.add(datastores.listen(graph));
        registrations.add(datastores.listen(devices.listener()));
        registrations.add(datastores.listen(historySettings));
        registrations.add(datastores.provide(health));
        registrations.add(datastores.provide(historySettings));
        registrations.add(datastores.provide(devices.provider()));
        TreeNode running = datastores.running();
        historySettings.apply(running);
        graph.apply(running);
        // What running says at the start is no change.
        notifications.knows(engine.graph().version());
        events.start();
        past.start();
        engine.start();
        devices.apply(running);
        LOG.atInfo()
                .addKeyValue("agent", id)
                .addKeyValue("subservices", engine.graph().size())
                .log("agent started");
    }

    /** The id under which this agent stands in {@code agents} of ietf-service-assurance. */
    public String id() {
        return id;
    }

    /** How the agent is doing at this moment. */
    public AgentStatistics statistics() {
        return new AgentStatistics(engine.statistics(), engine.graph().size(), devices.byState());
    }

    /** What it answers. */
    public AgentOperations operations() {
        return operations;
    }

    private void publish(Notification relevantState) {
        relevantStates.forEach(stream -> stream.publish(relevantState));
    }

    private static EventStream stream(EventStreams streams, String name) {
        return streams.find(name).orElseThrow(() -> new IllegalArgumentException("there is no event stream " + name));
    }

    /** Ends all sessions and threads; running stays as it is. */
    @Override
    public void close() {
        registrations.forEach(AssuranceAgent::end);
        graph.close();
        devices.close();
        engine.close();
        events.close();
        past.close();
        history.close();
    }

    private static void end(AutoCloseable registration) {
        try {
            registration.close();
        } catch (Exception e) {
            LOG.atWarn().setCause(e).log("a registration of the agent could not be ended");
        }
    }
}
