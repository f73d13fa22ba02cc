package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.HttpDate;
import io.auspex.restconfserver.http.HttpReply;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.time.Instant;

/** The header fields that every response has: date, caching, and what keeps browsers from harm. */
final class StandardHeaders {
    private static final AsciiString NO_CACHE = AsciiString.cached("no-cache");
    private static final AsciiString NO_SNIFF = AsciiString.cached("nosniff");
    private static final AsciiString CONTENT_TYPE_OPTIONS = AsciiString.cached("x-content-type-options");
    private static final AsciiString NO_REFERRER = AsciiString.cached("no-referrer");
    private static final AsciiString REFERRER_POLICY = AsciiString.cached("referrer-policy");
    private static final AsciiString CSP = AsciiString.cached("default-src 'none'; frame-ancestors 'none'");
    private static final AsciiString HSTS = AsciiString.cached("strict-transport-security");
    private static final AsciiString ONE_YEAR = AsciiString.cached("max-age=31536000");
    private static final DefaultHttpHeadersFactory TRUSTED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private record Second(long second, AsciiString text) {}

    private static volatile Second now = new Second(0, AsciiString.EMPTY_STRING);

    private StandardHeaders() {}

    /** The header fields of a reply, its own winning over the standard ones. */
    static HttpHeaders of(HttpReply reply, boolean secure) {
        var headers = TRUSTED.newHeaders();
        headers.set(HttpHeaderNames.DATE, date());
        headers.set(HttpHeaderNames.CACHE_CONTROL, NO_CACHE);
        headers.set(CONTENT_TYPE_OPTIONS, NO_SNIFF);
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, CSP);
        headers.set(REFERRER_POLICY, NO_REFERRER);
        if (secure) {
            headers.set(HSTS, ONE_YEAR);
        }
        for (var header : reply.headers()) {
            if (header.name().equalsIgnoreCase("Cache-Control")
                    || header.name().equalsIgnoreCase("Content-Security-Policy")) {
                headers.set(header.name(), header.value());
            } else {
                headers.add(header.name(), header.value());
            }
        }
        return headers;
    }

    private static AsciiString date() {
        var second = System.currentTimeMillis() / 1000;
        var cached = now;
        if (cached.second() != second) {
            cached = new Second(second, new AsciiString(HttpDate.format(Instant.ofEpochSecond(second))));
            now = cached;
        }
        return cached.text();
    }
}
