package io.auspex.notifications;

import java.time.Duration;

/**
 * The bounds of every event stream.
 *
 * @param memory how many events of a stream are in memory; rounded up to a power of two
 * @param queue how many events a receiver may be behind before it is ended, the older ones being read from the log; without
 *     a log no more than are in memory. As many events wait for being logged at most
 * @param receivers most receivers of one stream
 * @param replayAge how long events are kept for replay
 * @param replayBytes how large the replay log of one stream becomes on disk
 */
public record StreamLimits(int memory, int queue, int receivers, Duration replayAge, long replayBytes) {
    public static final StreamLimits DEFAULT = new StreamLimits(16_384, 65_536, 20_000, Duration.ofDays(7), 64L << 20);

    public StreamLimits {
        if (memory < 2
                || memory > 1 << 20
                || queue < 1
                || receivers < 1
                || replayBytes < 4_096
                || !replayAge.isPositive()) {
            throw new IllegalArgumentException("limits of event streams: memory " + memory + ", queue " + queue
                    + ", receivers " + receivers + ", replay " + replayAge + " and " + replayBytes + " bytes");
        }
    }
}
