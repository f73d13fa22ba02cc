package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.Header;
import io.auspex.restconfserver.http.HttpHandler;
import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.HttpRequest;
import io.auspex.restconfserver.http.RequestFaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Answers what it was asked, for tests of the HTTP edge. */
final class EchoHandler implements HttpHandler {
    final AtomicInteger requests = new AtomicInteger();
    final AtomicLong written = new AtomicLong();
    final CountDownLatch ended = new CountDownLatch(1);
    final CountDownLatch disconnected = new CountDownLatch(1);

    @Override
    public HttpReply handle(HttpRequest request) throws InterruptedException {
        requests.incrementAndGet();
        var headers = List.of(new Header("Content-Type", "text/plain"));
        return switch (request.path()) {
            case "/body" -> echo(request, headers);
            case "/ignored" -> new HttpReply.Empty(204, List.of());
            case "/endless" ->
                new HttpReply.Streamed(200, headers, out -> {
                    var block = new byte[8192];
                    try {
                        while (true) {
                            out.write(block);
                            written.addAndGet(block.length);
                        }
                    } finally {
                        ended.countDown();
                    }
                });
            case "/events" ->
                new HttpReply.Streamed(200, headers, out -> {
                    out.onDisconnect(disconnected::countDown);
                    out.write("data: 1\n\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    disconnected.await();
                });
            case "/broken" ->
                new HttpReply.Streamed(200, headers, _ -> {
                    throw new IllegalStateException("no such luck");
                });
            default ->
                new HttpReply.Whole(
                        200,
                        headers,
                        (request.method() + " " + request.path() + "?" + request.query())
                                .getBytes(StandardCharsets.UTF_8));
        };
    }

    private static HttpReply echo(HttpRequest request, List<Header> headers) {
        try {
            return new HttpReply.Whole(200, headers, request.body().readAllBytes());
        } catch (RequestFaultException e) {
            return new HttpReply.Whole(
                    e.status(), headers, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public HttpReply refuse(int status, String accept, String message) {
        return new HttpReply.Whole(
                status, List.of(new Header("Content-Type", "text/plain")), message.getBytes(StandardCharsets.UTF_8));
    }
}
