package io.auspex.assuranceagent.device;

import io.auspex.netconfsouthbound.DeviceConfig;
import java.time.Duration;

/** A device of the inventory: how it is reached, and how often it is read. */
record InventoryDevice(DeviceConfig config, Duration period) {
    String name() {
        return config.name();
    }
}
