package io.auspex.restconfserver.http;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request (RFC 9110 §3.4).
 *
 * @param method as received
 * @param path the raw path of the target, still percent-encoded
 * @param query the raw query without its question mark, null when there is none
 * @param authority the Host that the request is for, checked to be well-formed
 * @param body read while the peer sends it; fails when the peer goes or is too slow
 * @param hasBody false when the request has no content
 */
public record HttpRequest(
        String method,
        String path,
        @Nullable String query,
        String authority,
        Headers headers,
        InputStream body,
        boolean hasBody,
        Peer peer) {}
