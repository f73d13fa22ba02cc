package io.auspex.devicesimulator;

import java.util.HashSet;
import java.util.Set;

/** Which YANG modules a simulated device has. */
public enum DeviceModel {
    /** State beside configuration, as RFC 8343 has it. */
    RFC8343("ietf-interfaces@2018-02-20"),
    /** State in a tree of its own, as RFC 7223 has it: a device of an older model. */
    RFC7223("ietf-interfaces@2014-05-08");

    private final String interfaces;

    DeviceModel(String interfaces) {
        this.interfaces = interfaces;
    }

    Set<String> modules(SimulatedTelemetry telemetry) {
        var modules = new HashSet<>(Set.of(
                interfaces,
                "iana-if-type",
                "ietf-netconf",
                "ietf-netconf-monitoring",
                "ietf-netconf-with-defaults",
                "ietf-yang-library",
                "ietf-datastores"));
        if (telemetry != SimulatedTelemetry.POLLED) {
            modules.addAll(Set.of(
                    "ietf-subscribed-notifications",
                    "ietf-yang-push",
                    "ietf-system-capabilities",
                    "ietf-notification-capabilities"));
        }
        return modules;
    }
}
