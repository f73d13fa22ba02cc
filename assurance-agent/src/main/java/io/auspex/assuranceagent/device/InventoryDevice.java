package io.auspex.assuranceagent.device;

import io.auspex.assuranceengine.catalogue.Platform;
import io.auspex.netconfsouthbound.DeviceConfig;
import java.time.Duration;

/** A device of the inventory: how it is reached, how often it is read, and what kind it is. */
record InventoryDevice(DeviceConfig config, Duration period, Platform platform) {
    String name() {
        return config.name();
    }
}
