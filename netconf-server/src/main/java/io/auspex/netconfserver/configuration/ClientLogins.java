package io.auspex.netconfserver.configuration;

import io.auspex.access.certificate.CertificateNames;
import io.auspex.access.certificate.TrustAnchors;
import io.auspex.netconfserver.tls.ClientCheck;

/** Makes what lets clients in by certificates that lead to trust anchors and yield a name. */
@FunctionalInterface
public interface ClientLogins {
    ClientCheck of(TrustAnchors anchors, CertificateNames names);
}
