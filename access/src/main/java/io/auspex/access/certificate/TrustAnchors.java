package io.auspex.access.certificate;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CRL;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The certificates that those of clients have to lead to (RFC 5280 §6), and the lists of those that were revoked. */
public final class TrustAnchors {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USAGE = "2.5.29.37.0";

    private final Set<X509Certificate> certificates;
    private final Collection<? extends CRL> revoked;

    /** Certificates of clients that are trusted as they are, by no path. */
    private final Set<X509Certificate> endEntities;

    private TrustAnchors(
            Set<X509Certificate> certificates, Collection<? extends CRL> revoked, Set<X509Certificate> endEntities) {
        this.certificates = certificates;
        this.revoked = revoked;
        this.endEntities = endEntities;
    }

    /** Trust anchors whose certificates are taken as not revoked. */
    public static TrustAnchors of(Set<X509Certificate> certificates) {
        return new TrustAnchors(Set.copyOf(certificates), List.of(), Set.of());
    }

    /** These, and certificates of clients that are trusted as they are. */
    public TrustAnchors withEndEntities(Set<X509Certificate> trusted) {
        return new TrustAnchors(certificates, revoked, Set.copyOf(trusted));
    }

    /** These certificates, with the revocation lists of others. */
    public TrustAnchors withRevocationsOf(TrustAnchors others) {
        return new TrustAnchors(certificates, others.revoked, endEntities);
    }

    public Set<X509Certificate> certificates() {
        return certificates;
    }

    /**
     * Reads trust anchors.
     *
     * @param file certificates, PEM
     * @param revocations CRLs, PEM; with them every certificate below an anchor needs one that is fresh; null to take all
     *     certificates as not revoked
     * @throws IOException when a file cannot be read or has none in it
     */
    public static TrustAnchors read(Path file, @Nullable Path revocations) throws IOException {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var certificates = new HashSet<X509Certificate>();
            try (var in = new BufferedInputStream(Files.newInputStream(file))) {
                for (Certificate certificate : factory.generateCertificates(in)) {
                    certificates.add((X509Certificate) certificate);
                }
            }
            if (certificates.isEmpty()) {
                throw new IOException(file + " has no certificate in it");
            }
            if (revocations == null) {
                return new TrustAnchors(certificates, List.of(), Set.of());
            }
            try (var in = new BufferedInputStream(Files.newInputStream(revocations))) {
                var lists = factory.generateCRLs(in);
                if (lists.isEmpty()) {
                    throw new IOException(revocations + " has no certificate revocation list in it");
                }
                return new TrustAnchors(certificates, lists, Set.of());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** How a certification path is built from certificates that a client has sent. */
    public PKIXBuilderParameters parameters(Collection<X509Certificate> sent)
            throws InvalidAlgorithmParameterException, GeneralSecurityException {
        var anchors = new HashSet<TrustAnchor>();
        certificates.forEach(c -> anchors.add(new TrustAnchor(c, null)));
        var parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(sent)));
        parameters.setRevocationEnabled(!revoked.isEmpty());
        if (!revoked.isEmpty()) {
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(revoked)));
            var checker =
                    (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
            checker.setOptions(
                    EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
        }
        return parameters;
    }

    /**
     * The certification path of a client: its own certificate first, the trust anchor last. What else the client has sent is
     * not in it.
     *
     * @param sent its own certificate first
     * @throws GeneralSecurityException when there is none at that time; the message says why
     */
    public List<X509Certificate> path(List<X509Certificate> sent, Instant now) throws GeneralSecurityException {
        var own = sent.getFirst();
        if (own.getExtendedKeyUsage() != null
                && !own.getExtendedKeyUsage().contains(CLIENT_AUTH)
                && !own.getExtendedKeyUsage().contains(ANY_USAGE)) {
            throw new GeneralSecurityException("the certificate is not for clients");
        }
        if (certificates.contains(own) || endEntities.contains(own)) {
            own.checkValidity(Date.from(now));
            return List.of(own);
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("the certificate is none of those that are trusted");
        }
        var parameters = parameters(sent);
        var target = new X509CertSelector();
        target.setCertificate(own);
        parameters.setTargetCertConstraints(target);
        parameters.setDate(Date.from(now));
        var result =
                (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
        var path = new ArrayList<X509Certificate>();
        result.getCertPath().getCertificates().forEach(c -> path.add((X509Certificate) c));
        path.add(result.getTrustAnchor().getTrustedCert());
        return path;
    }
}
