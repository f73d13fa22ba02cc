package io.auspex.netconfprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.auspex.yang.InputLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Jazzer targets for what a peer can send: whatever it is, the outcome is a value or a {@link ProtocolException}. */
class ForeignInputFuzzTest {
    private static final int MAX = 4096;

    @FuzzTest
    void decoderGivesTheSameMessagesHoweverTheStreamIsCut(FuzzedDataProvider data) {
        // Given
        var framing = data.pickValue(Framing.values());
        var cut = data.consumeInt(1, 17);
        var stream = data.consumeRemainingAsBytes();

        // When
        var whole = decode(framing, stream, Math.max(1, stream.length));
        var pieces = decode(framing, stream, cut);

        // Then
        assertThat(pieces.size()).isEqualTo(whole.size());
        for (var i = 0; i < whole.size(); i++) {
            assertThat(pieces.get(i)).isEqualTo(whole.get(i));
        }
    }

    @FuzzTest
    void whatIsWrittenIsReadBack(FuzzedDataProvider data) throws IOException, ProtocolException {
        // Given
        var framing = data.pickValue(Framing.values());
        var message = data.consumeRemainingAsBytes();
        if (message.length == 0 || message[0] <= ' ') {
            return;
        }
        var wire = new ByteArrayOutputStream();
        var out = new FramedOutput(wire, 7);
        out.switchTo(framing);

        // When
        try {
            out.writeMessage(message);
        } catch (IOException delimiterInside) {
            return;
        }

        // Then
        var decoder = new MessageDecoder(message.length);
        decoder.switchTo(framing, message.length);
        decoder.feed(wire.toByteArray(), 0, wire.size());
        assertThat(decoder.poll()).hasValueSatisfying(read -> assertThat(read).isEqualTo(message));
    }

    @FuzzTest
    void xmlThatIsTakenPrintsToTheSameElement(byte[] message) {
        // Given
        XmlElement element;
        try {
            element = XmlElement.parse(message, InputLimits.DEFAULT);
        } catch (ProtocolException malformed) {
            return;
        }

        // When
        var printed = element.toBytes();

        // Then
        try {
            var again = XmlElement.parse(printed, InputLimits.DEFAULT);
            assertThat(again.toString()).isEqualTo(element.toString());
            assertThat(again.namespace()).isEqualTo(element.namespace());
        } catch (ProtocolException e) {
            throw new AssertionError(element.toString(), e);
        }
    }

    @FuzzTest
    void everyMessageParserGivesAValueOrAProtocolError(byte[] message) {
        for (Parser parser : List.<Parser>of(
                Hello::parse,
                m -> Rpc.parse(m, InputLimits.DEFAULT),
                m -> RpcReply.parse(m, InputLimits.DEFAULT),
                m -> Notification.parse(m, InputLimits.DEFAULT),
                m -> MessageHead.peek(m, InputLimits.DEFAULT))) {
            // When
            try {
                parser.parse(message);
            } catch (ProtocolException expected) {
                // Then
                assertThat(expected.getMessage()).isNotBlank().doesNotContain("\n");
            }
        }
    }

    private interface Parser {
        Object parse(byte[] message) throws ProtocolException;
    }

    private static List<byte[]> decode(Framing framing, byte[] stream, int piece) {
        var messages = new ArrayList<byte[]>();
        var decoder = new MessageDecoder(MAX);
        decoder.switchTo(framing, MAX);
        try {
            for (var at = 0; at < stream.length; at += piece) {
                decoder.feed(stream, at, Math.min(piece, stream.length - at));
                for (var next = decoder.poll(); next.isPresent(); next = decoder.poll()) {
                    messages.add(next.get());
                }
            }
        } catch (ProtocolException e) {
            return messages;
        }
        return messages;
    }
}
