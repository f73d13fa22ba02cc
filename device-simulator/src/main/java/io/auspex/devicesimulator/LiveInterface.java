package io.auspex.devicesimulator;

import io.auspex.yang.data.NodeBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An interface as it is at this moment; its counters grow with the time that it is up. */
final class LiveInterface {
    private static final int PACKET_BYTES = 500;
    private static final long COUNTER32 = 1L << 32;

    private final SimulatedInterface spec;
    private final Instant boot;
    private boolean enabled = true;
    private boolean link = true;
    private double errorsPerSecond;
    private double secondsUp;
    private double errors;
    private Instant counted;
    private Instant lastChange;

    LiveInterface(SimulatedInterface spec, Instant boot) {
        this.spec = spec;
        this.boot = boot;
        this.counted = boot;
        this.lastChange = boot;
    }

    SimulatedInterface spec() {
        return spec;
    }

    synchronized void link(boolean up, Instant now) {
        change(now, enabled, up);
    }

    synchronized void enabled(boolean on, Instant now) {
        change(now, on, link);
    }

    synchronized void errorsPerSecond(double rate, Instant now) {
        count(now);
        errorsPerSecond = rate;
    }

    private void change(Instant now, boolean newEnabled, boolean newLink) {
        count(now);
        if (isUp() != (newEnabled && newLink)) {
            lastChange = now;
        }
        enabled = newEnabled;
        link = newLink;
    }

    private boolean isUp() {
        return enabled && link;
    }

    private void count(Instant now) {
        if (isUp() && now.isAfter(counted)) {
            var seconds = Duration.between(counted, now).toNanos() / 1e9;
            secondsUp += seconds;
            errors += seconds * errorsPerSecond;
        }
        counted = now;
    }

    /** The state leafs of {@code interface} in RFC 8343 and RFC 7223, but for its name. */
    synchronized void describe(NodeBuilder node, Instant now) {
        count(now);
        var octets = (long) (secondsUp * spec.speed() / 8 * spec.load());
        var packets = octets / PACKET_BYTES;
        node.text("admin-status", enabled ? "up" : "down")
                .text("oper-status", isUp() ? "up" : "down")
                .text("last-change", dateAndTime(lastChange))
                .leaf("if-index", (long) spec.ifIndex())
                .text(
                        "phys-address",
                        "02:00:00:00:%02x:%02x".formatted(spec.ifIndex() >> 8 & 0xff, spec.ifIndex() & 0xff))
                .leaf("speed", spec.speed())
                .container(
                        "statistics",
                        s -> s.text("discontinuity-time", dateAndTime(boot))
                                .leaf("in-octets", octets)
                                .leaf("in-unicast-pkts", packets)
                                .leaf("in-broadcast-pkts", packets / 1000)
                                .leaf("in-multicast-pkts", packets / 100)
                                .leaf("in-discards", 0L)
                                .leaf("in-errors", (long) errors % COUNTER32)
                                .leaf("in-unknown-protos", 0L)
                                .leaf("out-octets", octets)
                                .leaf("out-unicast-pkts", packets)
                                .leaf("out-broadcast-pkts", packets / 1000)
                                .leaf("out-multicast-pkts", packets / 100)
                                .leaf("out-discards", 0L)
                                .leaf("out-errors", 0L));
    }

    private static String dateAndTime(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
