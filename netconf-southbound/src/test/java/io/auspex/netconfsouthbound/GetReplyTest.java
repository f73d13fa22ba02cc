package io.auspex.netconfsouthbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfsouthbound.MetricReading.Missing;
import io.auspex.netconfsouthbound.MetricReading.Refused;
import io.auspex.netconfsouthbound.MetricReading.Value;
import io.auspex.yang.InputLimits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GetReplyTest {
    private static final Map<String, String> PREFIXES = Map.of("if", "urn:if", "ip", "urn:ip");
    private static final MetricPath A = path("/if:interfaces/if:interface[if:name='a']/if:status");
    private static final MetricPath B = path("/if:interfaces/if:interface[if:name='b']/if:status");
    private static final MetricPath MTU = path("/if:interfaces/if:interface[if:name='a']/ip:ipv4/ip:mtu");
    private static final MetricPath COUNT = path("/if:interfaces/if:count");

    @Test
    void eachPathGetsTheValueOfItsOwnEntry() throws Exception {
        // Given
        var data = """
                <i:interfaces xmlns:i="urn:if">
                  <i:other><i:name>a</i:name><i:status>wrong</i:status></i:other>
                  <i:interface><i:name>a</i:name><i:status>up</i:status>
                    <p:ipv4 xmlns:p="urn:ip"><p:mtu> 1500 </p:mtu></p:ipv4></i:interface>
                  <i:interface><i:status>down</i:status><i:name>b</i:name></i:interface>
                  <i:interface><i:name>c</i:name><i:status>lower</i:status></i:interface>
                  <i:count>3</i:count>
                </i:interfaces>
                <interfaces xmlns="urn:elsewhere"><count>9</count></interfaces>
                """;

        // When
        var readings = answered(data, A, B, MTU, COUNT);

        // Then
        assertThat(readings)
                .isEqualTo(Map.of(
                        A, new Value("up"), B, new Value("down"), MTU, new Value("1500"), COUNT, new Value("3")));
    }

    @Test
    void whatTheReplyLacksIsMissing() throws Exception {
        // Given
        var data = "<interfaces xmlns='urn:if'><interface><name>a</name></interface></interfaces>";

        // When
        var readings = answered(data, A, B);

        // Then
        assertThat(readings.values()).allMatch(Missing.class::isInstance).hasSize(2);
    }

    @Test
    void emptyLeafIsAnEmptyValue() throws Exception {
        assertThat(answered("<interfaces xmlns='urn:if'><count/></interfaces>", COUNT))
                .containsEntry(COUNT, new Value(""));
    }

    @Test
    void leafThatAppearsTwiceIsRefusedAndNotTheLastWins() throws Exception {
        assertThat(answered("<interfaces xmlns='urn:if'><count>1</count><count>2</count></interfaces>", COUNT))
                .containsEntry(COUNT, new Refused("appears more than once in the device's reply"));
    }

    @Test
    void containerWhereALeafIsExpectedIsRefused() throws Exception {
        assertThat(answered("<interfaces xmlns='urn:if'><count><x/></count></interfaces>", COUNT))
                .containsEntry(COUNT, new Refused("is no leaf on the device"));
    }

    @Test
    void errorsOfTheDeviceAreItsAnswer() throws Exception {
        // Given
        var reply = reply("<rpc-error><error-type>protocol</error-type><error-tag>unknown-namespace</error-tag>"
                + "<error-severity>error</error-severity><error-message>no urn:if</error-message></rpc-error>");

        // When
        var answer = GetReply.read(reply, InputLimits.DEFAULT, List.of(A));

        // Then
        assertThat(answer)
                .isInstanceOfSatisfying(
                        GetReply.Refused.class,
                        r -> assertThat(r.errors().summary()).isEqualTo("unknown-namespace: no urn:if"));
    }

    @Test
    void warningBesideDataIsNoError() throws Exception {
        // Given
        var reply = reply("<rpc-error><error-type>application</error-type><error-tag>operation-failed</error-tag>"
                + "<error-severity>warning</error-severity></rpc-error>"
                + "<data><interfaces xmlns='urn:if'><count>4</count></interfaces></data>");

        // When
        var answer = GetReply.read(reply, InputLimits.DEFAULT, List.of(COUNT));

        // Then
        assertThat(answer).isEqualTo(new GetReply.Answered(Map.of(COUNT, new Value("4"))));
    }

    @Test
    void replyCutShortIsAProtocolError() {
        assertThatThrownBy(() -> GetReply.read(
                        "<rpc-reply xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><data><x>".getBytes(UTF_8),
                        InputLimits.DEFAULT,
                        List.of(A)))
                .isInstanceOf(ProtocolException.class);
    }

    private static Map<MetricPath, MetricReading> answered(String data, MetricPath... paths) throws ProtocolException {
        var answer = GetReply.read(reply("<data>" + data + "</data>"), InputLimits.DEFAULT, List.of(paths));
        assertThat(answer).isInstanceOf(GetReply.Answered.class);
        return ((GetReply.Answered) answer).readings();
    }

    private static byte[] reply(String content) {
        return ("<rpc-reply xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id='1'>" + content + "</rpc-reply>")
                .getBytes(UTF_8);
    }

    private static MetricPath path(String text) {
        return MetricPath.parse(text, PREFIXES);
    }
}
