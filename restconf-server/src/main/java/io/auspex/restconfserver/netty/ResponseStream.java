package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.ReplyBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The content of a streamed reply: filled by a virtual thread, sent buffer by buffer, never more than
 * {@value #IN_FLIGHT} buffers of {@value #BUFFER} bytes ahead of what the peer takes. The head goes out with the first
 * buffer, so that a reply that fits into one has its length, and a failure before can still be told.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is heard of there
final class ResponseStream extends ReplyBody {
    private static final int BUFFER = 64 << 10;
    private static final int IN_FLIGHT = 4;

    private final Channel channel;
    private final HttpResponse head;
    private final boolean chunked;
    private final Duration patience;
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final Disconnect disconnect;
    private @Nullable ByteBuf buffer;
    private boolean committed;

    /** Tells of the end of the connection. */
    interface Disconnect {
        void on(Runnable action);
    }

    /**
     * @param head without a length
     * @param chunked false where the end of the connection is the end of the content (HTTP/1.0)
     * @param patience how long the peer may take for one buffer
     */
    ResponseStream(Channel channel, HttpResponse head, boolean chunked, Duration patience, Disconnect disconnect) {
        this.channel = channel;
        this.head = head;
        this.chunked = chunked;
        this.patience = patience;
        this.disconnect = disconnect;
    }

    /** True once the head may have been sent. */
    boolean committed() {
        return committed;
    }

    @Override
    public void onDisconnect(Runnable action) {
        disconnect.on(action);
    }

    private ByteBuf buffer() {
        var current = buffer;
        if (current == null) {
            current = channel.alloc().buffer(BUFFER, BUFFER);
            buffer = current;
        }
        return current;
    }

    @Override
    public void write(int b) throws IOException {
        if (!buffer().isWritable()) {
            send();
        }
        buffer().writeByte(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var from = offset;
        var left = length;
        while (left > 0) {
            if (!buffer().isWritable()) {
                send();
            }
            var count = Math.min(left, buffer().writableBytes());
            buffer().writeBytes(bytes, from, count);
            from += count;
            left -= count;
        }
    }

    @Override
    public void flush() throws IOException {
        send();
    }

    private void send() throws IOException {
        acquire();
        commit();
        var full = buffer;
        buffer = null;
        if (full == null) {
            channel.flush();
            room.release();
            return;
        }
        channel.writeAndFlush(new DefaultHttpContent(full)).addListener(sent -> room.release());
    }

    private void commit() {
        if (!committed) {
            committed = true;
            if (chunked) {
                HttpUtil.setTransferEncodingChunked(head, true);
            }
            channel.write(head);
        }
    }

    private void acquire() throws IOException {
        try {
            if (!room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the peer does not take the reply");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", e);
        }
        if (!channel.isActive()) {
            throw new IOException("the peer has gone");
        }
    }

    /** What is still to be sent: the last piece of the content, or the whole reply where nothing was sent yet. */
    HttpObject finish() {
        var rest = buffer;
        buffer = null;
        if (committed) {
            return rest == null ? LastHttpContent.EMPTY_LAST_CONTENT : new DefaultLastHttpContent(rest);
        }
        committed = true;
        var content = rest == null ? Unpooled.EMPTY_BUFFER : rest;
        HttpUtil.setContentLength(head, content.readableBytes());
        return new DefaultFullHttpResponse(
                head.protocolVersion(), head.status(), content, head.headers(), EmptyHttpHeaders.INSTANCE);
    }

    /** Drops what was not sent. */
    void discard() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
