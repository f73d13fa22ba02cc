package io.auspex.netconfsouthbound;

import io.auspex.netconfprotocol.YangModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps everything that the devices said. */
public final class RecordingListener implements DeviceListener, HostKeyStore {
    private final Map<String, List<DeviceState>> states = new ConcurrentHashMap<>();
    private final Map<String, Set<YangModule>> modules = new ConcurrentHashMap<>();
    private final Map<String, List<MetricSample>> samples = new ConcurrentHashMap<>();
    private final Map<String, List<Telemetry>> telemetry = new ConcurrentHashMap<>();
    private final Map<String, String> pins = new ConcurrentHashMap<>();

    @Override
    public void stateChanged(String device, DeviceState state) {
        states.computeIfAbsent(device, _ -> new CopyOnWriteArrayList<>()).add(state);
    }

    @Override
    public void modulesLearned(String device, Set<YangModule> learned) {
        modules.put(device, learned);
    }

    @Override
    public void collected(String device, List<MetricSample> collected) {
        samples.computeIfAbsent(device, _ -> new CopyOnWriteArrayList<>()).addAll(collected);
    }

    @Override
    public void telemetryChanged(String device, Telemetry now) {
        telemetry.computeIfAbsent(device, _ -> new CopyOnWriteArrayList<>()).add(now);
    }

    @Override
    public Optional<String> pinned(String device) {
        return Optional.ofNullable(pins.get(device));
    }

    @Override
    public void pin(String device, String openSshKey) {
        pins.put(device, openSshKey);
    }

    public List<DeviceState> states(String device) {
        return new ArrayList<>(states.getOrDefault(device, List.of()));
    }

    public Optional<DeviceState> state(String device) {
        var all = states(device);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    public Set<YangModule> modules(String device) {
        return modules.getOrDefault(device, Set.of());
    }

    public List<MetricSample> samples(String device) {
        return new ArrayList<>(samples.getOrDefault(device, List.of()));
    }

    public Optional<MetricReading> lastReading(String device, MetricPath path) {
        return samples(device).reversed().stream()
                .filter(s -> s.path().equals(path))
                .map(MetricSample::reading)
                .findFirst();
    }
}
