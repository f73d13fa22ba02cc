package io.auspex.restconfserver.receivers;

import io.auspex.notifications.NotificationMessages;
import io.auspex.notifications.subscriptions.Outgoing;
import io.auspex.notifications.subscriptions.ReceiverTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** One HTTPS server to which notifications are posted (draft-ietf-netconf-https-notif §2 to §4). */
final class HttpsReceiver implements ReceiverTransport.Channel {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration EXCHANGE = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 64 * 1024;

    /** Statuses that say that this message will not be taken, however often it is sent. */
    private static final Set<Integer> REFUSED = Set.of(400, 413, 422);

    private final URI address;
    private final HttpClient client;

    /** @param address ends with a slash */
    HttpsReceiver(URI address, SSLContext tls) {
        this.address = address;
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        client = HttpClient.newBuilder()
                .sslContext(tls)
                .sslParameters(parameters)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public ReceiverTransport.Abilities connect() throws IOException, InterruptedException {
        var answer = exchange(
                HttpRequest.newBuilder(address.resolve("capabilities"))
                        .header("Accept", "application/json, application/xml;q=0.5")
                        .GET()
                        .build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        return switch (answer.statusCode()) {
            case 200 ->
                Capabilities.read(
                        answer.body(),
                        answer.headers().firstValue("Content-Type").orElse(""));
            case 404, 405, 501 -> Capabilities.ANY;
            default -> throw new IOException("GET " + answer.uri() + " is answered " + answer.statusCode());
        };
    }

    @Override
    public boolean send(Outgoing next, String encoding) throws IOException, InterruptedException {
        var xml = encoding.equals(Capabilities.XML);
        var message = xml
                ? NotificationMessages.xml(next.notification(), next.envelope())
                : NotificationMessages.json(next.notification(), next.envelope(), "ietf-https-notif");
        var answer = exchange(
                HttpRequest.newBuilder(address.resolve("relay-notification"))
                        .header("Content-Type", xml ? "application/xml" : "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                        .build(),
                BodyHandlers.limiting(BodyHandlers.discarding(), MOST_BYTES));
        if (answer.statusCode() / 100 == 2) {
            return true;
        }
        if (REFUSED.contains(answer.statusCode())) {
            return false;
        }
        throw new IOException("POST " + answer.uri() + " is answered " + answer.statusCode());
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        var pending = client.sendAsync(request, handler);
        try {
            return pending.get(EXCHANGE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException(request.method() + " " + request.uri() + ": " + reason(e), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    request.method() + " " + request.uri() + ": no answer within " + EXCHANGE.toSeconds() + " s", e);
        } finally {
            pending.cancel(true);
        }
    }

    private static String reason(ExecutionException fault) {
        Throwable at = fault;
        while (at.getCause() != null && (at.getMessage() == null || at instanceof ExecutionException)) {
            at = at.getCause();
        }
        return at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
