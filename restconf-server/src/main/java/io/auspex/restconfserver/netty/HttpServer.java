package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.HttpHandler;
import io.auspex.restconfserver.http.HttpLimits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Listens for HTTP/1.1 and HTTP/2, over TLS or, on loopback only, without. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is heard of there
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int HIGH_WATER = 128 << 10;
    private static final int LOW_WATER = 32 << 10;
    private static final int ANSWER_MILLIS = 1000;
    private static final int STOP_MILLIS = 5000;

    private final ServerContext server;
    private final ExecutorService workers;
    private final EventLoopGroup loops;
    private final List<Channel> listeners = new ArrayList<>();

    /**
     * A server that does not listen yet.
     *
     * @param eventLoops threads that move bytes
     * @param bodyBytes largest request body
     */
    public HttpServer(HttpHandler handler, HttpLimits limits, long bodyBytes, int eventLoops) {
        workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("restconf-", 0).factory());
        loops = new MultiThreadIoEventLoopGroup(eventLoops, NioIoHandler.newFactory());
        server = new ServerContext(handler, limits, bodyBytes, workers);
    }

    /** Listens for HTTP over TLS; the address it listens on. */
    public InetSocketAddress listen(InetSocketAddress address, TlsFiles files) throws IOException {
        return listen(address, new ConnectionInitializer(server, files.watch()));
    }

    /**
     * Listens for plain HTTP; the address it listens on.
     *
     * @throws IOException when the address is not a loopback address, or cannot be listened on
     */
    public InetSocketAddress listenPlain(InetSocketAddress address) throws IOException {
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new IOException("plain HTTP is for loopback only, not for " + address);
        }
        return listen(address, new ConnectionInitializer(server, null));
    }

    private InetSocketAddress listen(InetSocketAddress address, @Nullable ConnectionInitializer initializer)
            throws IOException {
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW_WATER, HIGH_WATER))
                .childHandler(initializer)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    address + " cannot be listened on: " + bound.cause().getMessage(), bound.cause());
        }
        listeners.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    /** Closes listeners and connections; requests in work have a second to be answered, event streams end then. */
    @Override
    public void close() {
        listeners.forEach(Channel::close);
        workers.shutdown();
        try {
            if (!workers.awaitTermination(ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
                server.open.close();
                workers.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        server.open.close();
        loops.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(STOP_MILLIS);
    }
}
