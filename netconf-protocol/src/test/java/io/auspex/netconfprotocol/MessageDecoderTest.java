package io.auspex.netconfprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDecoderTest {
    private static final int MAX = 1000;

    @Nested
    class Section_4_3_EndOfMessage {
        @Test
        void everySplitOfTheStreamGivesTheSameMessages() throws Exception {
            // Given
            var stream = "<a>]]>]</a>]]>]]>\n<b>]]]]>></b>]]>]]>".getBytes(UTF_8);
            for (var split = 0; split <= stream.length; split++) {
                // When
                var got = decode(Framing.END_OF_MESSAGE, stream, split);

                // Then
                assertThat(got).containsExactly("<a>]]>]</a>", "<b>]]]]>></b>");
            }
        }

        @Test
        void A39_delimiterInsideACommentCutsThereAsTheFramingRuleSays() throws Exception {
            assertThat(decode(Framing.END_OF_MESSAGE, "<a><!-- ]]>]]> --></a>]]>]]>".getBytes(UTF_8), 0))
                    .containsExactly("<a><!-- ", "--></a>");
        }

        @Test
        void messageOfExactlyTheLimitIsTakenAndOneByteMoreIsNot() throws Exception {
            // Given
            var fits = "x".repeat(MAX) + "]]>]]>";

            // When
            var taken = decode(Framing.END_OF_MESSAGE, fits.getBytes(UTF_8), 0);

            // Then
            assertThat(taken).hasSize(1);
            assertThatThrownBy(() -> decode(Framing.END_OF_MESSAGE, ("x" + fits).getBytes(UTF_8), 0))
                    .hasMessage("message larger than 1000 bytes");
        }

        @Test
        void endlessMessageWithoutDelimiterIsRefusedAtTheLimit() {
            assertThatThrownBy(() ->
                            decode(Framing.END_OF_MESSAGE, "x".repeat(2 * MAX).getBytes(UTF_8), 0))
                    .isInstanceOfSatisfying(
                            ProtocolException.class,
                            e -> assertThat(e.reason()).isEqualTo(ProtocolException.Reason.TOO_BIG));
        }

        @Test
        void emptyMessageIsRefused() {
            assertThatThrownBy(() -> decode(Framing.END_OF_MESSAGE, " \n]]>]]>".getBytes(UTF_8), 0))
                    .hasMessage("empty message before ]]>]]>");
        }
    }

    @Nested
    class Section_4_2_Chunked {
        @Test
        void everySplitOfTheStreamGivesTheSameMessages() throws Exception {
            // Given
            var stream = "\n#3\n<a>\n#4\n</a>\n##\n\n#11\n<b>]]>]]>\n#\n#4\n</b>\n##\n".getBytes(UTF_8);
            for (var split = 0; split <= stream.length; split++) {
                // When
                var got = decode(Framing.CHUNKED, stream, split);

                // Then
                assertThat(got).containsExactly("<a></a>", "<b>]]>]]>\n#</b>");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\n#0\n",
                    "\n#00001\na",
                    "\n#+5\n",
                    "\n#-1\n",
                    "\n# 5\n",
                    "\n#5 \n",
                    "\n#4294967296\n",
                    "\n#99999999999999999999\n",
                    "#5\n",
                    "\r\n#5\n",
                    "\n#5\r\n",
                    "\n##\n",
                    "\n#1\na\n##\r\n",
                    "\n#1\nab",
                    "\n#1\na\n\n#1\n",
                    "<rpc/>]]>]]>",
                    "\n#A\n"
                })
        void wrongChunkSyntaxEndsTheSession(String stream) {
            assertThatThrownBy(() -> decode(Framing.CHUNKED, stream.getBytes(UTF_8), 0))
                    .isInstanceOfSatisfying(
                            ProtocolException.class,
                            e -> assertThat(e.reason()).isEqualTo(ProtocolException.Reason.FRAMING))
                    .hasMessageStartingWith("chunk framing: ");
        }

        @Test
        void declaredSizeAboveTheLimitIsRefusedBeforeAnyDataArrives() {
            assertThatThrownBy(() -> decode(Framing.CHUNKED, "\n#4294967295\n".getBytes(UTF_8), 0))
                    .hasMessage("message larger than 1000 bytes");
        }

        @Test
        void manySmallChunksCountTogetherTowardsTheLimit() {
            assertThatThrownBy(() ->
                            decode(Framing.CHUNKED, "\n#1\nx".repeat(MAX + 1).getBytes(UTF_8), 0))
                    .hasMessage("message larger than 1000 bytes");
        }

        @Test
        void brokenStreamStaysBroken() {
            // Given
            var decoder = new MessageDecoder(MAX);
            decoder.switchTo(Framing.CHUNKED, MAX);
            decoder.feed("\n#0\n\n#1\na\n##\n".getBytes(UTF_8), 0, 13);
            assertThatThrownBy(decoder::poll).isInstanceOf(ProtocolException.class);

            // When
            decoder.feed("\n#1\na\n##\n".getBytes(UTF_8), 0, 9);

            // Then
            assertThatThrownBy(decoder::poll).hasMessageContaining("got '0'");
        }
    }

    @Test
    void framingSwitchAppliesToBytesThatArrivedWithTheHello() throws Exception {
        // Given
        var decoder = new MessageDecoder(MAX);
        var stream = "<hello/>]]>]]>\n#4\n<a/>\n##\n".getBytes(UTF_8);
        decoder.feed(stream, 0, stream.length);
        assertThat(decoder.poll())
                .hasValueSatisfying(hello -> assertThat(hello).asString(UTF_8).isEqualTo("<hello/>"));

        // When
        decoder.switchTo(Framing.CHUNKED, MAX);

        // Then
        assertThat(decoder.poll())
                .hasValueSatisfying(next -> assertThat(next).asString(UTF_8).isEqualTo("<a/>"));
        assertThat(decoder.isMidMessage()).isFalse();
    }

    @Test
    void halfAMessageIsSeenAsOwedBytes() throws Exception {
        // Given
        var decoder = new MessageDecoder(MAX);
        decoder.switchTo(Framing.CHUNKED, MAX);
        decoder.feed("\n#4\n<a".getBytes(UTF_8), 0, 6);

        // When
        var message = decoder.poll();

        // Then
        assertThat(message).isEmpty();
        assertThat(decoder.isMidMessage()).isTrue();
    }

    @Test
    void outputOfEitherFramingIsReadBackWhateverItsSize() throws Exception {
        for (var framing : Framing.values()) {
            for (var size : List.of(1, 9, 10, 16_383, 16_384, 16_385, 100_000)) {
                // Given
                var wire = new ByteArrayOutputStream();
                var message = "<" + "a".repeat(size) + "/>";
                var out = new FramedOutput(wire);
                out.switchTo(framing);

                // When
                out.writeMessage(message.getBytes(UTF_8));
                out.writeMessage("<b/>".getBytes(UTF_8));

                // Then
                var decoder = new MessageDecoder(1 << 20);
                decoder.switchTo(framing, 1 << 20);
                decoder.feed(wire.toByteArray(), 0, wire.size());
                assertThat(drain(decoder)).containsExactly(message, "<b/>");
            }
        }
    }

    @Test
    void A39_delimiterIsNeverWrittenInsideAMessage() {
        // Given
        var out = new FramedOutput(new ByteArrayOutputStream());

        // When
        var writing = assertThatThrownBy(() -> {
            out.write("<a>]]]>]".getBytes(UTF_8));
            out.write("]></a>".getBytes(UTF_8));
        });

        // Then
        writing.hasMessage("the message holds ]]>]]>, which ends a message in base:1.0 framing");
    }

    @Test
    void messageWhoseEndWouldMoveTheDelimiterIsNotWritten() {
        // Given
        var out = new FramedOutput(new ByteArrayOutputStream());

        // When
        var writing = assertThatThrownBy(() -> out.writeMessage("a]]>".getBytes(UTF_8)));

        // Then
        writing.hasMessage("the message holds ]]>]]>, which ends a message in base:1.0 framing");
    }

    private static List<String> decode(Framing framing, byte[] stream, int split) throws ProtocolException {
        var decoder = new MessageDecoder(MAX);
        decoder.switchTo(framing, MAX);
        decoder.feed(stream, 0, split);
        var messages = new ArrayList<>(drain(decoder));
        decoder.feed(stream, split, stream.length - split);
        messages.addAll(drain(decoder));
        return messages;
    }

    private static List<String> drain(MessageDecoder decoder) throws ProtocolException {
        var messages = new ArrayList<String>();
        for (var next = decoder.poll(); next.isPresent(); next = decoder.poll()) {
            messages.add(new String(next.get(), UTF_8));
        }
        return messages;
    }
}
