package io.auspex.access.keystore;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Certificates in a CMS SignedData structure that signs nothing (RFC 5652 §5), and whether keys go together. */
final class Certificates {
    private static final String CMS = "PKCS7";

    private Certificates() {}

    /** @throws GeneralSecurityException when it is no CMS structure with a certificate in it; says how to make one */
    static List<X509Certificate> of(byte[] cms) throws GeneralSecurityException {
        var found = new ArrayList<X509Certificate>();
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertPath(new ByteArrayInputStream(cms), CMS)
                    .getCertificates()
                    .forEach(c -> found.add((X509Certificate) c));
        } catch (CertificateException | RuntimeException e) {
            throw new GeneralSecurityException(
                    "not a CMS SignedData structure (RFC 5652); 'openssl crl2pkcs7 -nocrl -outform DER -certfile FILE' makes one",
                    e);
        }
        if (found.isEmpty()) {
            throw new GeneralSecurityException("the CMS structure has no certificate in it");
        }
        return found;
    }

    static byte[] cms(List<X509Certificate> certificates) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertPath(certificates)
                    .getEncoded(CMS);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Certificates in the order that TLS wants them in (RFC 8446 §4.4.2): the one of a key first, each followed by its issuer.
     *
     * @throws GeneralSecurityException when none is of the key
     */
    static List<X509Certificate> chain(List<X509Certificate> certificates, PublicKey key)
            throws GeneralSecurityException {
        var chain = new ArrayList<X509Certificate>();
        var left = new ArrayList<>(certificates);
        var own = left.stream()
                .filter(c -> same(c.getPublicKey(), key))
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("it is of another key: got "
                        + certificates.getFirst().getSubjectX500Principal() + ", expected one of this public key"));
        for (var at = own; at != null; ) {
            chain.add(at);
            left.remove(at);
            var issuer = at.getIssuerX500Principal();
            at = left.stream()
                    .filter(c -> c.getSubjectX500Principal().equals(issuer))
                    .findFirst()
                    .orElse(null);
        }
        return List.copyOf(chain);
    }

    /** Whether two keys are the same, whoever has made the objects. */
    static boolean same(PublicKey one, PublicKey other) {
        return Arrays.equals(one.getEncoded(), other.getEncoded());
    }

    /** @throws GeneralSecurityException when the private key is not that of the public one */
    static KeyPair pair(PublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
        if (!same(KeyFormat.publicPart(privateKey), publicKey)) {
            throw new GeneralSecurityException("the private key is not that of the certificate");
        }
        return new KeyPair(publicKey, privateKey);
    }
}
