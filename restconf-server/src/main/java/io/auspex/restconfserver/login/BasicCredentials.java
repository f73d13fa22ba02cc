package io.auspex.restconfserver.login;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * User and password of a request (RFC 7617), in UTF-8.
 *
 * @param password wiped by whoever uses it up
 */
record BasicCredentials(String user, byte[] password) {
    private static final String SCHEME = "basic ";

    /** Of an Authorization header; empty for other schemes and for what is not well-formed. */
    static Optional<BasicCredentials> parse(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        byte[] decoded;
        try {
            decoded =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        for (var i = 0; i < decoded.length; i++) {
            if (decoded[i] == ':') {
                var user = new String(decoded, 0, i, StandardCharsets.UTF_8);
                var password = Arrays.copyOfRange(decoded, i + 1, decoded.length);
                Arrays.fill(decoded, (byte) 0);
                return Optional.of(new BasicCredentials(user, password));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return user + ":***";
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof BasicCredentials(var otherUser, var otherPassword)
                && user.equals(otherUser)
                && Arrays.equals(password, otherPassword);
    }

    @Override
    public int hashCode() {
        return user.hashCode();
    }
}
