package io.auspex.netconfserver.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * How the server shows itself to the clients of one address, and whom it believes there.
 *
 * @param identity the server's certificate and its key
 * @param idleTime after which a session ends that asks nothing; zero for never
 */
public record TlsEndpoint(SSLContext identity, ClientCheck clients, Duration idleTime) {
    private static final char[] NO_PASSWORD = {};

    /**
     * What TLS needs of a certificate.
     *
     * @param chain the server's own first
     * @throws GeneralSecurityException TLS cannot use them
     */
    public static SSLContext identity(PrivateKey key, List<X509Certificate> chain) throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[] {new AnyClient()}, new SecureRandom());
            return context;
        } catch (java.io.IOException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
