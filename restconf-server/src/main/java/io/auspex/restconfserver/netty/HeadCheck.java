package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.HttpLimits;
import io.auspex.restconfserver.http.RequestFaultException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request, its head found to be in order (RFC 9112 §3).
 *
 * @param path raw
 * @param query raw, null when there is none
 * @param authority the host it is for; empty in HTTP/1.0 without Host
 */
record HeadCheck(String path, @Nullable String query, String authority) {
    private static final String HOST = "-._~!$&'()*+,;=:[]%";

    /**
     * Checks a head.
     *
     * @throws RequestFaultException with the status that refuses it
     */
    static HeadCheck of(HttpRequest request, HttpLimits limits, boolean http2) throws RequestFaultException {
        if (request.decoderResult().isFailure()) {
            throw decoding(request.decoderResult().cause());
        }
        var version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw new RequestFaultException(505, "HTTP/1.1 and HTTP/2 are spoken here.");
        }
        if (request.headers().size() > limits.headerFields()) {
            throw new RequestFaultException(431, "More than " + limits.headerFields() + " header fields.");
        }
        transferCoding(request, version, http2);
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (hosts.isEmpty() && !version.equals(HttpVersion.HTTP_1_0))) {
            throw new RequestFaultException(400, "A request has one Host header.");
        }
        var authority = hosts.isEmpty() ? "" : hosts.getFirst();
        for (var i = 0; i < authority.length(); i++) {
            var c = authority.charAt(i);
            if (c >= 128 || (!Character.isLetterOrDigit(c) && HOST.indexOf(c) < 0)) {
                throw new RequestFaultException(400, "The Host header is no host and port.");
            }
        }
        return target(request, authority);
    }

    private static RequestFaultException decoding(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> new RequestFaultException(414, "The request line is too long.");
            case TooLongHttpHeaderException _ -> new RequestFaultException(431, "The header section is too large.");
            default -> new RequestFaultException(400, "The request is not well-formed HTTP.");
        };
    }

    private static void transferCoding(HttpRequest request, HttpVersion version, boolean http2)
            throws RequestFaultException {
        var codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty() || http2) {
            return;
        }
        if (codings.size() > 1
                || !codings.getFirst().equalsIgnoreCase("chunked")
                || version.equals(HttpVersion.HTTP_1_0)
                || request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            throw new RequestFaultException(400, "Transfer-Encoding can only be chunked, without Content-Length.");
        }
    }

    private static HeadCheck target(HttpRequest request, String authority) throws RequestFaultException {
        var target = request.uri();
        for (var i = 0; i < target.length(); i++) {
            var c = target.charAt(i);
            if (c <= ' ' || c > '~' || c == '#') {
                throw new RequestFaultException(400, "The request target has a character that no URI has.");
            }
        }
        if (request.method().equals(HttpMethod.CONNECT)) {
            return new HeadCheck("/", null, authority);
        }
        if (!target.startsWith("/") && !target.equals("*")) {
            var start = target.indexOf("://");
            var slash = start < 0 ? -1 : target.indexOf('/', start + 3);
            var named = start < 0 ? "" : target.substring(start + 3, slash < 0 ? target.length() : slash);
            if (start < 0 || !named.equalsIgnoreCase(authority)) {
                throw new RequestFaultException(400, "The request target is of another host than the Host header.");
            }
            target = slash < 0 ? "/" : target.substring(slash);
        }
        var mark = target.indexOf('?');
        return mark < 0
                ? new HeadCheck(target, null, authority)
                : new HeadCheck(target.substring(0, mark), target.substring(mark + 1), authority);
    }
}
