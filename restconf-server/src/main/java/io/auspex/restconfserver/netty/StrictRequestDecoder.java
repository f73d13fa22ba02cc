package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.HttpLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes HTTP/1.1 requests (RFC 9112), refusing whatever two parties could read in two ways: folded header lines, content
 * length beside transfer coding, bare line feeds. After the first fault nothing more of the connection is decoded.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    private static final int CHUNK_BYTES = 64 << 10;

    private enum At {
        REQUEST_LINE,
        HEADERS,
        CONTENT,
        FAULT
    }

    private At at = At.REQUEST_LINE;

    StrictRequestDecoder(HttpLimits limits) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.uriBytes())
                .setMaxHeaderSize(limits.headerBytes())
                .setMaxChunkSize(CHUNK_BYTES)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false)
                .setValidateHeaders(true));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
        if (at == At.FAULT) {
            buffer.skipBytes(buffer.readableBytes());
            return;
        }
        var lineEnd = Integer.MAX_VALUE;
        if (at == At.REQUEST_LINE || at == At.HEADERS) {
            lineEnd = scanHead(buffer);
            if (lineEnd < 0) {
                fault(out);
                buffer.skipBytes(buffer.readableBytes());
                return;
            }
        }
        var before = out.size();
        super.decode(ctx, buffer, out);
        if (at == At.REQUEST_LINE && buffer.readerIndex() >= lineEnd) {
            at = At.HEADERS;
        }
        for (var i = before; i < out.size(); i++) {
            switch (out.get(i)) {
                case HttpRequest request when request.decoderResult().isFailure() -> at = At.FAULT;
                case LastHttpContent last -> at = last.decoderResult().isFailure() ? At.FAULT : At.REQUEST_LINE;
                case HttpRequest _ -> at = At.CONTENT;
                default -> {}
            }
        }
    }

    /** Looks for folded lines in the head (RFC 9112 §5.2); the end of the request line, or -1 when there is one. */
    private int scanHead(ByteBuf buffer) {
        var index = buffer.readerIndex();
        var end = buffer.writerIndex();
        var lineEnd = Integer.MAX_VALUE;
        if (at == At.REQUEST_LINE) {
            while (index < end && (buffer.getByte(index) == '\r' || buffer.getByte(index) == '\n')) {
                index++;
            }
            var feed = buffer.indexOf(index, end, (byte) '\n');
            if (feed < 0) {
                return lineEnd;
            }
            index = feed + 1;
            lineEnd = index;
        }
        while (index < end) {
            var first = buffer.getByte(index);
            if (first == ' ' || first == '\t') {
                return -1;
            }
            if (first == '\n' || first == '\r') {
                return lineEnd;
            }
            var feed = buffer.indexOf(index, end, (byte) '\n');
            if (feed < 0) {
                return lineEnd;
            }
            index = feed + 1;
        }
        return lineEnd;
    }

    private void fault(List<Object> out) {
        at = At.FAULT;
        var bad = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        bad.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("a header line is folded")));
        out.add(bad);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
