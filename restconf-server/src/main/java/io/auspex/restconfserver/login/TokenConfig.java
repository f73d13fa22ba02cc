package io.auspex.restconfserver.login;

import java.nio.file.Path;
import java.util.Set;

/**
 * Which bearer tokens are believed (RFC 7519, RFC 6750).
 *
 * @param keys file with the public keys of the issuer: a JWK set (RFC 7517 §5), or PEM
 * @param issuer what the claim {@code iss} has to be
 * @param audience what has to be in the claim {@code aud}
 * @param algorithms of signatures that are taken, as JWA names them (RFC 7518 §3.1); public-key ones only
 * @param userClaim claim that names the user
 * @param groupsClaim claim that names groups, for access control to know as external ones (RFC 8341 §2.1)
 */
public record TokenConfig(
        Path keys, String issuer, String audience, Set<String> algorithms, String userClaim, String groupsClaim) {
    /** Signatures whose key can be public. */
    private static final Set<String> PUBLIC_KEY =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    public TokenConfig {
        algorithms = Set.copyOf(algorithms);
        for (var algorithm : algorithms) {
            if (!PUBLIC_KEY.contains(algorithm)) {
                throw new IllegalArgumentException("'" + algorithm + "' is none of "
                        + String.join(", ", PUBLIC_KEY.stream().sorted().toList()));
            }
        }
        if (algorithms.isEmpty() || issuer.isBlank() || audience.isBlank() || userClaim.isBlank()) {
            throw new IllegalArgumentException("tokens need an issuer, an audience, an algorithm and a user claim");
        }
    }
}
