package io.auspex.restconfserver.http;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The connection that a request came over.
 *
 * @param source for audit and rate limits: {@code restconf 127.0.0.1:51234}
 * @param local the address that the peer reached, {@code 127.0.0.1:8443}
 * @param secure true over TLS
 * @param certificates that the peer sent, and proved to have the key of the first; empty for none
 */
public record Peer(String source, String local, boolean secure, List<X509Certificate> certificates) {
    public Peer {
        certificates = List.copyOf(certificates);
    }

    /** A peer that showed no certificate. */
    public Peer(String source, String local, boolean secure) {
        this(source, local, secure, List.of());
    }
}
