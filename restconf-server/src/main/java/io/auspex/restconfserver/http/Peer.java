package io.auspex.restconfserver.http;

/**
 * The connection that a request came over.
 *
 * @param source for audit and rate limits: {@code restconf 127.0.0.1:51234}
 * @param local the address that the peer reached, {@code 127.0.0.1:8443}
 * @param secure true over TLS
 */
public record Peer(String source, String local, boolean secure) {}
