package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares a new connection: HTTP/2 where TLS's ALPN or, without TLS, the connection preface says so (RFC 9113 §3.2, §3.3),
 * HTTP/1.1 else.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is heard of there
final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionInitializer.class);
    private static final int RESETS = 200;
    private static final int RESET_WINDOW_SECONDS = 30;
    private static final int SMALL_CONTINUATIONS = 16;
    private static final int EMPTY_DATA_FRAMES = 16;
    private static final int CONTROL_FRAMES = 1000;

    private final ServerContext server;
    private final @Nullable Supplier<SslContext> tls;

    /** @param tls asked for every connection, so that a new certificate counts at once; null for plain HTTP */
    ConnectionInitializer(ServerContext server, @Nullable Supplier<SslContext> tls) {
        this.server = server;
        this.tls = tls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        var source = channel.remoteAddress().getAddress().getHostAddress();
        if (!server.admit(source)) {
            channel.close();
            return;
        }
        channel.closeFuture().addListener(_ -> server.dismiss(source));
        server.open.add(channel);
        channel.config().setAutoRead(false);
        var peer = new Peer("restconf " + text(channel.remoteAddress()), text(channel.localAddress()), tls != null);
        var guard = new ConnectionGuard(server.limits);
        channel.pipeline().addLast(guard);
        if (tls == null) {
            channel.pipeline().addLast(new PrefaceDetector(peer, guard));
            channel.read();
            return;
        }
        var ssl = tls.get().newHandler(channel.alloc());
        ssl.setHandshakeTimeoutMillis(server.limits.headerTime().toMillis());
        channel.pipeline().addLast(ssl);
        channel.pipeline().addLast(new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
            @Override
            protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
                var known = new Peer(peer.source(), peer.local(), true, certificates(ssl.engine()));
                if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                    http2(ctx.channel(), known, guard);
                } else {
                    http1(ctx.pipeline(), known, guard);
                }
            }

            @Override
            protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
                LOG.atInfo()
                        .addKeyValue("peer", peer.source())
                        .addKeyValue("why", cause.getMessage())
                        .log("TLS handshake failed");
                ctx.close();
            }
        });
        channel.read();
    }

    /** What the client showed in the handshake that has just ended. */
    private static List<X509Certificate> certificates(SSLEngine engine) {
        try {
            return Stream.of(engine.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException _) {
            return List.of();
        }
    }

    private static String text(InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private void http1(ChannelPipeline pipeline, Peer peer, ConnectionGuard guard) {
        pipeline.addLast(new StrictRequestDecoder(server.limits));
        pipeline.addLast(new HttpResponseEncoder());
        pipeline.addLast(new RequestHandler(server, peer, guard));
    }

    private void http2(Channel connection, Peer peer, ConnectionGuard guard) {
        var settings = Http2Settings.defaultSettings()
                .maxConcurrentStreams(server.limits.streams())
                .maxHeaderListSize(server.limits.headerBytes());
        var codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(settings)
                .decoderEnforceMaxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
                .decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA_FRAMES)
                .encoderEnforceMaxQueuedControlFrames(CONTROL_FRAMES)
                .validateHeaders(true)
                .build();
        connection.pipeline().addLast(codec);
        connection.pipeline().addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                guard.streamOpened();
                stream.closeFuture().addListener(_ -> guard.streamClosed());
                stream.config().setAutoRead(false);
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                stream.pipeline().addLast(new RequestHandler(server, peer, null));
            }
        }));
        connection.pipeline().addLast(new Http2Faults());
        connection.config().setAutoRead(true);
    }

    /** The codec has told the peer of its fault and closes the connection; there is nothing more to do. */
    private static final class Http2Faults extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.atDebug()
                    .addKeyValue("peer", ctx.channel().remoteAddress())
                    .addKeyValue("fault", cause.getMessage())
                    .log("HTTP/2 connection refused");
        }
    }

    /** Tells HTTP/2 with prior knowledge from HTTP/1.1 by the first bytes. */
    private final class PrefaceDetector extends ByteToMessageDecoder {
        private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        private final Peer peer;
        private final ConnectionGuard guard;

        PrefaceDetector(Peer peer, ConnectionGuard guard) {
            this.peer = peer;
            this.guard = guard;
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> out) {
            var count = Math.min(bytes.readableBytes(), PREFACE.length);
            for (var i = 0; i < count; i++) {
                if (bytes.getByte(bytes.readerIndex() + i) != PREFACE[i]) {
                    http1(ctx.pipeline(), peer, guard);
                    ctx.pipeline().remove(this);
                    return;
                }
            }
            if (count == PREFACE.length) {
                http2(ctx.channel(), peer, guard);
                ctx.pipeline().remove(this);
            } else {
                ctx.read();
            }
        }
    }
}
