package io.auspex.benchmarks.restconf;

import io.auspex.benchmarks.harness.JavaProcess;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The limit of an HTTP server on this machine: Netty alone, one event loop, a constant body of 187 bytes. */
final class NettyHello {
    private static final int BODY_BYTES = 187;

    private NettyHello() {}

    /** Prints its port and serves until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        var channel = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new HttpServerCodec(), new Hello());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        System.out.println(((InetSocketAddress) channel.localAddress()).getPort());
        channel.closeFuture().sync();
    }

    /** A running one, in a process of its own. */
    record Running(Process process, int port) implements AutoCloseable {
        static Running start() throws IOException {
            var process = JavaProcess.start(NettyHello.class);
            var line = process.inputReader(StandardCharsets.UTF_8).readLine();
            return new Running(process, Integer.parseInt(line));
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    private static final class Hello extends SimpleChannelInboundHandler<HttpObject> {
        private static final byte[] BODY =
                ("{\"hello\":\"" + "x".repeat(BODY_BYTES - 12) + "\"}").getBytes(StandardCharsets.US_ASCII);

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof LastHttpContent) {
                var reply = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(BODY));
                reply.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
                reply.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, BODY.length);
                context.writeAndFlush(reply);
            }
        }
    }
}
