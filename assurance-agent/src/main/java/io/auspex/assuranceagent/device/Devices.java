package io.auspex.assuranceagent.device;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.datastore.CommitListener;
import io.auspex.datastore.OperationalProvider;
import io.auspex.netconfsouthbound.CollectionPlan;
import io.auspex.netconfsouthbound.DeviceSessions;
import io.auspex.netconfsouthbound.Telemetry;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.ModelContext;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The devices of running: their sessions, what is collected from them for the engine, and their state. */
public final class Devices implements AutoCloseable {
    private final PinnedHostKeys hostKeys;
    private final DeviceSessions sessions;
    private final DeviceInventory inventory;
    private final DeviceStateProvider state;

    /**
     * Devices without any session yet.
     *
     * @param hostKeyFile where keys pinned on first use are kept
     * @throws java.io.UncheckedIOException where that file cannot be used
     */
    public Devices(
            ModelContext model, Catalogue catalogue, AssuranceEngine engine, Path hostKeyFile, InstantSource clock) {
        DeviceSchema schema = new DeviceSchema(model);
        hostKeys = new PinnedHostKeys(hostKeyFile);
        DeviceBoard board = new DeviceBoard(this::changed);
        state = new DeviceStateProvider(schema, engine, catalogue, board, hostKeys, this::telemetry);
        Collection collection = new Collection(engine, board, this::collect);
        engine.addCollectionPlanListener(collection);
        sessions = new DeviceSessions(collection, hostKeys, clock);
        inventory = new DeviceInventory(
                model, schema, new DeviceInventory.Effects(sessions, engine, collection, board, hostKeys));
    }

    /** Keeps the sessions what running says, and refuses what cannot be a session. */
    public CommitListener listener() {
        return inventory;
    }

    /** Serves the state of the devices. */
    public OperationalProvider provider() {
        return state;
    }

    /** How many devices are in each session state. */
    public Map<String, Integer> byState() {
        return state.byState();
    }

    /** Makes the sessions those of a state of running. */
    public void apply(TreeNode running) {
        inventory.apply(running);
    }

    private void collect(String device, Supplier<CollectionPlan> plan) {
        sessions.collect(device, plan);
    }

    private Optional<Telemetry> telemetry(String device) {
        return sessions.telemetry(device);
    }

    private void changed(String device) {
        state.changed(device);
    }

    /** Ends all sessions. */
    @Override
    public void close() {
        inventory.close();
        sessions.close();
        hostKeys.close();
    }
}
