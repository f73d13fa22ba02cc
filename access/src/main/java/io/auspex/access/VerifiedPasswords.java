package io.auspex.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers that a password was right, as an HMAC under a key of this process and for a minute at most, so that Basic
 * authentication costs no crypt hash per request. What is remembered holds only for the user exactly as it was.
 */
final class VerifiedPasswords {
    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final int REMEMBERED = 1_000;
    private static final String ALGORITHM = "HmacSHA256";

    private record Verified(User user, byte[] mac, Instant until) {}

    private final InstantSource clock;
    /** Keyed; each use takes a copy. */
    private final Mac keyed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Verified> verified = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > REMEMBERED;
        }
    };

    VerifiedPasswords(InstantSource clock) {
        this.clock = clock;
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(random, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
        }
    }

    /** True when this password of this very user was right within the last minute. */
    boolean knows(User user, byte[] password) {
        Verified known;
        lock.lock();
        try {
            known = verified.get(user.name());
            if (known != null && (!known.user().equals(user) || !clock.instant().isBefore(known.until()))) {
                verified.remove(user.name());
                known = null;
            }
        } finally {
            lock.unlock();
        }
        return known != null && MessageDigest.isEqual(known.mac(), mac(user, password));
    }

    void remember(User user, byte[] password) {
        var entry = new Verified(user, mac(user, password), clock.instant().plus(KEPT));
        lock.lock();
        try {
            verified.put(user.name(), entry);
        } finally {
            lock.unlock();
        }
    }

    private byte[] mac(User user, byte[] password) {
        try {
            var mac = (Mac) keyed.clone();
            mac.update(user.name().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java runtime does not copy " + ALGORITHM, e);
        }
    }
}
