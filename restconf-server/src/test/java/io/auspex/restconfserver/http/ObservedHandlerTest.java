package io.auspex.restconfserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservedHandlerTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private final List<String> seen = new ArrayList<>();
    private final List<String> traces = new ArrayList<>();

    private HttpReply reply(HttpHandler handler, String method, String... traceparents) throws InterruptedException {
        return new ObservedHandler(handler, (m, status, nanos) -> {
                    assertThat(nanos).isNotNegative();
                    seen.add(m + " " + status);
                })
                .handle(request(method, traceparents));
    }

    private static HttpRequest request(String method, String... traceparents) {
        Headers headers = name -> name.equals(TraceContext.HEADER) ? List.of(traceparents) : List.of();
        return new HttpRequest(
                method, "/", null, "localhost", headers, InputStream.nullInputStream(), false, new Peer("", "", false));
    }

    private HttpHandler answering(HttpReply reply) {
        return new HttpHandler() {
            @Override
            public HttpReply handle(HttpRequest request) {
                traces.add(TraceContext.CURRENT.get().traceId());
                return reply;
            }

            @Override
            public HttpReply refuse(int status, String accept, String message) {
                return new HttpReply.Empty(status, List.of());
            }
        };
    }

    private static final class Memory extends ReplyBody {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void onDisconnect(Runnable action) {}

        @Override
        public void write(int b) {
            bytes.write(b);
        }
    }

    private HttpReply.Streamed streamed(String type) {
        return new HttpReply.Streamed(
                200,
                List.of(new Header("Content-Type", type)),
                out -> traces.add(TraceContext.CURRENT.get().traceId()));
    }

    @Test
    void theTraceOfTheCallerIsThatOfTheRequestAndItsContent() throws Exception {
        // When
        var reply = reply(answering(streamed("application/json")), "GET", PARENT);
        ((HttpReply.Streamed) reply).content().writeTo(new Memory());
        // Then
        assertThat(traces).containsExactly(TRACE, TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more"
            })
    void aTraceThatIsNotWellFormedIsReplacedByANewOne(String traceparent) throws Exception {
        // When
        reply(answering(new HttpReply.Empty(204, List.of())), "GET", traceparent);
        // Then
        assertThat(traces).singleElement().asString().matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
    }

    @Test
    void aLaterVersionOfTheHeaderMayHaveMoreParts() throws Exception {
        // When
        reply(answering(new HttpReply.Empty(204, List.of())), "GET", "cc" + PARENT.substring(2) + "-more");
        // Then
        assertThat(traces).containsExactly(TRACE);
    }

    @Test
    void twoTracesAreNone() throws Exception {
        // When
        reply(answering(new HttpReply.Empty(204, List.of())), "GET", PARENT, PARENT);
        // Then
        assertThat(traces).doesNotContain(TRACE);
    }

    @Test
    void aStreamedReplyIsAnsweredWhenItsContentIsWritten() throws Exception {
        // When
        var reply = reply(answering(streamed("application/json")), "GET");
        // Then
        assertThat(seen).isEmpty();
        ((HttpReply.Streamed) reply).content().writeTo(new Memory());
        assertThat(seen).containsExactly("GET 200");
    }

    @Test
    void anEventStreamIsAnsweredWhenItBegins() throws Exception {
        // When
        reply(answering(streamed("text/event-stream")), "GET");
        // Then
        assertThat(seen).containsExactly("GET 200");
    }

    @Test
    void theContentOfAReplyToHeadIsNotWaitedFor() throws Exception {
        // When
        reply(answering(streamed("application/json")), "HEAD");
        // Then
        assertThat(seen).containsExactly("HEAD 200");
    }

    @Test
    void whatTheTransportRefusesIsSeenToo() {
        // Given
        var handler = new ObservedHandler(
                answering(new HttpReply.Empty(200, List.of())), (m, status, nanos) -> seen.add(m + " " + status));
        // When
        handler.refuse(414, "", "too long");
        // Then
        assertThat(seen).containsExactly(" 414");
    }
}
