package io.auspex.access;

import io.auspex.yang.schema.Binary;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Checks the passwords and keys of users that this server knows itself.
 *
 * <p>A check costs the same whether the user exists or not; at most two hashes are computed at a time and 32 more wait, so
 * that guessing takes neither the CPU nor, by its {@link FailedLogins pauses}, many guesses.
 */
public final class LocalUsers implements Authenticator {
    private static final int MAX_NAME = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration WHEN_FULL = Duration.ofSeconds(1);

    private final UserSource users;
    private final Audit audit;
    private final FailedLogins failures;
    private final VerifiedPasswords verified;
    private final PasswordGate gate;

    /** What an unknown user's password is compared with: the last hash of a real one, so that it costs the same. */
    private volatile PasswordHash decoy =
            PasswordHash.parse(PasswordHash.of(new byte[] {'-'})).orElseThrow();

    public LocalUsers(UserSource users, Audit audit, InstantSource clock) {
        this(users, audit, clock, new PasswordGate(2, 32, PATIENCE));
    }

    LocalUsers(UserSource users, Audit audit, InstantSource clock, PasswordGate gate) {
        this.users = users;
        this.audit = audit;
        this.gate = gate;
        failures = new FailedLogins(clock);
        verified = new VerifiedPasswords(clock);
    }

    @Override
    public Authentication authenticate(String user, byte[] password, String source) {
        var host = PeerAddress.host(source);
        var prepared = user.isEmpty() || user.length() > MAX_NAME
                ? null
                : PasswordText.prepared(password).orElse(null);
        if (prepared == null) {
            return rejected(user.substring(0, Math.min(user.length(), MAX_NAME)), host, source, "malformed");
        }
        try {
            var early = answerWithoutHash(user, prepared, host, source);
            return early.isPresent()
                    ? early.get()
                    : gate.pass(() -> check(user, prepared, host, source))
                            .orElseGet(() -> new Authentication.Busy(WHEN_FULL));
        } finally {
            Arrays.fill(prepared, (byte) 0);
        }
    }

    @Override
    public Optional<Authentication> authenticateNow(String user, byte[] password, String source) {
        var prepared = user.isEmpty() || user.length() > MAX_NAME
                ? null
                : PasswordText.prepared(password).orElse(null);
        if (prepared == null) {
            return Optional.empty();
        }
        try {
            return answerWithoutHash(user, prepared, PeerAddress.host(source), source);
        } finally {
            Arrays.fill(prepared, (byte) 0);
        }
    }

    private Optional<Authentication> answerWithoutHash(String user, byte[] password, String host, String source) {
        var pause = failures.pause(user, host);
        if (pause.isPresent()) {
            return pause.map(Authentication.Busy::new);
        }
        return users.user(user).filter(u -> verified.knows(u, password)).map(u -> accepted(u, source));
    }

    private Authentication check(String user, byte[] password, String host, String source) {
        // While it waited for its turn, others may have failed, or been right, with the same name.
        var early = answerWithoutHash(user, password, host, source);
        if (early.isPresent()) {
            return early.get();
        }
        var known = users.user(user).orElse(null);
        var stored = known == null || known.passwordHash() == null
                ? Optional.<PasswordHash>empty()
                : PasswordHash.parse(known.passwordHash());
        stored.ifPresent(hash -> decoy = hash);
        var right = stored.orElse(decoy).matches(password);
        if (!right || known == null || stored.isEmpty()) {
            return rejected(user, host, source, "wrong user or password");
        }
        failures.succeeded(user, host);
        verified.remember(known, password);
        audit.note(new AuditEvent.LoggedIn(user, source, "password"));
        return accepted(known, source);
    }

    private Authentication rejected(String user, String host, String source, String why) {
        failures.failed(user, host);
        audit.note(new AuditEvent.LoginFailed(user, source, why));
        return new Authentication.Rejected();
    }

    @Override
    public void refusedKeys(String user, List<byte[]> keys, String source) {
        var shown = user.substring(0, Math.min(user.length(), MAX_NAME));
        var fingerprints = keys.stream().map(LocalUsers::fingerprint).toList();
        audit.note(new AuditEvent.LoginFailed(
                shown, source, "not a key of this user: " + String.join(", ", fingerprints)));
    }

    private static Authentication accepted(User user, String source) {
        return new Authentication.Accepted(new Principal(user.name(), user.groups(), source));
    }

    @Override
    public Authentication authenticateKey(String user, byte[] keyData, String source) {
        var key = new Binary(keyData);
        var known = users.user(user).filter(u -> u.keys().contains(key));
        if (known.isEmpty()) {
            return new Authentication.Rejected();
        }
        return accepted(known.get(), source);
    }

    @Override
    public void provedKey(String user, byte[] keyData, String source) {
        audit.note(new AuditEvent.LoggedIn(user, source, "public key " + fingerprint(keyData)));
    }

    /** As SSH programs print it. */
    private static String fingerprint(byte[] keyData) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(keyData);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
