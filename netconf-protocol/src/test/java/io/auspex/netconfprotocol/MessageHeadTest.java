package io.auspex.netconfprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.InputLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageHeadTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<notification xmlns='urn:x'/>",
                "<n:notification>",
                "<notification/>",
                "\uFEFF<?xml version='1.0'?>\n<!-- <rpc-reply> --> <?pi <rpc>?>\r\n\t<notification\n>",
            })
    void aNotificationIsSeenByItsFirstTag(String message) {
        assertThat(MessageHead.seemsNotification(message.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<rpc-reply message-id='1'><notification/></rpc-reply>",
                "<notification",
                "<notifications>",
                "<a:rpc-reply notification='1'>",
                "notification>",
                "<!-- <notification>",
                "<?xml",
                "<!DOCTYPE notification><rpc-reply/>",
                "",
            })
    void whatIsNoneOrCannotBeSeenIsLeftToTheParser(String message) {
        assertThat(MessageHead.seemsNotification(message.getBytes(UTF_8))).isFalse();
    }

    @Test
    void whoReadsAMessageOfAnotherKindIsTold() throws Exception {
        // Given
        var in = XmlInput.open(
                "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'/>".getBytes(UTF_8), InputLimits.DEFAULT);

        // When, Then
        assertThatThrownBy(() -> MessageHead.expect(MessageHead.Kind.NOTIFICATION, in))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("expected notification, got hello");
    }
}
