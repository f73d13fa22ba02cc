package io.auspex.netconfsouthbound;

import org.jspecify.annotations.Nullable;

/**
 * How one device is reached.
 *
 * @param address a host name or IP address
 * @param hostKey the key that the device must show, as a line of an OpenSSH public key file or as {@code SHA256:…}; null
 *     pins the key of the first connection in the {@link HostKeyStore}
 */
public record DeviceConfig(
        String name,
        String address,
        int port,
        Transport transport,
        Credentials credentials,
        @Nullable String hostKey,
        SessionTimers timers) {
    /** What carries the session. */
    public enum Transport {
        /** RFC 6242. */
        SSH,
        /** No protection at all: for measurements with many simulated devices on one machine. */
        PLAIN_TCP
    }

    public DeviceConfig {
        if (name.isEmpty() || address.isEmpty()) {
            throw new IllegalArgumentException("device '" + name + "': name and address must not be empty");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("device '" + name + "': port " + port + " is outside 1..65535");
        }
    }

    /** A device over SSH with the usual deadlines whose key is pinned on first use. */
    public static DeviceConfig ssh(String name, String address, int port, Credentials credentials) {
        return new DeviceConfig(name, address, port, Transport.SSH, credentials, null, SessionTimers.DEFAULT);
    }

    public DeviceConfig withTimers(SessionTimers newTimers) {
        return new DeviceConfig(name, address, port, transport, credentials, hostKey, newTimers);
    }

    public DeviceConfig withCredentials(Credentials newCredentials) {
        return new DeviceConfig(name, address, port, transport, newCredentials, hostKey, timers);
    }

    public DeviceConfig withHostKey(@Nullable String newHostKey) {
        return new DeviceConfig(name, address, port, transport, credentials, newHostKey, timers);
    }
}
