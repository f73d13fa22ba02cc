package io.auspex.restconfserver.receivers;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.Binary;
import io.auspex.yang.schema.ListKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which servers are taken for a receiver (RFC 9645 §3.1, server-authentication): those whose certificate leads to one of the
 * CAs and has their name, and those whose certificate is one of the end entities.
 */
final class ReceiverTrust extends X509ExtendedTrustManager {
    private static final X509Certificate[] NONE = {};

    private final Set<X509Certificate> endEntities;
    private final @Nullable X509ExtendedTrustManager authorities;

    private ReceiverTrust(Set<X509Certificate> endEntities, @Nullable X509ExtendedTrustManager authorities) {
        this.endEntities = endEntities;
        this.authorities = authorities;
    }

    /**
     * The trust that is configured.
     *
     * @param parameters the container tls-client-parameters; null for none
     * @param running where the truststore is
     * @throws YangException when a certificate cannot be read, or there is none
     */
    static ReceiverTrust of(@Nullable InnerNode parameters, InnerNode running) throws YangException {
        var server = parameters == null
                ? null
                : parameters.inner("server-authentication").orElse(null);
        var cas = certificates(server, "ca-certs", running);
        var endEntities = certificates(server, "ee-certs", running);
        if (cas.isEmpty() && endEntities.isEmpty()) {
            throw new YangException(
                    Failure.INVALID_VALUE, "the receiver has no certificates to know it by: ca-certs or ee-certs");
        }
        try {
            return new ReceiverTrust(endEntities, cas.isEmpty() ? null : authorities(cas));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("certificates cannot be trusted", e);
        }
    }

    private static X509ExtendedTrustManager authorities(Set<X509Certificate> cas)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var number = 0;
        for (var ca : cas) {
            store.setCertificateEntry("ca" + number++, ca);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("the JDK has no trust manager for certificates");
    }

    private static Set<X509Certificate> certificates(@Nullable InnerNode server, String name, InnerNode running)
            throws YangException {
        var holder = server == null ? null : server.inner(name).orElse(null);
        if (holder == null) {
            return Set.of();
        }
        var inline = holder.inner("inline-definition").orElse(null);
        if (inline != null) {
            return certificates(inline);
        }
        var reference = reference(holder);
        if (reference.isEmpty()) {
            return Set.of();
        }
        return certificates(bag(reference.get(), running)
                .orElseThrow(() -> new YangException(
                        Failure.INVALID_VALUE, "the truststore has no certificate-bag '" + reference.get() + "'")));
    }

    private static Optional<Object> reference(InnerNode holder) {
        return holder.schema()
                .child("central-truststore-reference")
                .map(holder::child)
                .filter(LeafNode.class::isInstance)
                .map(leaf -> ((LeafNode) leaf).value());
    }

    private static Optional<InnerNode> bag(Object name, InnerNode running) {
        return running.inner("truststore")
                .flatMap(t -> t.inner("certificate-bags"))
                .flatMap(b -> b.list("certificate-bag"))
                .map(l -> l.entry(ListKey.of(name)));
    }

    /** The bags of the truststore that the trust is made of. */
    static List<InnerNode> bags(InnerNode parameters, InnerNode running) {
        var server = parameters.inner("server-authentication");
        return Stream.of("ca-certs", "ee-certs")
                .flatMap(kind -> server.flatMap(s -> s.inner(kind)).stream())
                .flatMap(holder -> reference(holder).stream())
                .flatMap(name -> bag(name, running).stream())
                .toList();
    }

    private static Set<X509Certificate> certificates(InnerNode bag) throws YangException {
        var found = new HashSet<X509Certificate>();
        for (var entry :
                bag.list("certificate").map(l -> (Iterable<InnerNode>) l).orElse(Set.of())) {
            try {
                var data = (Binary) entry.value("cert-data").orElseThrow();
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(data.bytes()))
                        .forEach(c -> found.add((X509Certificate) c));
            } catch (GeneralSecurityException | RuntimeException e) {
                throw new YangException(
                        Failure.INVALID_VALUE,
                        "certificate '" + entry.value("name").orElse("") + "' is no CMS SignedData structure (RFC 5652)"
                                + " with a certificate in it");
            }
        }
        return found;
    }

    /** What TLS uses. */
    SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no TLS", e);
        }
    }

    private boolean isKnown(X509Certificate[] chain) throws CertificateException {
        var known = chain.length > 0 && endEntities.contains(chain[0]);
        if (known) {
            chain[0].checkValidity();
        } else if (authorities == null) {
            throw new CertificateException("the certificate of the receiver is none of its ee-certs");
        }
        return known;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method, SSLEngine engine)
            throws CertificateException {
        if (!isKnown(chain) && authorities != null) {
            authorities.checkServerTrusted(chain, method, engine);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method, Socket socket) throws CertificateException {
        if (!isKnown(chain) && authorities != null) {
            authorities.checkServerTrusted(chain, method, socket);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method) throws CertificateException {
        throw new CertificateException("the name of the receiver cannot be checked");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method, Socket socket) throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method, SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method) throws CertificateException {
        throw noServer();
    }

    private static CertificateException noServer() {
        return new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NONE.clone();
    }
}
