package io.auspex.devicesimulator;

import io.auspex.datastore.OperationalProvider;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The interfaces of a device as operational state of ietf-interfaces (RFC 8343 or RFC 7223). */
final class InterfaceState implements OperationalProvider {
    private static final String MODULE = "ietf-interfaces";

    private final ModelContext model;
    private final SchemaNode top;
    private final boolean separate;
    private final InstantSource clock;
    private final SimulatedTelemetry telemetry;
    private final Map<String, LiveInterface> interfaces = new LinkedHashMap<>();
    private final List<Feed> feeds = new CopyOnWriteArrayList<>();
    private Instant countersTold;

    InterfaceState(
            ModelContext model,
            DeviceModel kind,
            List<SimulatedInterface> specs,
            SimulatedTelemetry telemetry,
            InstantSource clock) {
        this.telemetry = telemetry;
        this.model = model;
        this.separate = kind == DeviceModel.RFC7223;
        this.clock = clock;
        this.top = model.root()
                .child(MODULE, separate ? "interfaces-state" : "interfaces")
                .orElseThrow();
        var boot = clock.instant();
        countersTold = boot;
        specs.forEach(s -> interfaces.put(s.name(), new LiveInterface(s, boot)));
    }

    /** @throws IllegalArgumentException there is no such interface */
    LiveInterface find(String name) {
        var found = interfaces.get(name);
        if (found == null) {
            throw new IllegalArgumentException("there is no interface '" + name + "', only " + interfaces.keySet());
        }
        return found;
    }

    Collection<LiveInterface> all() {
        return interfaces.values();
    }

    @Override
    public Set<SchemaNode> roots() {
        return Set.of(top);
    }

    @Override
    public InnerNode state(InnerNode running) {
        var now = clock.instant();
        return NodeBuilder.node(
                model.root(),
                root -> root.container(
                        top.qualifiedName(),
                        list -> interfaces
                                .values()
                                .forEach(i -> list.entry("interface", entry -> {
                                    entry.leaf("name", i.spec().name());
                                    if (separate) {
                                        entry.leaf(
                                                "type",
                                                model.identity("iana-if-type:"
                                                        + i.spec().type()));
                                    }
                                    i.describe(entry, now);
                                }))));
    }

    @Override
    public boolean feeds() {
        return telemetry == SimulatedTelemetry.ON_CHANGE;
    }

    @Override
    public AutoCloseable feed(Feed feed) {
        feeds.add(feed);
        return () -> feeds.remove(feed);
    }

    /** An interface is not as it was. */
    void tell(String name) {
        if (!feeds.isEmpty()) {
            var list = top.child("interface").orElseThrow();
            var path = DataPath.root(model.root()).child(top).entry(list, ListKey.of(name));
            feeds.forEach(feed -> feed.changed(path));
        }
    }

    /** Counters run all the time, and are told once a second; to be called more often. */
    void tellCounters() {
        var now = clock.instant();
        if (feeds() && !now.isBefore(countersTold.plusSeconds(1))) {
            countersTold = now;
            interfaces.keySet().forEach(this::tell);
        }
    }
}
