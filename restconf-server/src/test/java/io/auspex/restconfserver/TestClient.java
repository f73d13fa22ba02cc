package io.auspex.restconfserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.access.Authentication;
import io.auspex.access.Authenticator;
import io.auspex.access.Principal;
import io.auspex.restconfserver.http.Headers;
import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.HttpRequest;
import io.auspex.restconfserver.http.Peer;
import io.auspex.restconfserver.http.ReplyBody;
import io.auspex.restconfserver.login.HttpLogins;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sends requests to an endpoint without a network. */
final class TestClient {
    static final String JSON = "application/yang-data+json";
    static final String XML = "application/yang-data+xml";

    private final RestconfEndpoint endpoint;

    TestClient(OpenManagement management, InstantSource clock) {
        endpoint = new RestconfEndpoint(management, new HttpLogins(new OneUser()), RestconfConfig.DEFAULT, clock);
    }

    /** Knows admin with the password admin. */
    static final class OneUser implements Authenticator {
        @Override
        public Authentication authenticate(String user, byte[] password, String source) {
            if (user.equals("busy")) {
                return new Authentication.Busy(Duration.ofSeconds(3));
            }
            return user.equals("admin") && new String(password, StandardCharsets.UTF_8).equals("admin")
                    ? new Authentication.Accepted(new Principal(user, Set.of(), source))
                    : new Authentication.Rejected();
        }

        @Override
        public Optional<Authentication> authenticateNow(String user, byte[] password, String source) {
            return Optional.of(authenticate(user, password, source)).filter(Authentication.Accepted.class::isInstance);
        }

        @Override
        public Authentication authenticateKey(String user, byte[] keyData, String source) {
            return new Authentication.Rejected();
        }
    }

    /** A reply with its content read. */
    record Answer(int status, Map<String, String> headers, String content) {
        @Nullable
        String header(String name) {
            return headers.get(name);
        }
    }

    private static final class Memory extends ReplyBody {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void onDisconnect(Runnable action) {}

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes.write(source, offset, length);
        }
    }

    static Map<String, String> with(String... pairs) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8)));
        for (var i = 0; i < pairs.length; i += 2) {
            headers.put(pairs[i], pairs[i + 1]);
        }
        return headers;
    }

    Answer get(String target) {
        return send("GET", target, with(), "");
    }

    Answer put(String target, String body) {
        return send("PUT", target, with("Content-Type", JSON), body);
    }

    Answer post(String target, String body) {
        return send("POST", target, with("Content-Type", JSON), body);
    }

    Answer patch(String target, String body) {
        return send("PATCH", target, with("Content-Type", JSON), body);
    }

    Answer delete(String target) {
        return send("DELETE", target, with(), "");
    }

    /** The answer; where an event loop would give one itself, it is the same. */
    Answer send(String method, String target, Map<String, String> headers, String body) {
        var request = request(method, target, headers, body);
        var now = endpoint.handleNow(request);
        var answer = answer(endpoint.handle(request));
        if (now != null) {
            assertThat(answer(now)).isEqualTo(answer);
        }
        return answer;
    }

    /** True when an event loop reads a resource itself. */
    boolean isReadNow(String target) {
        return endpoint.handleNow(request("GET", target, with(), "")) != null;
    }

    private static HttpRequest request(String method, String target, Map<String, String> headers, String body) {
        var mark = target.indexOf('?');
        Headers fields = name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of();
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return new HttpRequest(
                method,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                "auspex.example:1",
                fields,
                new ByteArrayInputStream(bytes),
                bytes.length > 0,
                new Peer("restconf 192.0.2.1:1", "192.0.2.2:443", true));
    }

    private static Answer answer(HttpReply reply) {
        var answered = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        reply.headers().forEach(h -> answered.put(h.name(), h.value()));
        return new Answer(reply.status(), answered, content(reply));
    }

    private static String content(HttpReply reply) {
        return switch (reply) {
            case HttpReply.Empty _ -> "";
            case HttpReply.Whole whole -> new String(whole.content(), StandardCharsets.UTF_8);
            case HttpReply.Streamed streamed -> {
                var memory = new Memory();
                try {
                    streamed.content().writeTo(memory);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                yield memory.bytes.toString(StandardCharsets.UTF_8);
            }
        };
    }
}
