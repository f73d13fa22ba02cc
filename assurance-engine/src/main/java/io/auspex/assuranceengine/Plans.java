package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.MetricDefinition;
import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.assuranceengine.catalogue.MetricPath;
import io.auspex.assuranceengine.catalogue.MetricSource;
import io.auspex.assuranceengine.collection.CollectionItem;
import io.auspex.assuranceengine.collection.CollectionPlan;
import io.auspex.assuranceengine.collection.MetricHandle;
import io.auspex.expressions.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws up what is to be collected from a device; a leaf that feeds several metrics is collected once. */
final class Plans {
    private final EngineState state;

    Plans(EngineState state) {
        this.state = state;
    }

    private record Leaf(MetricImplementation implementation, MetricPath path, ValueType type, Duration period) {}

    /**
     * The devices of the inventory whose plan was drawn, or never was, before something touched it; each is named once until its
     * plan is drawn again. Devices that nothing needs any more are forgotten.
     */
    List<String> takeOutdated() {
        if (state.touchedDevices.isEmpty()) {
            return List.of();
        }
        List<String> outdated = new ArrayList<>();
        for (Device device : state.touchedDevices) {
            if (device.configured && !device.planOutdated) {
                device.planOutdated = true;
                outdated.add(device.name);
            } else if (device.nodes.isEmpty() && device.session == null && !device.configured) {
                state.removeDevice(device);
            }
        }
        state.touchedDevices.clear();
        return outdated;
    }

    /** What is to be collected from the device now: costs as much as it has metrics. */
    CollectionPlan draw(Device device) {
        device.planOutdated = false;
        Map<Leaf, List<Long>> leaves = new LinkedHashMap<>();
        for (int i = 0; i < device.nodes.size(); i++) {
            int node = device.nodes.get(i);
            CompiledType type = state.nodes.type(node);
            for (int m = 0; type != null && m < type.metrics; m++) {
                if (type.metric(m).source() instanceof MetricSource.Device source) {
                    add(leaves, device, node, type, m, source);
                }
            }
        }
        List<CollectionItem> items = new ArrayList<>(leaves.size());
        leaves.forEach((leaf, handles) -> items.add(new CollectionItem(
                leaf.implementation,
                leaf.path,
                leaf.type,
                leaf.period,
                handles.stream().mapToLong(Long::longValue).toArray())));
        return new CollectionPlan(device.name, items);
    }

    private void add(
            Map<Leaf, List<Long>> leaves,
            Device device,
            int node,
            CompiledType type,
            int m,
            MetricSource.Device source) {
        Device.Choice choice = device.choice(type, m, source);
        MetricDefinition metric = type.metric(m);
        int[] candidates = choice.chosen == Device.Choice.NONE ? choice.order : new int[] {choice.chosen};
        for (int candidate : candidates) {
            MetricImplementation implementation = source.candidates().get(candidate);
            MetricPath path = implementation
                    .path()
                    .expand(state.nodes.at(node).subservice().parameters());
            leaves.computeIfAbsent(
                            new Leaf(implementation, path, metric.type(), metric.periodOr(device.period)),
                            leaf -> new ArrayList<>(1))
                    .add(MetricHandle.of(node, m, candidate, state.nodes.generation(node)));
        }
    }

    /** What the device was seen to serve. */
    List<ChosenImplementation> chosen(Device device) {
        Map<String, ChosenImplementation> chosen = new LinkedHashMap<>();
        for (int i = 0; i < device.nodes.size(); i++) {
            CompiledType type = state.nodes.type(device.nodes.get(i));
            for (int m = 0; type != null && m < type.metrics; m++) {
                if (type.metric(m).source() instanceof MetricSource.Device source) {
                    int candidate = device.choice(type, m, source).chosen;
                    if (candidate != Device.Choice.NONE) {
                        String name = type.metric(m).name();
                        String identity = type.definition.identity();
                        chosen.putIfAbsent(
                                identity + " " + name,
                                new ChosenImplementation(
                                        identity, name, source.candidates().get(candidate)));
                    }
                }
            }
        }
        return List.copyOf(chosen.values());
    }
}
