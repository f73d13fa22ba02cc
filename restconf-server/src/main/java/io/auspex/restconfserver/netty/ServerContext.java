package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.HttpHandler;
import io.auspex.restconfserver.http.HttpLimits;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** What all connections of one server share. */
final class ServerContext {
    final HttpHandler handler;
    final HttpLimits limits;
    final long bodyBytes;
    final Executor workers;
    final Semaphore requests;
    final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicInteger connections = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> bySource = new ConcurrentHashMap<>();

    /** @param bodyBytes largest request body */
    ServerContext(HttpHandler handler, HttpLimits limits, long bodyBytes, Executor workers) {
        this.handler = handler;
        this.limits = limits;
        this.bodyBytes = bodyBytes;
        this.workers = workers;
        requests = new Semaphore(limits.requests());
    }

    /** Counts a connection in; false when there are too many. */
    boolean admit(String source) {
        if (connections.incrementAndGet() > limits.connections()) {
            connections.decrementAndGet();
            return false;
        }
        if (bySource.merge(source, 1, Integer::sum) > limits.connectionsPerSource()) {
            dismiss(source);
            return false;
        }
        return true;
    }

    /** Counts a connection out that was let in. */
    void dismiss(String source) {
        connections.decrementAndGet();
        bySource.computeIfPresent(source, (_, n) -> n > 1 ? n - 1 : null);
    }
}
