package io.auspex.devicesimulator;

import java.util.List;

/**
 * What a simulated device is.
 *
 * @param name for logs
 * @param host address to listen on
 * @param port 0 for any free one
 * @param user who may log in
 * @param password of that user
 * @param interfaces that it has
 * @param telemetry whether it takes subscriptions
 */
public record SimulatorConfig(
        String name,
        String host,
        int port,
        String user,
        String password,
        DeviceModel model,
        List<SimulatedInterface> interfaces,
        SimulatedTelemetry telemetry) {
    public SimulatorConfig {
        interfaces = List.copyOf(interfaces);
        var names = interfaces.stream().map(SimulatedInterface::name).distinct().count();
        if (names != interfaces.size()) {
            throw new IllegalArgumentException(name + ": two interfaces have one name");
        }
    }

    /** A device of RFC 8343 on a free port of the loopback. */
    public static SimulatorConfig of(String name, String user, String password, SimulatedInterface... interfaces) {
        return new SimulatorConfig(
                name,
                "127.0.0.1",
                0,
                user,
                password,
                DeviceModel.RFC8343,
                List.of(interfaces),
                SimulatedTelemetry.POLLED);
    }

    public SimulatorConfig with(DeviceModel other) {
        return new SimulatorConfig(name, host, port, user, password, other, interfaces, telemetry);
    }

    public SimulatorConfig onPort(int other) {
        return new SimulatorConfig(name, host, other, user, password, model, interfaces, telemetry);
    }

    public SimulatorConfig with(SimulatedTelemetry other) {
        return new SimulatorConfig(name, host, port, user, password, model, interfaces, other);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SimulatorConfig[" + name + ", " + host + ":" + port + ", " + model + ", " + interfaces + "]";
    }
}
