package io.auspex.assuranceagent.device;

import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfsouthbound.DeviceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was last seen of each device's session, for those who read operational state. */
final class DeviceBoard {
    private final Map<String, Seen> devices = new ConcurrentHashMap<>();
    private final Consumer<String> changed;

    /** @param changed told which device's state has changed */
    DeviceBoard(Consumer<String> changed) {
        this.changed = changed;
    }

    /**
     * The session with one device.
     *
     * @param lastError what went wrong the last time something did
     * @param capabilities of the present session or of the last one
     */
    record Seen(DeviceState state, @Nullable String lastError, List<String> capabilities) {
        Seen {
            capabilities = List.copyOf(capabilities);
        }
    }

    void stateChanged(String device, DeviceState state) {
        devices.compute(device, (_, before) -> new Seen(state, lastError(before, state), capabilities(before, state)));
        changed.accept(device);
    }

    /** Something else that is shown of a device has changed. */
    void changed(String device) {
        changed.accept(device);
    }

    void forget(String device) {
        devices.remove(device);
    }

    Optional<Seen> find(String device) {
        return Optional.ofNullable(devices.get(device));
    }

    List<Seen> all() {
        return List.copyOf(devices.values());
    }

    private static @Nullable String lastError(@Nullable Seen before, DeviceState state) {
        if (!state.detail().isEmpty()) {
            return state.detail();
        }
        return before == null ? null : before.lastError();
    }

    private static List<String> capabilities(@Nullable Seen before, DeviceState state) {
        if (state instanceof DeviceState.Up up) {
            return up.capabilities().all().stream().map(Capability::uri).toList();
        }
        return before == null ? List.of() : before.capabilities();
    }
}
