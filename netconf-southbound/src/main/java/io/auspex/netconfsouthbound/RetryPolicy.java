package io.auspex.netconfsouthbound;

import io.auspex.netconfsouthbound.SessionException.Kind;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave a device alone after a failure: full jitter, so that ten thousand devices do not come back at once;
 * a hold after refused logins, so that no account is locked; a longer base for a device that speaks no NETCONF.
 */
final class RetryPolicy {
    private static final int QUARANTINE_FACTOR = 5;

    private final SessionTimers timers;
    private final RandomGenerator random;
    private int failures;
    private int refusedLogins;

    RetryPolicy(SessionTimers timers, RandomGenerator random) {
        this.timers = timers;
        this.random = random;
    }

    /** The pause after one more failure. */
    Duration afterFailure(Kind kind) {
        failures++;
        if (kind == Kind.AUTHENTICATION_FAILED) {
            refusedLogins++;
            if (refusedLogins >= SessionTimers.MAX_AUTHENTICATION_TRIES) {
                return timers.authenticationHold();
            }
        }
        var base = timers.retryBase().toMillis();
        return switch (kind) {
            case UNREACHABLE, TIMEOUT, AUTHENTICATION_FAILED -> between(0, bound(base));
            case PROTOCOL_ERROR, HOST_KEY_CHANGED -> {
                var bound = bound(base * QUARANTINE_FACTOR);
                yield between(bound / 2, bound);
            }
        };
    }

    /** The session held or the configuration is new: start again from the base. */
    void reset() {
        failures = 0;
        refusedLogins = 0;
    }

    private long bound(long base) {
        var doublings = Math.min(failures - 1, 20);
        return Math.min(base << doublings, timers.retryCap().toMillis());
    }

    private Duration between(long fromMillis, long toMillis) {
        return Duration.ofMillis(toMillis <= fromMillis ? toMillis : random.nextLong(fromMillis, toMillis + 1));
    }
}
