package io.auspex.assuranceagent.device;

import io.auspex.netconfsouthbound.ClockSkew;
import io.auspex.netconfsouthbound.Telemetry;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.NodeBuilder;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How the values of a device come in, as auspex-device-telemetry shows it. */
final class TelemetryState {
    private final DeviceSchema schema;

    TelemetryState(DeviceSchema schema) {
        this.schema = schema;
    }

    DataNode telemetry(Telemetry now) {
        return NodeBuilder.node(schema.telemetry, telemetry -> {
            telemetry
                    .leaf("on-change", (long) now.onChange())
                    .leaf("periodic", (long) now.periodic())
                    .leaf("suspended", (long) now.suspended())
                    .leaf("polled", (long) now.polled());
            if (!now.whyPolled().isEmpty()) {
                telemetry.leaf("why-polled", now.whyPolled());
            }
            telemetry
                    .text("notifications", Long.toString(now.notifications()))
                    .text("notifications-lost", Long.toString(now.lost()))
                    .text("notifications-ignored", Long.toString(now.ignored()))
                    .text("resyncs", Long.toString(now.resyncs()));
        });
    }

    @Nullable
    DataNode clock(@Nullable ClockSkew skew) {
        return skew == null
                ? null
                : NodeBuilder.node(
                        schema.clock,
                        clock -> clock.text(
                                        "skew",
                                        BigDecimal.valueOf(skew.ahead().toMillis(), 3)
                                                .stripTrailingZeros()
                                                .toPlainString())
                                .text(
                                        "source",
                                        switch (skew.source()) {
                                            case SYSTEM_CLOCK -> "system-clock";
                                            case EVENT_TIME -> "event-time";
                                        })
                                .leaf("measured-at", skew.at().toString())
                                .leaf("beyond-limit", skew.isBeyondLimit()));
    }
}
