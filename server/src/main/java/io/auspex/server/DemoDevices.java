package io.auspex.server;

import io.auspex.devicesimulator.DeviceSimulator;
import io.auspex.devicesimulator.Fault;
import io.auspex.devicesimulator.Script;
import io.auspex.devicesimulator.SimulatedInterface;
import io.auspex.devicesimulator.SimulatorConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** The three simulated devices of the demo, and their configuration for the server. */
final class DemoDevices implements AutoCloseable {
    private static final String USER = "auspex";
    private static final int PERIOD_SECONDS = 5;
    private static final Duration FIRST = Duration.ofSeconds(20);
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private final String password = UUID.randomUUID().toString();
    private final List<DeviceSimulator> devices = new ArrayList<>();

    private DemoDevices() {}

    /** Starts peer1, peer2 and core on free ports of the loopback. */
    static DemoDevices start() throws IOException {
        var all = new DemoDevices();
        try {
            all.add("peer1", SimulatedInterface.tunnel("tunnel0", 2));
            all.add("peer2", SimulatedInterface.tunnel("tunnel0", 2));
            all.add("core", SimulatedInterface.ethernet("eth1", 2));
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void add(String name, SimulatedInterface second) throws IOException {
        devices.add(DeviceSimulator.start(
                SimulatorConfig.of(name, USER, password, SimulatedInterface.ethernet("eth0", 1), second)));
    }

    /** Lets the link of peer2 fail, from now on once a period. */
    void failEvery(Duration period) {
        var fails = new Script(
                List.of(
                        new Script.Step(FIRST, new Fault.InterfaceDown("eth0")),
                        new Script.Step(FIRST.plus(OUTAGE).minusSeconds(1), new Fault.InterfaceUp("eth0"))),
                period);
        devices.stream().filter(d -> d.name().equals("peer2")).forEach(d -> d.play(fails));
    }

    /** The content of auspex-devices:devices. */
    String configuration() {
        var json = new JsonMapper();
        var root = json.createObjectNode();
        var list = root.putObject("auspex-devices:devices").putArray("device");
        for (var device : devices) {
            var entry = list.addObject();
            entry.put("name", device.name()).put("address", "127.0.0.1").put("port", device.port());
            entry.put("period", PERIOD_SECONDS);
            entry.putObject("credentials").put("user-name", USER).put("password", password);
        }
        return json.writeValueAsString(root);
    }

    /** True when the server has a session with each device that it knows. */
    static boolean allUp(RestconfClient client) {
        var devices = client.get("auspex-devices:devices?fields=device(name;state/session-state)")
                .orElseThrow(() -> new CommandException("The server lost the devices of the demo."));
        return devices.path("auspex-devices:devices")
                .path("device")
                .valueStream()
                .allMatch(
                        d -> d.path("state").path("session-state").asString("").equals("up"));
    }

    /** The content of ietf-service-assurance:subservices. */
    static String subservices() throws IOException {
        try (var in = Objects.requireNonNull(DemoDevices.class.getResourceAsStream("demo-subservices.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        for (var device : devices) {
            device.close();
        }
    }
}
