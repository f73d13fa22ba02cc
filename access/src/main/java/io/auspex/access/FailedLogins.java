package io.auspex.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers failed logins by user and source, and by source alone, and says how long one has to wait: nothing for the first
 * few, then 1 s, doubled by each further failure up to a minute; ten minutes without one forgive all.
 */
final class FailedLogins {
    private static final int FREE_PER_USER = 5;
    private static final int FREE_PER_SOURCE = 50;
    private static final int REMEMBERED = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration FORGIVEN = Duration.ofMinutes(10);

    private record Key(String user, String host) {}

    private record Failures(int count, Instant last) {}

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Failures> failures = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    FailedLogins(InstantSource clock) {
        this.clock = clock;
    }

    /** How long the user has to wait before trying again from that host; empty when not at all. */
    Optional<Duration> pause(String user, String host) {
        lock.lock();
        try {
            if (failures.isEmpty()) {
                return Optional.empty();
            }
            var own = pause(new Key(user, host), FREE_PER_USER);
            var source = pause(new Key("", host), FREE_PER_SOURCE);
            var longer = own.compareTo(source) > 0 ? own : source;
            return longer.isPositive() ? Optional.of(longer) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Duration pause(Key key, int free) {
        var known = failures.get(key);
        if (known == null || known.count() < free) {
            return Duration.ZERO;
        }
        var wait = Duration.ofSeconds(1L << Math.min(6, known.count() - free));
        var capped = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        return Duration.between(clock.instant(), known.last().plus(capped));
    }

    void failed(String user, String host) {
        lock.lock();
        try {
            count(new Key(user, host));
            count(new Key("", host));
        } finally {
            lock.unlock();
        }
    }

    private void count(Key key) {
        var now = clock.instant();
        var known = failures.get(key);
        var count = known == null || known.last().plus(FORGIVEN).isBefore(now) ? 0 : known.count();
        failures.put(key, new Failures(Math.min(count + 1, 1_000), now));
    }

    void succeeded(String user, String host) {
        lock.lock();
        try {
            failures.remove(new Key(user, host));
        } finally {
            lock.unlock();
        }
    }
}
