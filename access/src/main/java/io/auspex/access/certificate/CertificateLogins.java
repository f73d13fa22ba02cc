package io.auspex.access.certificate;

import io.auspex.access.Audit;
import io.auspex.access.AuditEvent;
import io.auspex.access.Authentication;
import io.auspex.access.Principal;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets clients in by their certificates. That the client has the private key is for TLS to prove; the path to a trust anchor
 * is looked for here, and again each minute and whenever the anchors change, so that a connection does not outlive its trust.
 */
public final class CertificateLogins {
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int REMEMBERED = 1_000;

    private record Trusted(TrustAnchors by, List<X509Certificate> path, Instant until) {}

    private final Supplier<TrustAnchors> anchors;
    private final CertificateNames names;
    private final Audit audit;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<List<X509Certificate>, Trusted> trusted = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<X509Certificate>, Trusted> eldest) {
            return size() > REMEMBERED;
        }
    };

    public CertificateLogins(Supplier<TrustAnchors> anchors, CertificateNames names, Audit audit, InstantSource clock) {
        this.anchors = anchors;
        this.names = names;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Tells who shows a certificate.
     *
     * @param sent what the client sent in the TLS handshake, its own certificate first
     * @param source transport and address of the peer, as in {@link Principal#source()}
     */
    public Authentication authenticate(List<X509Certificate> sent, String source) {
        var subject = sent.getFirst().getSubjectX500Principal().getName();
        try {
            var by = anchors.get();
            var known = known(sent, by);
            var path = known == null ? by.path(sent, clock.instant()) : known.path();
            var user = names.user(path);
            if (user.isEmpty()) {
                return rejected(subject, source, "no entry of cert-to-name makes a name of the certificate");
            }
            if (known == null) {
                remember(sent, new Trusted(by, path, clock.instant().plus(KEPT)));
                audit.note(new AuditEvent.LoggedIn(user.get(), source, "certificate " + subject));
            }
            return new Authentication.Accepted(new Principal(user.get(), Set.of(), source));
        } catch (GeneralSecurityException e) {
            return rejected(subject, source, "certificate not trusted: " + e.getMessage());
        }
    }

    private Authentication rejected(String subject, String source, String why) {
        audit.note(new AuditEvent.LoginFailed(subject, source, why));
        return new Authentication.Rejected();
    }

    private @org.jspecify.annotations.Nullable Trusted known(List<X509Certificate> sent, TrustAnchors by) {
        lock.lock();
        try {
            var known = trusted.get(sent);
            return known != null && known.by() == by && clock.instant().isBefore(known.until()) ? known : null;
        } finally {
            lock.unlock();
        }
    }

    private void remember(List<X509Certificate> sent, Trusted found) {
        lock.lock();
        try {
            trusted.put(List.copyOf(sent), found);
        } finally {
            lock.unlock();
        }
    }
}
