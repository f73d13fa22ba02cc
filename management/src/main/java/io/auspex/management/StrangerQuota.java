package io.auspex.management;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How much is told of peers who have not proved who they are: a burst of each host, and one of all together, which come again
 * by and by. So they cannot push what others did out of the replay log.
 */
final class StrangerQuota {
    private static final int HOSTS = 1_024;
    private static final int OF_HOST = 30;
    private static final Duration AGAIN_OF_HOST = Duration.ofMinutes(1);
    private static final int OF_ALL = 300;
    private static final Duration AGAIN_OF_ALL = Duration.ofSeconds(6);

    private final InstantSource clock;
    private final Bucket all;
    private long untold;
    private final Map<String, Bucket> hosts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > HOSTS;
        }
    };

    StrangerQuota(InstantSource clock) {
        this.clock = clock;
        all = new Bucket(OF_ALL, AGAIN_OF_ALL, clock.instant());
    }

    /** What may be taken, up to a most, one more after each pause. */
    private static final class Bucket {
        private final int most;
        private final Duration pause;
        private int left;
        private Instant filled;

        Bucket(int most, Duration pause, Instant now) {
            this.most = most;
            this.pause = pause;
            left = most;
            filled = now;
        }

        boolean hasMore(Instant now) {
            var come = Math.max(0, Duration.between(filled, now).dividedBy(pause));
            filled = now.isBefore(filled) ? now : filled.plus(pause.multipliedBy(come));
            left = (int) Math.min(most, left + come);
            return left > 0;
        }

        void take() {
            left--;
        }
    }

    /** Whether one more of a host is told, and then how many were not since the last that was; empty when it is not. */
    synchronized OptionalLong admit(String host) {
        var now = clock.instant();
        var own = hosts.computeIfAbsent(host, _ -> new Bucket(OF_HOST, AGAIN_OF_HOST, now));
        if (!own.hasMore(now) || !all.hasMore(now)) {
            untold++;
            return OptionalLong.empty();
        }
        own.take();
        all.take();
        var before = untold;
        untold = 0;
        return OptionalLong.of(before);
    }
}
