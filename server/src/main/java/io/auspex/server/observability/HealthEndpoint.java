package io.auspex.server.observability;

import io.auspex.restconfserver.http.Header;
import io.auspex.restconfserver.http.HttpHandler;
import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.HttpRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Answers {@code /health/live}, {@code /health/ready} and {@code /metrics}, for whoever reaches the loopback address. */
public final class HealthEndpoint implements HttpHandler {
    private static final JsonMapper JSON = new JsonMapper();

    private final Meters meters;
    private final Readiness readiness;

    public HealthEndpoint(Meters meters, Readiness readiness) {
        this.meters = meters;
        this.readiness = readiness;
    }

    @Override
    public HttpReply handle(HttpRequest request) {
        if (!isLoopback(request.authority())) {
            return text(421, "text/plain", "Only loopback addresses are answered for here.\n");
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return text(405, "text/plain", "Only GET and HEAD are answered here.\n")
                    .with(List.of(new Header("Allow", "GET, HEAD")));
        }
        return switch (request.path()) {
            case "/health/live" -> json(200, Map.of("status", "live"));
            case "/health/ready" -> ready();
            case "/metrics" -> text(200, meters.contentType(), meters.scrape());
            default -> text(404, "text/plain", "There are /health/live, /health/ready and /metrics.\n");
        };
    }

    /** A web page of another host could else read this by letting its name resolve to a loopback address. */
    private static boolean isLoopback(String authority) {
        var host = authority.replaceFirst(":[0-9]*$", "").replaceAll("^\\[|\\]$", "");
        try {
            return host.equalsIgnoreCase("localhost")
                    || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private HttpReply ready() {
        var faults = readiness.faults();
        var report = new TreeMap<String, Object>(Map.of("status", faults.isEmpty() ? "ready" : "not-ready"));
        if (!faults.isEmpty()) {
            report.put("faults", faults);
        }
        return json(faults.isEmpty() ? 200 : 503, report);
    }

    private static HttpReply json(int status, Object content) {
        return text(status, "application/json", JSON.writeValueAsString(content) + "\n");
    }

    private static HttpReply text(int status, String type, String content) {
        return new HttpReply.Whole(
                status, List.of(new Header("Content-Type", type)), content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public HttpReply refuse(int status, String accept, String message) {
        return text(status, "text/plain", message + "\n");
    }
}
