package io.auspex.netconfprotocol;

import static io.auspex.netconfprotocol.Capability.BASE_1_0;
import static io.auspex.netconfprotocol.Capability.BASE_1_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.netconfprotocol.MessageHead.Kind;
import io.auspex.netconfprotocol.SessionState.AwaitingHello;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelloTest {
    private static final Instant DEADLINE = Instant.parse("2026-01-01T00:00:10Z");

    @Test
    void helloIsReadBackAsWritten() throws Exception {
        // Given
        var hello = Hello.ofServer(Capabilities.of(BASE_1_0, BASE_1_1), 4_294_967_295L);

        // When
        var read = Hello.parse(hello.toBytes());

        // Then
        assertThat(read).isEqualTo(hello);
    }

    @Test
    void whiteSpaceAroundCapabilitiesAndSessionIdIsIgnored() throws Exception {
        // Given
        var message =
                "<nc:hello xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'>\n<nc:capabilities>\n<nc:capability>\n urn:ietf:params:netconf:base:1.1\n</nc:capability></nc:capabilities>\n<nc:session-id> 7 </nc:session-id></nc:hello>";

        // When
        var read = Hello.parse(message.getBytes(UTF_8));

        // Then
        assertThat(read).isEqualTo(Hello.ofServer(Capabilities.of(BASE_1_1), 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<hello/>",
                "<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'/>",
                "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'/>",
                "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities/></hello>",
                "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities><capability/></capabilities></hello>",
                "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities><capability>u</capability></capabilities><session-id>0</session-id></hello>",
                "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities><capability>u</capability></capabilities><session-id>4294967296</session-id></hello>",
                "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities><capability>u</capability></capabilities><session-id>-1</session-id></hello>",
                "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities><capability>u</capability></capabilities><session-id>1</session-id><session-id>1</session-id></hello>"
            })
    void helloThatBreaksARuleIsRefused(String message) {
        assertThatThrownBy(() -> Hello.parse(message.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        e -> assertThat(e.reason()).isEqualTo(ProtocolException.Reason.UNEXPECTED_MESSAGE));
    }

    @Test
    void A44_floodOfCapabilitiesIsRefused() {
        // Given
        var flood = IntStream.range(0, 5000)
                .mapToObj(i -> "<capability>urn:" + i + "</capability>")
                .collect(Collectors.joining());
        var message = "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities>" + flood
                + "</capabilities></hello>";

        // When
        var parsing = assertThatThrownBy(() -> Hello.parse(message.getBytes(UTF_8)));

        // Then
        parsing.hasMessage("hello: more than 4096 capabilities");
    }

    @Test
    void modulesAreReadFromCapabilityParameters() {
        // Given
        var capabilities = Capabilities.of(
                BASE_1_1,
                new Capability("urn:x?module=x&revision=2020-01-01&features=a,b"),
                new Capability("urn:y?module=y"));

        // When
        var modules = capabilities.modules();

        // Then
        assertThat(modules)
                .containsExactly(new YangModule("urn:x", "x", "2020-01-01"), new YangModule("urn:y", "y", null));
    }

    @Nested
    class Section_8_1_SessionState {
        @ParameterizedTest
        @CsvSource({
            "1.0 1.1, 1.0 1.1, CHUNKED",
            "1.0 1.1, 1.0, END_OF_MESSAGE",
            "1.0, 1.0 1.1, END_OF_MESSAGE",
            "1.1, 1.1, CHUNKED"
        })
        void newestCommonBaseDecidesTheFraming(String mine, String theirs, Framing expected) throws Exception {
            // Given
            var waiting = AwaitingHello.client(bases(mine), DEADLINE);

            // When
            var ready = waiting.ready(Hello.ofServer(bases(theirs), 9));

            // Then
            assertThat(ready.framing()).isEqualTo(expected);
            assertThat(ready.sessionId()).isEqualTo(9);
        }

        @Test
        void noCommonBaseEndsTheSession() {
            assertThatThrownBy(
                            () -> AwaitingHello.client(bases("1.1"), DEADLINE).ready(Hello.ofServer(bases("1.0"), 9)))
                    .hasMessage("hello: no base version in common with the peer");
        }

        @Test
        void clientNeedsASessionIdAndServerRefusesOne() {
            assertThatThrownBy(
                            () -> AwaitingHello.client(bases("1.0"), DEADLINE).ready(Hello.ofClient(bases("1.0"))))
                    .hasMessage("hello: the server sent no session-id");
            assertThatThrownBy(() ->
                            AwaitingHello.server(bases("1.0"), 4, DEADLINE).ready(Hello.ofServer(bases("1.0"), 9)))
                    .hasMessage("hello: a client must not send a session-id");
        }

        @Test
        void messagesThatDoNotBelongInTheStateAreRefused() throws Exception {
            // Given
            var waiting = AwaitingHello.server(bases("1.0"), 4, DEADLINE);
            var server = waiting.ready(Hello.ofClient(bases("1.0")));
            var client = AwaitingHello.client(bases("1.0"), DEADLINE).ready(Hello.ofServer(bases("1.0"), 9));

            // When
            server.expect(Kind.RPC);
            client.expect(Kind.RPC_REPLY);
            client.expect(Kind.NOTIFICATION);

            // Then
            assertThatThrownBy(() -> waiting.expect(Kind.RPC)).hasMessage("a rpc arrived before the hello");
            assertThatThrownBy(() -> server.expect(Kind.HELLO)).hasMessage("a second hello arrived");
            assertThatThrownBy(() -> server.expect(Kind.RPC_REPLY))
                    .hasMessage("a rpc-reply must not be sent to a server");
            assertThatThrownBy(() -> client.expect(Kind.RPC)).hasMessage("a rpc must not be sent to a client");
            assertThatThrownBy(() -> client.closing("done").expect(Kind.RPC_REPLY))
                    .hasMessage("a rpc-reply arrived after the end of the session: done");
        }

        private static Capabilities bases(String versions) {
            return Capabilities.of(java.util.Arrays.stream(versions.split(" "))
                    .map(v -> "urn:ietf:params:netconf:base:" + v)
                    .toList());
        }
    }
}
