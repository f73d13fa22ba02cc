package io.auspex.restconfserver.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets another handler answer within the trace of each request, and tells an observer and the log how it went. */
public final class ObservedHandler implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ObservedHandler.class);
    private static final long NANOS_PER_MICRO = 1_000;

    private final HttpHandler handler;
    private final RequestObserver observer;

    public ObservedHandler(HttpHandler handler, RequestObserver observer) {
        this.handler = handler;
        this.observer = observer;
    }

    @Override
    public HttpReply handle(HttpRequest request) throws InterruptedException {
        var start = System.nanoTime();
        var trace = TraceContext.of(request.headers());
        var scope = ScopedValue.where(TraceContext.CURRENT, trace);
        var reply = scope.<HttpReply, InterruptedException>call(() -> handler.handle(request));
        if (reply instanceof HttpReply.Streamed streamed && !request.method().equals("HEAD") && !isEvents(reply)) {
            var content = streamed.content().within(scope);
            return new HttpReply.Streamed(streamed.status(), streamed.headers(), out -> {
                try {
                    content.writeTo(out);
                } finally {
                    answered(request, reply.status(), start, trace);
                }
            });
        }
        answered(request, reply.status(), start, trace);
        return reply instanceof HttpReply.Streamed streamed
                ? new HttpReply.Streamed(
                        streamed.status(),
                        streamed.headers(),
                        streamed.content().within(scope))
                : reply;
    }

    private static boolean isEvents(HttpReply reply) {
        return reply.headers().stream()
                .anyMatch(h ->
                        h.name().equalsIgnoreCase("Content-Type") && h.value().startsWith("text/event-stream"));
    }

    /** Short reads write no log line but this one, so a trace is looked for only when it is printed. */
    @Override
    public @Nullable HttpReply handleNow(HttpRequest request) {
        var start = System.nanoTime();
        var reply = handler.handleNow(request);
        if (reply != null) {
            answered(request, reply.status(), start, LOG.isDebugEnabled() ? TraceContext.of(request.headers()) : null);
        }
        return reply;
    }

    @Override
    public HttpReply refuse(int status, String accept, String message) {
        observer.answered("", status, 0);
        return handler.refuse(status, accept, message);
    }

    private void answered(HttpRequest request, int status, long start, @Nullable TraceContext trace) {
        var nanos = System.nanoTime() - start;
        observer.answered(request.method(), status, nanos);
        if (trace != null && LOG.isDebugEnabled()) {
            LOG.atDebug()
                    .addKeyValue("trace", trace.traceId())
                    .addKeyValue("peer", request.peer().source())
                    .addKeyValue("method", request.method())
                    .addKeyValue("path", request.path())
                    .addKeyValue("status", status)
                    .addKeyValue("micros", nanos / NANOS_PER_MICRO)
                    .log("request");
        }
    }
}
