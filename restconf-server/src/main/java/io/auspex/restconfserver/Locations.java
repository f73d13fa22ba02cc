package io.auspex.restconfserver;

import io.auspex.restconfserver.http.HttpRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes the value of Location (RFC 9110 §10.2.2). It is absolute where the server is sure of its own name: configured, or
 * the address that the peer reached; else it is relative, so that a made-up Host header never gets into it.
 *
 * @param publicUrl scheme and authority that clients know the server by, such as {@code https://auspex.example.net}; null
 *     when not configured
 * @param root path of {+restconf}
 */
record Locations(@Nullable String publicUrl, String root) {
    /** @param path below {+restconf}, with a leading slash, percent-encoded */
    String of(String path, HttpRequest request) {
        return base(request) + root + path;
    }

    /** The location of the target of a request. */
    String ofRequest(HttpRequest request) {
        return base(request) + request.path();
    }

    private String base(HttpRequest request) {
        if (publicUrl != null) {
            return publicUrl;
        }
        var host = request.authority().toLowerCase(Locale.ROOT);
        var local = request.peer().local();
        var port = local.substring(local.lastIndexOf(':'));
        var known = host.equals(local) || host.equals("localhost" + port);
        return known ? (request.peer().secure() ? "https://" : "http://") + host : "";
    }
}
