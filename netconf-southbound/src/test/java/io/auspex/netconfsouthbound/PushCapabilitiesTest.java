package io.auspex.netconfsouthbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.netconfprotocol.XmlElement;
import io.auspex.yang.InputLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 9196: what is said of the nearest node counts. */
class PushCapabilitiesTest {
    private static final MetricPath OPER =
            MetricPath.parse("/if:interfaces/if:interface[if:name='a']/if:oper-status", Map.of("if", "urn:if"));
    private static final MetricPath OCTETS = MetricPath.parse(
            "/if:interfaces/if:interface[if:name='a']/if:statistics/if:in-octets", Map.of("if", "urn:if"));

    private static PushCapabilities read(String system, String... nodes) throws Exception {
        var perNode = new StringBuilder();
        for (var node : nodes) {
            perNode.append("<per-node-capabilities>").append(node).append("</per-node-capabilities>");
        }
        return PushCapabilities.of(XmlElement.parse(
                ("<system-capabilities xmlns='" + PushCapabilities.SYSTEM + "' xmlns:i='urn:if'>"
                                + "<datastore-capabilities><datastore xmlns:ds='urn:ds'>ds:operational</datastore>"
                                + perNode
                                + "</datastore-capabilities>" + system + "</system-capabilities>")
                        .getBytes(UTF_8),
                InputLimits.DEFAULT));
    }

    private static String onChange(String bits) {
        return "<subscription-capabilities xmlns='urn:ietf:params:xml:ns:yang:ietf-notification-capabilities'>"
                + "<on-change-supported>" + bits + "</on-change-supported></subscription-capabilities>";
    }

    @Test
    void aDeviceThatSaysNothingMayTellAnything() throws Exception {
        assertThat(read("").maySayOnChange(OPER)).isTrue();
        assertThat(PushCapabilities.UNKNOWN.maySayOnChange(OPER)).isTrue();
    }

    @Test
    void whatTheSystemSaysCountsForEveryNode() throws Exception {
        assertThat(read(onChange("config-changes")).maySayOnChange(OPER)).isFalse();
        assertThat(read(onChange("config-changes state-changes")).maySayOnChange(OPER))
                .isTrue();
    }

    @Test
    void aNearerNodeWinsWhateverTheOrder() throws Exception {
        // Given
        var list = "<node-selector>/i:interfaces/i:interface[i:name='a/b']</node-selector>" + onChange("state-changes");
        var statistics = "<node-selector>/i:interfaces/i:interface/i:statistics</node-selector>" + onChange("");

        // When
        var some = read(onChange(""), statistics, list);

        // Then
        assertThat(some.maySayOnChange(OPER)).isTrue();
        assertThat(some.maySayOnChange(OCTETS)).isFalse();
    }

    @Test
    void anotherModulesNodeOfThatNameSaysNothing() throws Exception {
        assertThat(read("", "<node-selector xmlns:o='urn:other'>/o:interfaces</node-selector>" + onChange(""))
                        .maySayOnChange(OPER))
                .isTrue();
    }
}
