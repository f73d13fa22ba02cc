package io.auspex.netconfserver.tls;

import io.auspex.access.Authentication;
import java.security.cert.X509Certificate;
import java.util.List;

/** Tells who a client is by the certificates that it showed, and whether they are to be trusted (RFC 7589 §5, §7). */
@FunctionalInterface
public interface ClientCheck {
    /**
     * Called when the client has proved to have the private key.
     *
     * @param sent the client's own certificate first
     * @param source transport and address of the peer, as in {@link io.auspex.access.Principal#source()}
     */
    Authentication authenticate(List<X509Certificate> sent, String source);
}
