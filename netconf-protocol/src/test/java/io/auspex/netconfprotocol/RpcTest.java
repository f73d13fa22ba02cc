package io.auspex.netconfprotocol;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.InputLimits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcTest {
    private static final InputLimits LIMITS = InputLimits.DEFAULT;

    @Nested
    class Section_4_1_Rpc {
        @Test
        void rpcIsReadBackAsWritten() throws Exception {
            // Given
            var rpc = Rpc.of("101", XmlElement.of(BASE, "get"));

            // When
            var read = Rpc.parse(rpc.toBytes(), LIMITS);

            // Then
            assertThat(new String(rpc.toBytes(), UTF_8))
                    .isEqualTo("<rpc xmlns=\"" + BASE + "\" message-id=\"101\"><get/></rpc>");
            assertThat(read.messageId()).contains("101");
            assertThat(read.operation().is(BASE, "get")).isTrue();
        }

        @Test
        void missingMessageIdIsLeftToTheServerToAnswer() throws Exception {
            // Given
            var message = "<rpc xmlns='" + BASE + "'><get/></rpc>";

            // When
            var rpc = Rpc.parse(message.getBytes(UTF_8), LIMITS);

            // Then
            assertThat(rpc.messageId()).isEmpty();
            assertThat(new String(new RpcReply.Failed(List.of(RpcError.missingMessageId())).toBytes(rpc.head()), UTF_8))
                    .isEqualTo("<rpc-reply xmlns=\"" + BASE
                            + "\"><rpc-error><error-type>rpc</error-type><error-tag>missing-attribute</error-tag>"
                            + "<error-severity>error</error-severity>"
                            + "<error-message xml:lang=\"en\">rpc: attribute 'message-id' is missing</error-message>"
                            + "<error-info><bad-attribute>message-id</bad-attribute><bad-element>rpc</bad-element>"
                            + "</error-info></rpc-error></rpc-reply>");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'/>",
                    "<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><get/><get/></rpc>",
                    "<rpc-reply xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><ok/></rpc-reply>",
                    "<rpc><get/></rpc>"
                })
        void whatIsNotOneOperationIsRefused(String message) {
            assertThatThrownBy(() -> Rpc.parse(message.getBytes(UTF_8), LIMITS)).isInstanceOf(ProtocolException.class);
        }

        @Test
        void prefixesOfTheRpcElementAreKnownInsideTheOperation() throws Exception {
            // Given
            var message = "<nc:rpc xmlns:nc='" + BASE
                    + "' xmlns:if='urn:if' message-id='1'><nc:get><nc:filter nc:type='xpath' nc:select='/if:x'/></nc:get></nc:rpc>";

            // When
            var filter = Rpc.parse(message.getBytes(UTF_8), LIMITS)
                    .operation()
                    .child(BASE, "filter")
                    .orElseThrow();

            // Then
            assertThat(filter.scope()).containsEntry("if", "urn:if");
            assertThat(filter.attributes()).contains(new XmlAttribute(BASE, "select", "/if:x"));
        }
    }

    @Nested
    class Section_4_2_RpcReply {
        @Test
        void replyRepeatsEveryAttributeOfTheRpcEscaped() throws Exception {
            // Given
            var message = "<nc:rpc xmlns:nc='" + BASE
                    + "' xmlns:ex='urn:ex' message-id='&lt;1&gt;]]>' ex:user='&quot;f&amp;'><nc:get/></nc:rpc>";
            var rpc = Rpc.parse(message.getBytes(UTF_8), LIMITS);

            // When
            var reply = new String(new RpcReply.Ok().toBytes(rpc.head()), UTF_8);

            // Then
            assertThat(reply)
                    .isEqualTo("<rpc-reply xmlns=\"" + BASE + "\" xmlns:ex=\"urn:ex\" message-id=\"&lt;1&gt;]]&gt;\""
                            + " ex:user=\"&quot;f&amp;\"><ok/></rpc-reply>");
        }

        @Test
        void eachKindOfReplyIsReadBackAsWritten() throws Exception {
            // Given
            var head = Rpc.of("7", XmlElement.of(BASE, "get")).head();
            var error = new RpcError(
                    "application",
                    "invalid-value",
                    RpcError.Severity.ERROR,
                    "too-low",
                    "/if:interfaces",
                    Map.of("if", "urn:if", "", BASE),
                    "mtu 12 is outside 68..65535",
                    List.of());
            var warning = new RpcError(
                    "application",
                    "operation-failed",
                    RpcError.Severity.WARNING,
                    null,
                    null,
                    Map.of(),
                    null,
                    List.of());

            // When
            var ok = RpcReply.parse(new RpcReply.Ok().toBytes(head), LIMITS);
            var failed = RpcReply.parse(new RpcReply.Failed(List.of(error)).toBytes(head), LIMITS);
            var data = RpcReply.parse(
                    new RpcReply.Data(List.of(XmlElement.of(BASE, "data")), List.of(warning)).toBytes(head), LIMITS);

            // Then
            assertThat(ok).isEqualTo(new RpcReply.Ok());
            assertThat(failed).isEqualTo(new RpcReply.Failed(List.of(error)));
            assertThat(data).isInstanceOfSatisfying(RpcReply.Data.class, d -> {
                assertThat(d.content()).singleElement().matches(e -> e.is(BASE, "data"));
                assertThat(d.warnings()).containsExactly(warning);
            });
        }

        @Test
        void summaryOfErrorsNamesTagPathAndMessage() {
            // Given
            var failed = new RpcReply.Failed(List.of(
                    RpcError.of("protocol", "operation-not-supported", "no such operation"),
                    RpcError.of("rpc", "too-big", "reply")));

            // When
            var summary = failed.summary();

            // Then
            assertThat(summary).isEqualTo("operation-not-supported: no such operation; too-big: reply");
        }
    }

    @Test
    void notificationIsReadBackAsWritten() throws Exception {
        // Given
        var time = Instant.parse("2026-11-21T05:00:00.25Z");
        var notification = new Notification(time, XmlElement.leaf("urn:x", "event", "1"));

        // When
        var read = Notification.parse(notification.toBytes(), LIMITS);

        // Then
        assertThat(read.eventTime()).isEqualTo(time);
        assertThat(read.content().is("urn:x", "event")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<notification xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'><eventTime>yesterday</eventTime><e/></notification>",
                "<notification xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'><eventTime>2026-11-21T05:00:00Z</eventTime></notification>",
                "<notification xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'><e/><eventTime>2026-11-21T05:00:00Z</eventTime></notification>",
                "<notification><eventTime>2026-11-21T05:00:00Z</eventTime><e/></notification>"
            })
    void notificationThatBreaksARuleIsRefused(String message) {
        assertThatThrownBy(() -> Notification.parse(message.getBytes(UTF_8), LIMITS))
                .isInstanceOf(ProtocolException.class);
    }
}
