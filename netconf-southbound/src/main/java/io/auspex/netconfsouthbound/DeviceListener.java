package io.auspex.netconfsouthbound;

import io.auspex.netconfprotocol.YangModule;
import java.util.List;
import java.util.Set;

/**
 * Who hears what the devices say. Calls for one device come one after another, on that device's own virtual thread; a slow
 * listener delays that device only. A listener that throws is logged and does not stop the device.
 */
public interface DeviceListener {
    /** The session's state is another, or is down for a newer reason. */
    void stateChanged(String device, DeviceState state);

    /** The modules that the device says it implements, after each connect. */
    void modulesLearned(String device, Set<YangModule> modules);

    /** Readings: of one collection, or what the device said unasked. */
    void collected(String device, List<MetricSample> samples);

    /** Values come in another way than before, or the device's clock went beyond its limit or came back. */
    void telemetryChanged(String device, Telemetry telemetry);
}
