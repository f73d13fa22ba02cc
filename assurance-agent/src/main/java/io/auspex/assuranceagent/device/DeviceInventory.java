package io.auspex.assuranceagent.device;

import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.datastore.ChangeSet;
import io.auspex.datastore.CommitListener;
import io.auspex.netconfsouthbound.DeviceSessions;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the devices of auspex-devices in running the sessions of netconf-southbound. A change of one device touches no
 * other. Closing a session may wait for the device, so a thread of its own does it, in the order of commits.
 */
final class DeviceInventory implements CommitListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceInventory.class);

    private final DeviceSchema schema;
    private final DeviceReader reader;
    private final Effects effects;
    private final ExecutorService inOrder = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("inventory").factory());
    private volatile @Nullable TreeList applied;

    /** What a change of the inventory acts on. */
    record Effects(
            DeviceSessions sessions,
            AssuranceEngine engine,
            Collection collection,
            DeviceBoard board,
            PinnedHostKeys hostKeys) {
        void put(InventoryDevice device) {
            engine.periodSet(device.name(), device.period());
            engine.platformSet(device.name(), device.platform());
            sessions.put(device.config());
            collection.planOutdated(device.name());
        }

        void remove(String device) {
            sessions.remove(device);
            engine.deviceForgotten(device);
            collection.forget(device);
            board.forget(device);
            hostKeys.forget(device);
        }
    }

    DeviceInventory(ModelContext model, DeviceSchema schema, Effects effects) {
        this.schema = schema;
        this.reader = new DeviceReader(model, schema);
        this.effects = effects;
    }

    @Override
    public void validate(ChangeSet changes) throws YangException {
        List<YangError> errors = new ArrayList<>();
        TreeList.differences(applied, list(changes.after()), (_, after, _) -> {
            if (after != null) {
                try {
                    reader.read(after);
                } catch (YangException e) {
                    errors.addAll(e.errors());
                }
            }
        });
        if (!errors.isEmpty()) {
            throw new YangException(errors);
        }
    }

    @Override
    public void committed(ChangeSet changes) {
        apply(changes.after());
    }

    /** Makes the sessions those of a state of running. */
    void apply(TreeNode running) {
        TreeList now = list(running);
        TreeList.differences(applied, now, (before, after, _) -> {
            if (after != null) {
                put(after);
            } else if (before != null) {
                String name = DeviceReader.name(before);
                later(() -> effects.remove(name));
            }
        });
        applied = now;
    }

    private void put(InnerNode entry) {
        try {
            InventoryDevice device = reader.read(entry);
            later(() -> effects.put(device));
        } catch (YangException e) {
            // Every commit was checked, so this is a running that came from elsewhere.
            LOG.atError()
                    .addKeyValue("device", DeviceReader.name(entry))
                    .addKeyValue("why", e.getMessage())
                    .log("device is not read");
        }
    }

    private void later(Runnable change) {
        inOrder.execute(() -> {
            try {
                change.run();
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("a change of the inventory failed");
            }
        });
    }

    private @Nullable TreeList list(TreeNode root) {
        return root.child(schema.container) instanceof InnerNode container
                        && container.child(schema.list) instanceof TreeList list
                ? list
                : null;
    }

    /** Changes that wait are dropped; the sessions are closed by whoever made them. */
    @Override
    public void close() {
        inOrder.shutdownNow();
    }
}
