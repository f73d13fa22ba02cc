package io.auspex.access.keystore;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A key pair that the server can use, with its certificates (RFC 9640 §2.1.4.12).
 *
 * @param publicKeyFormat how its public part is shown
 * @param certificates by name, each with those of the CAs above it behind it
 */
public record AsymmetricKey(KeyPair pair, KeyFormat publicKeyFormat, Map<String, List<X509Certificate>> certificates) {
    public AsymmetricKey {
        certificates = new TreeMap<>(certificates);
    }

    /** A key without certificates, as SSH needs one. */
    public static AsymmetricKey ofSsh(KeyPair pair) {
        return new AsymmetricKey(pair, KeyFormat.SSH_PUBLIC, Map.of());
    }

    /** A key with one certificate, as TLS needs one. */
    public static AsymmetricKey ofTls(KeyPair pair, String certificate, List<X509Certificate> chain) {
        return new AsymmetricKey(pair, KeyFormat.SUBJECT_PUBLIC_KEY_INFO, Map.of(certificate, chain));
    }

    /** By its public part, and by its certificates: the private part follows from the public one. */
    @Override
    public boolean equals(Object o) {
        return o instanceof AsymmetricKey other
                && Certificates.same(pair.getPublic(), other.pair.getPublic())
                && certificates.equals(other.certificates);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(pair.getPublic().getEncoded()), certificates);
    }

    /** Without the private part. */
    @Override
    public String toString() {
        return pair.getPublic().getAlgorithm() + " key with certificates " + certificates.keySet();
    }
}
