package io.auspex.netconfserver.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the server and its private key (PKCS#8), both PEM files; read again when one of them has changed, so that
 * a new one is in force for the next connection. What cannot be read leaves the old one in force.
 */
public final class PemIdentity implements Supplier<SSLContext> {
    private static final Logger LOG = LoggerFactory.getLogger(PemIdentity.class);
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = {};

    private final Path certificate;
    private final Path key;
    private volatile Read last;

    private record Read(List<FileTime> times, SSLContext context) {}

    /** @throws IOException the files cannot be read or do not fit together */
    public PemIdentity(Path certificate, Path key) throws IOException {
        this.certificate = certificate;
        this.key = key;
        this.last = read();
    }

    @Override
    public SSLContext get() {
        try {
            if (!last.times().equals(times())) {
                last = read();
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.atWarn()
                    .addKeyValue("certificate", certificate)
                    .log("the new certificate cannot be used: " + e.getMessage());
        }
        return last.context();
    }

    private List<FileTime> times() throws IOException {
        return List.of(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
    }

    private Read read() throws IOException {
        var times = times();
        try (var in = Files.newInputStream(certificate)) {
            var chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", privateKey(), NO_PASSWORD, chain);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[] {new AnyClient()}, new SecureRandom());
            return new Read(times, context);
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + " and " + key + ": " + e.getMessage(), e);
        }
    }

    private PrivateKey privateKey() throws IOException, GeneralSecurityException {
        var found = KEY.matcher(Files.readString(key, StandardCharsets.US_ASCII));
        if (!found.find()) {
            throw new IOException(key + " has no private key in PKCS#8");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        for (var algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException _) {
                // of another algorithm
            }
        }
        throw new IOException(key + " is no EC, RSA or EdDSA key");
    }
}
