package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.Peer;
import io.auspex.restconfserver.http.RequestFaultException;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Serves the requests of an HTTP/1.1 connection one after the other, or the one request of an HTTP/2 stream. The channel
 * reads on demand: the next request is taken when the reply to the one before is on its way, so replies keep the order of
 * pipelined requests.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is heard of there
final class RequestHandler extends ChannelInboundHandlerAdapter {
    private static final byte[] NOTHING = {};
    private static final long DRAIN_BYTES = 256 << 10;

    private final ServerContext server;
    private final Peer peer;
    private final @Nullable ConnectionGuard guard;
    private final ArrayDeque<Object> ahead = new ArrayDeque<>();
    private boolean wanted;
    private @Nullable Exchange exchange;
    private volatile boolean received;
    private volatile long drainable;
    private boolean draining;
    private boolean closing;

    /** @param guard of the connection; null for a stream of HTTP/2 */
    RequestHandler(ServerContext server, Peer peer, @Nullable ConnectionGuard guard) {
        this.server = server;
        this.peer = peer;
        this.guard = guard;
    }

    private boolean http2() {
        return guard == null;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            next(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        next(ctx);
    }

    /** Takes the next message: one decoded before together with others, or one still to come. */
    private void next(ChannelHandlerContext ctx) {
        var message = ahead.poll();
        if (message == null) {
            wanted = true;
            ctx.read();
        } else {
            take(ctx, message);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (wanted) {
            wanted = false;
            take(ctx, message);
        } else {
            ahead.add(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (wanted) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    private void take(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest head) {
            begin(ctx, head);
        }
        if (message instanceof HttpContent piece) {
            content(ctx, piece);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        received = false;
        draining = false;
        if (guard != null) {
            guard.working();
        }
        HeadCheck target;
        long length;
        try {
            target = HeadCheck.of(head, server.limits, http2());
            length = HttpUtil.getContentLength(head, 0L);
            if (length > server.bodyBytes) {
                throw new RequestFaultException(413, "The body has more than " + server.bodyBytes + " bytes.");
            }
            var expect = head.headers().get(HttpHeaderNames.EXPECT);
            if (expect != null && !HttpUtil.is100ContinueExpected(head)) {
                throw new RequestFaultException(417, "No such expectation can be met.");
            }
        } catch (RequestFaultException e) {
            refuse(ctx, head, e);
            return;
        }
        if (!server.requests.tryAcquire()) {
            refuse(ctx, head, new RequestFaultException(503, "Too many requests are in work."));
            return;
        }
        var chunked = HttpUtil.isTransferEncodingChunked(head);
        var hasBody = chunked || length > 0 || (http2() && !(head instanceof LastHttpContent));
        drainable = hasBody ? (chunked ? 0 : length) : DRAIN_BYTES;
        var expects = hasBody && HttpUtil.is100ContinueExpected(head);
        var body = new RequestBody(
                server.limits,
                server.bodyBytes,
                () -> ctx.executor().execute(() -> next(ctx)),
                expects ? () -> ctx.executor().execute(() -> goOn(ctx)) : null);
        if (expects) {
            drainable = DRAIN_BYTES + 1;
        }
        var request = new io.auspex.restconfserver.http.HttpRequest(
                head.method().name(),
                target.path(),
                target.query(),
                target.authority(),
                new NettyHeaders(head.headers()),
                body,
                hasBody,
                peer);
        if (!hasBody && answerNow(ctx, head, request)) {
            return;
        }
        var begun = new Exchange(
                server, this, ctx, request, body, head.protocolVersion(), HttpUtil.isKeepAlive(head), http2());
        exchange = begun;
        try {
            server.workers.execute(begun);
        } catch (RejectedExecutionException _) {
            server.requests.release();
            exchange = null;
            refuse(ctx, head, new RequestFaultException(503, "The server stops."));
            return;
        }
        if (body.receivesAtOnce() && !(head instanceof LastHttpContent)) {
            next(ctx);
        }
    }

    /** Short reads are answered on the event loop itself: a thread switch would cost more than they do. */
    private boolean answerNow(
            ChannelHandlerContext ctx, HttpRequest head, io.auspex.restconfserver.http.HttpRequest request) {
        HttpReply reply;
        try {
            reply = server.handler.handleNow(request);
        } catch (RuntimeException _) {
            return false;
        }
        if (reply == null || reply instanceof HttpReply.Streamed) {
            return false;
        }
        server.requests.release();
        received = head instanceof LastHttpContent;
        var headers = StandardHeaders.of(reply, peer.secure());
        var content = reply instanceof HttpReply.Whole whole ? whole.content() : NOTHING;
        if (reply.status() != 204 && reply.status() != 304) {
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, content.length);
        }
        var last = Replies.keepsAlive(head, headers, http2());
        ended(
                ctx,
                Replies.full(head.protocolVersion(), reply.status(), headers, content),
                last ? Exchange.End.NEXT : Exchange.End.CLOSE);
        return true;
    }

    private void goOn(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        next(ctx);
    }

    private void content(ChannelHandlerContext ctx, HttpContent piece) {
        var last = piece instanceof LastHttpContent;
        received |= last;
        var at = exchange;
        if (at == null) {
            var left = drainable - piece.content().readableBytes();
            drainable = left;
            piece.release();
            if (draining) {
                drain(ctx);
            }
            return;
        }
        if (piece.decoderResult().isFailure()) {
            piece.release();
            drainable = DRAIN_BYTES + 1;
            at.body().fail(new RequestFaultException(400, "The body is not well-formed HTTP."));
            return;
        }
        if (at.body().add(piece.content(), last)) {
            next(ctx);
        }
    }

    /** True when what is still to come of the request is little enough to be read and dropped. */
    boolean canDrain() {
        return received || drainable <= DRAIN_BYTES;
    }

    /** Called on the event loop when an exchange is over. */
    void ended(ChannelHandlerContext ctx, @Nullable HttpObject last, Exchange.End end) {
        exchange = null;
        if (!ctx.channel().isActive()) {
            ReferenceCountUtil.release(last);
            return;
        }
        if (last == null || end == Exchange.End.CUT) {
            ReferenceCountUtil.release(last);
            ctx.close();
            return;
        }
        if (guard != null) {
            guard.writing();
        }
        if (end == Exchange.End.CLOSE) {
            close();
            ctx.writeAndFlush(last).addListener(_ -> linger(ctx));
            return;
        }
        ctx.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        draining = true;
        drain(ctx);
    }

    private void drain(ChannelHandlerContext ctx) {
        if (http2()) {
            if (!received) {
                ctx.close();
            }
            return;
        }
        if (!received && drainable < 0) {
            ctx.close();
            return;
        }
        if (received && guard != null) {
            draining = false;
            guard.idle();
        }
        next(ctx);
    }

    private void refuse(ChannelHandlerContext ctx, HttpRequest head, RequestFaultException fault) {
        close();
        var accept = String.join(",", head.headers().getAll(HttpHeaderNames.ACCEPT));
        var reply = server.handler.refuse(fault.status(), accept, String.valueOf(fault.getMessage()));
        var headers = StandardHeaders.of(reply, peer.secure());
        var content = reply instanceof HttpReply.Whole whole ? whole.content() : new byte[0];
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, content.length);
        if (!http2()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (guard != null) {
            guard.writing();
        }
        ctx.writeAndFlush(Replies.full(HttpVersion.HTTP_1_1, reply.status(), headers, content))
                .addListener(_ -> linger(ctx));
    }

    private void close() {
        closing = true;
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
    }

    /** Closes so that the peer can still read the reply: what it sends meanwhile is dropped (RFC 9112 §9.6). */
    private void linger(ChannelHandlerContext ctx) {
        if (guard == null || !ctx.channel().isActive()) {
            ctx.close();
            return;
        }
        guard.lingering();
        if (ctx.channel() instanceof DuplexChannel duplex && !peer.secure()) {
            duplex.shutdownOutput();
        }
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        var at = exchange;
        if (at != null) {
            at.body().fail(new RequestFaultException(400, "The peer has gone."));
            at.disconnected();
        }
        close();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
