package io.auspex.netconfsouthbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.netconfprotocol.NetconfNamespaces;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfsouthbound.MetricReading.Refused;
import io.auspex.netconfsouthbound.MetricReading.Value;
import io.auspex.yang.InputLimits;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushMessageTest {
    private static final Map<String, String> IF = Map.of("if", "urn:if");
    private static final MetricPath OPER =
            MetricPath.parse("/if:interfaces/if:interface[if:name='eth0']/if:oper-status", IF);
    private static final MetricPath UPTIME = MetricPath.parse("/if:interfaces/if:uptime", IF);
    private static final String TARGET = "<target>/interfaces:interfaces/interface=eth0/oper-status</target>";
    private static final String OF_SEVEN = "<id>7</id>";

    private final PushTargets targets = new PushTargets(List.of(OPER, UPTIME), PushDevice.MODULES);

    private PushMessage read(String name, String content) throws ProtocolException {
        var text = "<notification xmlns='" + NetconfNamespaces.NOTIFICATION + "'><" + name + " xmlns='"
                + PushOperations.PUSH + "'>" + content + "</" + name + "></notification>";
        return PushMessage.read(text.getBytes(UTF_8), InputLimits.DEFAULT, id -> id.equals("7") ? targets : null);
    }

    private Map<MetricPath, MetricReading> changed(String edit) throws ProtocolException {
        var edits = read(
                        "push-change-update",
                        OF_SEVEN + "<datastore-changes><yang-patch><edit><operation>merge</operation>" + edit
                                + "</edit></yang-patch></datastore-changes>")
                .edits();
        return Objects.requireNonNull(edits.getFirst().found());
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_SEVEN + "VALUES", "VALUES" + OF_SEVEN})
    void theIdMayStandBehindTheValues(String order) throws Exception {
        // When
        var contents = read(
                        "push-update",
                        order.replace(
                                "VALUES",
                                "<datastore-contents><interfaces xmlns='urn:if'><uptime> 5 </uptime></interfaces></datastore-contents>"))
                .contents();

        // Then
        assertThat(Objects.requireNonNull(contents).found()).isEqualTo(Map.of(UPTIME, new Value("5")));
    }

    @ParameterizedTest
    @ValueSource(strings = {TARGET + "VALUE", "VALUE" + TARGET})
    void theTargetMayStandBehindTheValue(String order) throws Exception {
        assertThat(
                        changed(
                                order.replace(
                                        "VALUE",
                                        "<value><oper-status xmlns='urn:if'>up<!-- and --> running</oper-status><mtu xmlns='urn:if'>9</mtu></value>")))
                .isEqualTo(Map.of(OPER, new Value("up running")));
    }

    @Test
    void anEditOfWhatIsAboveALeafIsSearchedForIt() throws Exception {
        assertThat(changed(
                        "<target>/interfaces:interfaces</target><value><interfaces xmlns='urn:if'><uptime>5</uptime><interface>"
                                + "<name>eth0</name><oper-status>up</oper-status></interface></interfaces></value>"))
                .isEqualTo(Map.of(UPTIME, new Value("5"), OPER, new Value("up")));
    }

    @Test
    void aLeafThatHoldsElementsIsNone() throws Exception {
        assertThat(
                        changed(
                                TARGET
                                        + "<value><oper-status xmlns='urn:if'>a<b/>c<d>e</d></oper-status><oper-status xmlns='urn:if'/></value>"))
                .hasEntrySatisfying(OPER, r -> assertThat(r).isInstanceOf(Refused.class));
    }

    @Test
    void theFirstOfTwoIdsSaysWhoseTheValuesAre() throws Exception {
        assertThat(read("push-update", OF_SEVEN + "<datastore-contents/><id>8</id>")
                        .id())
                .isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<target>/interfaces:interfaces</target>VALUE", "VALUE<target>/interfaces:interfaces</target>"})
    void s10_textThatHasNoPlaceInAContainerOrEntryCostsNoOtherValue(String order) throws Exception {
        assertThat(changed(order.replace(
                        "VALUE",
                        "<value>a<interfaces xmlns='urn:if'>b<uptime>5</uptime>c<interface>d<name>eth0</name>"
                                + "<oper-status>up</oper-status></interface></interfaces></value>")))
                .isEqualTo(Map.of(UPTIME, new Value("5"), OPER, new Value("up")));
    }

    @Test
    void whatIsOfAnotherSubscriptionIsNotLookedAt() throws Exception {
        // When
        var message = read("push-update", "<datastore-contents/><id>8</id>");

        // Then
        assertThat(message.id()).isEqualTo("8");
        assertThat(message.contents()).isNull();
    }
}
