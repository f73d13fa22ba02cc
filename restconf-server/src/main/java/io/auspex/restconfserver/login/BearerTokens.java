package io.auspex.restconfserver.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.auspex.access.Audit;
import io.auspex.access.AuditEvent;
import io.auspex.access.Authentication;
import io.auspex.access.Principal;
import io.auspex.access.WatchedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Believes signed JSON web tokens of one issuer (RFC 7519, RFC 8725). A token found good is remembered by its hash, until it
 * expires, the keys change or a minute has passed, so that it costs no signature check per request.
 */
public final class BearerTokens {
    private static final int SKEW_SECONDS = 60;
    private static final int MAX_NAME = 256;
    private static final int MAX_GROUPS = 64;
    private static final int REMEMBERED = 1_000;
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final TokenConfig config;
    private final WatchedFiles<Checker> checker;
    private final Audit audit;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Good> good = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Good> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Good(Checker by, String user, Set<String> groups, Instant until) {}

    /** Checks signature and claims with the keys of one state of the file. */
    private record Checker(DefaultJWTProcessor<SecurityContext> processor) {
        JWTClaimsSet claims(String token) throws BadJOSEException, JOSEException, ParseException {
            return processor.process(token, null);
        }
    }

    /**
     * Tokens signed with the keys of a file, which is read again when it changes.
     *
     * @throws IOException when the file has no keys in it, or cannot be read
     */
    public BearerTokens(TokenConfig config, Audit audit, InstantSource clock) throws IOException {
        this.config = config;
        this.audit = audit;
        this.clock = clock;
        checker = new WatchedFiles<>(List.of(config.keys()), () -> checker(TokenKeys.read(config.keys())));
    }

    private Checker checker(JWKSet keys) {
        var algorithms = config.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, new ImmutableJWKSet<>(keys)));
        var verifier =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        config.audience(),
                        new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
                        Set.of("exp", config.userClaim())) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(verifier);
        return new Checker(processor);
    }

    /** Tells whose token this is. */
    Authentication authenticate(String token, String source) {
        var known = authenticateNow(token, source);
        if (known.isPresent()) {
            return known.get();
        }
        var by = checker.get();
        try {
            var claims = by.claims(token);
            var user = claims.getClaimAsString(config.userClaim());
            if (user == null || !isName(user)) {
                return rejected(source, "the claim " + config.userClaim() + " names no user");
            }
            var kept = clock.instant().plus(KEPT);
            var expires = claims.getExpirationTime().toInstant();
            var found = new Good(by, user, groups(claims), expires.isBefore(kept) ? expires : kept);
            remember(hash(token), found);
            audit.note(new AuditEvent.LoggedIn(user, source, "token"));
            return accepted(found, source);
        } catch (BadJOSEException | JOSEException | ParseException e) {
            return rejected(source, "token refused: " + e.getMessage());
        }
    }

    /** The same where the token is known to be good; does not compute a signature. */
    Optional<Authentication> authenticateNow(String token, String source) {
        var known = known(hash(token));
        return known == null ? Optional.empty() : Optional.of(accepted(known, source));
    }

    private Authentication rejected(String source, String why) {
        audit.note(new AuditEvent.LoginFailed("", source, why));
        return new Authentication.Rejected();
    }

    private static Authentication accepted(Good found, String source) {
        return new Authentication.Accepted(new Principal(found.user(), found.groups(), source));
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= MAX_NAME && text.codePoints().noneMatch(Character::isISOControl);
    }

    /** A list of names, or one string of names with spaces between as {@code scope} has it (RFC 8693 §4.2). */
    private Set<String> groups(JWTClaimsSet claims) {
        Collection<?> names = switch (claims.getClaim(config.groupsClaim())) {
            case Collection<?> list -> list;
            case String text -> Arrays.asList(text.split(" "));
            case null, default -> List.of();
        };
        return names.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(BearerTokens::isName)
                .limit(MAX_GROUPS)
                .collect(Collectors.toUnmodifiableSet());
    }

    private @Nullable Good known(String hash) {
        var by = checker.get();
        lock.lock();
        try {
            var known = good.get(hash);
            return known != null && known.by().equals(by) && clock.instant().isBefore(known.until()) ? known : null;
        } finally {
            lock.unlock();
        }
    }

    private void remember(String hash, Good found) {
        lock.lock();
        try {
            good.put(hash, found);
        } finally {
            lock.unlock();
        }
    }

    private static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
