package io.auspex.restconfserver.netty;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Replies as Netty writes them. */
final class Replies {
    private Replies() {}

    static FullHttpResponse full(HttpVersion version, int status, HttpHeaders headers, byte[] content) {
        return new DefaultFullHttpResponse(
                version,
                HttpResponseStatus.valueOf(status),
                content.length == 0 ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(content),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    /** Says in the headers whether the connection serves another request after this, and returns it. */
    static boolean keepsAlive(HttpRequest request, HttpHeaders headers, boolean http2) {
        if (http2) {
            return true;
        }
        if (!HttpUtil.isKeepAlive(request)) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            return false;
        }
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return true;
    }
}
