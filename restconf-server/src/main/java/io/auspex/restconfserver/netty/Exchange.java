package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.HttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request in work: runs on a virtual thread, its reply is written from there. */
final class Exchange implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** What came of an exchange. */
    enum End {
        /** The reply was written; the connection serves the next request. */
        NEXT,
        /** The reply was written; the connection is closed. */
        CLOSE,
        /** The reply could not be completed; the connection is cut so that the peer sees it. */
        CUT
    }

    private final ServerContext server;
    private final RequestHandler owner;
    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private final RequestBody body;
    private final HttpVersion version;
    private final boolean keepAlive;
    private final boolean http2;
    private final List<Runnable> onDisconnect = new ArrayList<>(1);
    private boolean disconnected;

    Exchange(
            ServerContext server,
            RequestHandler owner,
            ChannelHandlerContext ctx,
            HttpRequest request,
            RequestBody body,
            HttpVersion version,
            boolean keepAlive,
            boolean http2) {
        this.server = server;
        this.owner = owner;
        this.ctx = ctx;
        this.request = request;
        this.body = body;
        this.version = version;
        this.keepAlive = keepAlive;
        this.http2 = http2;
    }

    RequestBody body() {
        return body;
    }

    @Override
    public void run() {
        try {
            send(server.handler.handle(request));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            end(null, End.CUT);
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).addKeyValue("path", request.path()).log("request failed");
            end(null, End.CUT);
        }
    }

    private void send(HttpReply reply) throws InterruptedException {
        var headers = StandardHeaders.of(reply, request.peer().secure());
        var head = request.method().equals("HEAD");
        switch (reply) {
            case HttpReply.Empty _ -> {
                if (reply.status() >= 200 && reply.status() != 204 && reply.status() != 304) {
                    headers.setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
                }
                full(reply.status(), headers, new byte[0]);
            }
            case HttpReply.Whole whole -> {
                headers.setInt(HttpHeaderNames.CONTENT_LENGTH, whole.content().length);
                full(reply.status(), headers, head ? new byte[0] : whole.content());
            }
            case HttpReply.Streamed streamed -> {
                if (head) {
                    full(reply.status(), headers, new byte[0]);
                } else {
                    stream(streamed, headers);
                }
            }
        }
    }

    private void full(int status, HttpHeaders headers, byte[] content) {
        var end = connection(headers);
        end(Replies.full(version, status, headers, content), end);
    }

    private void stream(HttpReply.Streamed reply, HttpHeaders headers) throws InterruptedException {
        var chunked = version.equals(HttpVersion.HTTP_1_1) && !http2;
        var end = !chunked && !http2 ? closing(headers) : connection(headers);
        var head = new DefaultHttpResponse(version, HttpResponseStatus.valueOf(reply.status()), headers);
        var stream = new ResponseStream(channel(), head, chunked, server.limits.writeTime(), this::onDisconnect);
        try {
            reply.content().writeTo(stream);
            end(stream.finish(), end);
        } catch (IOException e) {
            stream.discard();
            LOG.atDebug().setCause(e).log("reply not taken");
            end(null, End.CUT);
        } catch (RuntimeException e) {
            stream.discard();
            LOG.atError().setCause(e).addKeyValue("path", request.path()).log("reply failed");
            if (stream.committed()) {
                end(null, End.CUT);
            } else {
                var accept = String.join(",", request.headers().all("Accept"));
                send(server.handler.refuse(500, accept, "The reply could not be made."));
            }
        }
    }

    private Channel channel() {
        return ctx.channel();
    }

    private End connection(HttpHeaders headers) {
        if (http2) {
            return End.NEXT;
        }
        if (!keepAlive || !owner.canDrain()) {
            return closing(headers);
        }
        if (version.equals(HttpVersion.HTTP_1_0)) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return End.NEXT;
    }

    private static End closing(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return End.CLOSE;
    }

    private void end(@org.jspecify.annotations.Nullable HttpObject last, End end) {
        body.abandon();
        server.requests.release();
        ctx.executor().execute(() -> owner.ended(ctx, last, end));
    }

    private void onDisconnect(Runnable action) {
        synchronized (onDisconnect) {
            if (!disconnected) {
                onDisconnect.add(action);
                return;
            }
        }
        action.run();
    }

    /** The peer has gone. */
    void disconnected() {
        List<Runnable> actions;
        synchronized (onDisconnect) {
            disconnected = true;
            actions = List.copyOf(onDisconnect);
            onDisconnect.clear();
        }
        actions.forEach(Runnable::run);
    }
}
