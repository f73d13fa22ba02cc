package io.auspex.netconfsouthbound;

import io.auspex.yang.InputLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** All devices that Auspex reads: a change of one never touches another. Safe for use by several threads. */
public final class DeviceSessions implements AutoCloseable {
    /** Connections that are set up at the same time at most. */
    public static final int MAX_CONNECTING = 256;

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, DeviceSession> devices = new ConcurrentHashMap<>();
    private final Connector ssh;
    private final Connector tcp;
    private final DeviceSession.Shared shared;

    public DeviceSessions(DeviceListener listener, HostKeyStore hostKeys, InstantSource clock) {
        this(listener, hostKeys, clock, InputLimits.DEFAULT);
    }

    public DeviceSessions(DeviceListener listener, HostKeyStore hostKeys, InstantSource clock, InputLimits limits) {
        ssh = new SshConnector(hostKeys, limits, clock);
        tcp = new TcpConnector(limits, clock);
        shared = new DeviceSession.Shared(
                ssh,
                tcp,
                new Semaphore(MAX_CONNECTING),
                listener,
                clock,
                () -> ThreadLocalRandom.current().nextLong());
    }

    /** Adds a device, or changes how a known one is reached; the same configuration again changes nothing. */
    public void put(DeviceConfig config) {
        devices.compute(config.name(), (_, known) -> {
            if (known != null) {
                known.configure(config);
                return known;
            }
            var device = new DeviceSession(config, shared);
            device.start();
            return device;
        });
    }

    /** Closes a device's session and forgets it; the listener hears nothing more of it once this returns. */
    public void remove(String name) {
        var device = devices.remove(name);
        if (device != null) {
            device.stop();
            await(device);
        }
    }

    /** What to collect from a device from now on; no effect for an unknown device. */
    public void collect(String name, CollectionPlan plan) {
        collect(name, () -> plan);
    }

    /** The same, drawn on the device's thread as soon as its session can use it. */
    public void collect(String name, Supplier<CollectionPlan> plan) {
        var device = devices.get(name);
        if (device != null) {
            device.collect(plan);
        }
    }

    public Optional<DeviceState> state(String name) {
        return Optional.ofNullable(devices.get(name)).map(DeviceSession::state);
    }

    /** How the values of a device come in; empty while its session is not up. */
    public Optional<Telemetry> telemetry(String name) {
        return Optional.ofNullable(devices.get(name)).flatMap(DeviceSession::telemetry);
    }

    /** The session that is up now, for calls beside the collection. */
    public Optional<NetconfClientSession> session(String name) {
        return Optional.ofNullable(devices.get(name)).flatMap(DeviceSession::session);
    }

    /** Closes all sessions. */
    @Override
    public void close() {
        devices.values().forEach(DeviceSession::stop);
        devices.values().forEach(DeviceSessions::await);
        devices.clear();
        ssh.close();
        tcp.close();
    }

    private static void await(DeviceSession device) {
        try {
            device.awaitStop(STOP_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
