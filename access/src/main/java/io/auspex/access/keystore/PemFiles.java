package io.auspex.access.keystore;

import io.auspex.access.WatchedFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** A certificate and its private key in PEM files (RFC 7468), which count again when they have changed. */
public final class PemFiles {
    private PemFiles() {}

    /**
     * The key with its certificate.
     *
     * @param name of the certificate
     * @throws IOException the files cannot be read or do not fit together
     */
    public static WatchedFiles<AsymmetricKey> watch(String name, Path certificate, Path key) throws IOException {
        return new WatchedFiles<>(List.of(certificate, key), () -> read(name, certificate, key));
    }

    private static AsymmetricKey read(String name, Path certificate, Path key) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(certificate))) {
            var chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw new IOException(certificate + " has no certificate in it");
            }
            var pair = Certificates.pair(chain.getFirst().getPublicKey(), privateKey(key));
            return AsymmetricKey.ofTls(pair, name, chain);
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + " and " + key + ": " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        var converter = new JcaPEMKeyConverter();
        try (var in = new PEMParser(Files.newBufferedReader(file, StandardCharsets.US_ASCII))) {
            for (var found = in.readObject(); found != null; found = in.readObject()) {
                switch (found) {
                    case PrivateKeyInfo info -> {
                        return converter.getPrivateKey(info);
                    }
                    case PEMKeyPair pair -> {
                        return converter.getKeyPair(pair).getPrivate();
                    }
                    default -> {
                        // the parameters of a curve, or a certificate
                    }
                }
            }
        }
        throw new IOException(file + " has no private key that is not protected by a password");
    }
}
