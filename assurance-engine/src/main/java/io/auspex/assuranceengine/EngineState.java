package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import io.auspex.expressions.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the writer keeps; only the writer touches it. */
final class EngineState {
    final EngineConfig config;
    final TextPool texts = new TextPool();
    final Map<String, CompiledType> types = new HashMap<>();
    private final List<CompiledType> typesByIndex = new ArrayList<>();
    final Nodes nodes = new Nodes(typesByIndex);
    final MetricSlots slots = new MetricSlots();
    final States states = new States();
    final BatchChanges changes;
    final SymptomIds symptomIds;
    /** Subservices whose own symptoms are to be evaluated. */
    final IntList dirtyNodes = new IntList();
    /** The recent past of the metrics that rules look back at, by subservice. */
    final Map<Integer, @Nullable Samples[]> pasts = new HashMap<>();
    /** Devices of which this batch changed what is to be collected. */
    final Set<Device> touchedDevices = new LinkedHashSet<>();

    /** Wall clock, tenths of a second and milliseconds of the engine's clock, as of this batch. */
    Instant now;

    int tenths;
    long millis;

    private final Map<String, Device> devices = new HashMap<>();
    private final List<@Nullable Device> devicesByIndex = new ArrayList<>();

    EngineState(EngineConfig config, Catalogue catalogue, Instant start) {
        this.config = config;
        this.now = start;
        this.symptomIds = new SymptomIds(start);
        this.changes = new BatchChanges(this);
        for (SubserviceType type : catalogue.types()) {
            CompiledType compiled = new CompiledType(type, types.size(), texts);
            types.put(type.identity(), compiled);
            typesByIndex.add(compiled);
        }
    }

    /** Notes metrics of a subservice as changed, one bit each. */
    void markDirty(int node, int metrics) {
        if (nodes.markDirty(node, metrics)) {
            dirtyNodes.add(node);
        }
    }

    Device device(String name) {
        Device device = devices.get(name);
        if (device == null) {
            device = new Device(name, devicesByIndex.size(), config.defaultPeriod());
            devices.put(name, device);
            devicesByIndex.add(device);
        }
        return device;
    }

    @Nullable
    Device knownDevice(String name) {
        return devices.get(name);
    }

    @Nullable
    Device deviceOf(int node) {
        int device = nodes.device(node);
        return device == Nodes.NO_DEVICE ? null : devicesByIndex.get(device);
    }

    /** How often values are collected for a subservice. */
    Duration periodOf(int node) {
        Device device = deviceOf(node);
        return device == null ? config.defaultPeriod() : device.period;
    }

    void removeDevice(Device device) {
        devices.remove(device.name);
        devicesByIndex.set(device.index, null);
    }
}
