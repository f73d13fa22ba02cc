package io.auspex.assuranceagent.device;

import io.auspex.assuranceagent.tree.FeedHub;
import io.auspex.assuranceagent.tree.SchemaNodes;
import io.auspex.assuranceagent.tree.StateBeside;
import io.auspex.assuranceagent.tree.StateNode;
import io.auspex.assuranceengine.AssuranceEngine;
import io.auspex.assuranceengine.ChosenImplementation;
import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.MetricImplementation;
import io.auspex.assuranceengine.catalogue.MetricPath;
import io.auspex.datastore.OperationalProvider;
import io.auspex.netconfsouthbound.DeviceState;
import io.auspex.netconfsouthbound.Telemetry;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.EnumerationType;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Serves {@code devices/device/state} of auspex-devices: how the session is, what the device said, how it is read. */
final class DeviceStateProvider implements OperationalProvider {
    private final DeviceSchema schema;
    private final AssuranceEngine engine;
    private final Catalogue catalogue;
    private final DeviceBoard board;
    private final PinnedHostKeys hostKeys;
    private final Function<String, Optional<Telemetry>> telemetry;
    private final TelemetryState telemetryState;
    private final FeedHub feeds = new FeedHub();

    DeviceStateProvider(
            DeviceSchema schema,
            AssuranceEngine engine,
            Catalogue catalogue,
            DeviceBoard board,
            PinnedHostKeys hostKeys,
            Function<String, Optional<Telemetry>> telemetry) {
        this.schema = schema;
        this.engine = engine;
        this.catalogue = catalogue;
        this.board = board;
        this.hostKeys = hostKeys;
        this.telemetry = telemetry;
        this.telemetryState = new TelemetryState(schema);
    }

    @Override
    public Set<SchemaNode> roots() {
        return Set.of(schema.container);
    }

    @Override
    public @Nullable InnerNode state(InnerNode running) {
        if (!(running.child(schema.container) instanceof InnerNode devices)
                || !(devices.child(schema.list) instanceof ListNode configured)) {
            return null;
        }
        return StateNode.of(schema.root, StateNode.of(schema.container, new StateBeside(configured, this::device)));
    }

    @Override
    public boolean feeds() {
        return true;
    }

    @Override
    public AutoCloseable feed(Feed feed) {
        return feeds.add(feed);
    }

    Map<String, Integer> byState() {
        Map<String, Integer> count = new TreeMap<>();
        if (SchemaNodes.child(schema.state, "session-state").type() instanceof EnumerationType states) {
            states.values().keySet().forEach(name -> count.put(name, 0));
        }
        board.all().forEach(seen -> count.merge(sessionState(seen.state()), 1, Integer::sum));
        return count;
    }

    void changed(String device) {
        feeds.changed(schema.path(device));
    }

    private InnerNode device(ListKey key) {
        String name = (String) key.value(0);
        return StateNode.entry(
                schema.list,
                key,
                List.of(schema.name, schema.state),
                _ -> board.find(name).map(seen -> state(name, seen)).orElse(null));
    }

    private InnerNode state(String name, DeviceBoard.Seen seen) {
        return new StateNode(schema.state, schema.state.children(), part -> part(part, name, seen));
    }

    private @Nullable DataNode part(SchemaNode part, String name, DeviceBoard.Seen seen) {
        return switch (part.name()) {
            case "session-state" -> new LeafNode(part, sessionState(seen.state()));
            case "since" -> new LeafNode(part, seen.state().since().toString());
            case "last-error" -> StateNode.leaf(part, seen.lastError());
            case "host-key-seen" ->
                StateNode.leaf(part, hostKeys.fingerprintSeen(name).orElse(null));
            case "capabilities" ->
                seen.capabilities().isEmpty()
                        ? null
                        : TreeLeafList.of(
                                part,
                                seen.capabilities().stream().sorted().distinct().toList());
            case "implementation" -> implementations(name);
            case "telemetry" ->
                telemetry.apply(name).map(telemetryState::telemetry).orElse(null);
            case "clock" ->
                telemetry.apply(name).map(t -> telemetryState.clock(t.clock())).orElse(null);
            default -> null;
        };
    }

    private static String sessionState(DeviceState state) {
        return switch (state) {
            case DeviceState.Connecting _ -> "connecting";
            case DeviceState.Up _ -> "up";
            case DeviceState.Down _ -> "down-backoff";
            case DeviceState.AuthenticationFailed _ -> "auth-failed";
            case DeviceState.HostKeyChanged _ -> "host-key-changed";
            case DeviceState.ProtocolFailed _ -> "protocol-error";
        };
    }

    private @Nullable DataNode implementations(String device) {
        Map<String, MetricImplementation> byMetric = new TreeMap<>();
        for (ChosenImplementation chosen : engine.chosenImplementations(device)) {
            byMetric.put(metricName(chosen), chosen.implementation());
        }
        List<InnerNode> entries = new ArrayList<>();
        byMetric.forEach((metric, implementation) -> {
            List<DataNode> leaves = new ArrayList<>();
            add(leaves, "metric", Optional.of(metric));
            add(leaves, "module", Optional.of(implementation.module()));
            add(leaves, "revision", Optional.ofNullable(implementation.revision()));
            add(leaves, "path", Optional.of(new MetricPath(implementation.path().steps()).toString()));
            entries.add(TreeNode.of(schema.implementation, leaves));
        });
        return entries.isEmpty() ? null : TreeList.of(schema.implementation, entries);
    }

    private void add(List<DataNode> leaves, String name, Optional<String> value) {
        value.ifPresent(v -> leaves.add(new LeafNode(SchemaNodes.child(schema.implementation, name), v)));
    }

    /** The metric's name, with its subservice type where several types have a metric of that name. */
    private String metricName(ChosenImplementation chosen) {
        long types = catalogue.types().stream()
                .filter(type -> type.metrics().stream().anyMatch(m -> m.name().equals(chosen.metric())))
                .count();
        return types > 1 ? chosen.subserviceType() + "/" + chosen.metric() : chosen.metric();
    }
}
