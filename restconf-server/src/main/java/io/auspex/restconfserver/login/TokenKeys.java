package io.auspex.restconfserver.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the public keys that tokens are signed with. */
final class TokenKeys {
    private static final long MAX_BYTES = 1 << 20;
    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z ]+)-----[^-]+-----END \\1-----");

    private TokenKeys() {}

    /**
     * The keys of a file; of a private key only the public part.
     *
     * @throws IOException when it has none, or cannot be read
     */
    static JWKSet read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
        }
        var text = Files.readString(file);
        try {
            var keys = text.stripLeading().startsWith("{") ? JWKSet.parse(text).getKeys() : pem(text);
            var publicKeys = keys.stream()
                    .filter(AsymmetricJWK.class::isInstance)
                    .map(JWK::toPublicJWK)
                    .toList();
            if (publicKeys.isEmpty()) {
                throw new IOException(file + " has no public key in it");
            }
            return new JWKSet(publicKeys);
        } catch (JOSEException | ParseException e) {
            throw new IOException(file + " is neither a JWK set nor PEM: " + e.getMessage(), e);
        }
    }

    private static List<JWK> pem(String text) throws JOSEException {
        var keys = new ArrayList<JWK>();
        for (var block : (Iterable<String>) PEM.matcher(text).results().map(r -> r.group())::iterator) {
            keys.add(
                    block.startsWith("-----BEGIN CERTIFICATE")
                            ? JWK.parse(com.nimbusds.jose.util.X509CertUtils.parse(block))
                            : JWK.parseFromPEMEncodedObjects(block));
        }
        return keys;
    }
}
