package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.HttpLimits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose peer takes too long: to send a request head, between requests, or to take a reply.
 *
 * <pre>
 * open → HEAD → WORKING → WRITING → IDLE → HEAD …
 * </pre>
 *
 * All methods are called on the event loop of the connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is heard of there
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final HttpLimits limits;
    private final long opened = System.nanoTime();
    private long deadline;
    private boolean idle;
    private int streams;
    private @Nullable Future<?> check;

    ConnectionGuard(HttpLimits limits) {
        this.limits = limits;
        deadline = limits.headerTime().toNanos();
    }

    private long now() {
        return System.nanoTime() - opened;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        schedule(ctx);
    }

    private void schedule(ChannelHandlerContext ctx) {
        var next = Math.min(deadline, now() + limits.headerTime().toNanos());
        check = ctx.executor().schedule(() -> check(ctx), Math.max(1, next - now()), TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            return;
        }
        if (now() >= deadline) {
            ctx.channel().close();
        } else {
            schedule(ctx);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (idle) {
            idle = false;
            deadline = now() + limits.headerTime().toNanos();
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (check != null) {
            check.cancel(false);
        }
        ctx.fireChannelInactive();
    }

    /** A whole request head is there; from here on who handles it keeps the time. */
    void working() {
        idle = false;
        deadline = NEVER;
    }

    /** A whole reply has been handed to the connection. */
    void writing() {
        deadline = now() + limits.writeTime().toNanos();
    }

    /** The reply is on its way; the next request may come. */
    void idle() {
        idle = true;
        deadline = now() + limits.idleTime().toNanos();
    }

    /** Only the close of the peer is waited for. */
    void lingering() {
        idle = false;
        deadline = now() + LINGER.toNanos();
    }

    /** A stream of an HTTP/2 connection began. */
    void streamOpened() {
        streams++;
        working();
    }

    /** A stream of an HTTP/2 connection ended; frames that belong to no stream do not keep the connection. */
    void streamClosed() {
        if (--streams == 0) {
            deadline = now() + limits.idleTime().toNanos();
        }
    }
}
