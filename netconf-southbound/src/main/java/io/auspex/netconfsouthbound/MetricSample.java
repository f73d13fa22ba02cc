package io.auspex.netconfsouthbound;

/**
 * One reading of one path of one device.
 *
 * @param receivedAt when the reply or notification was here, by {@link System#nanoTime}: no clock that steps counts for freshness
 */
public record MetricSample(String device, MetricPath path, MetricReading reading, long receivedAt) {}
