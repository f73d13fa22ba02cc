package io.auspex.netconfsouthbound;

import java.time.Instant;

/**
 * One reading of one path of one device.
 *
 * @param receivedAt when the reply or notification was here, by our own clock: a device's clock does not count for freshness
 */
public record MetricSample(String device, MetricPath path, MetricReading reading, Instant receivedAt) {}
