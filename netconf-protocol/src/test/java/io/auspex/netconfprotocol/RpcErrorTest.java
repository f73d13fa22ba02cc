package io.auspex.netconfprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.ModelLoader;
import org.junit.jupiter.api.Test;

class RpcErrorTest {
    @Test
    void ownErrorGoesOutWithAPathWhosePrefixesAreDeclared() throws Exception {
        // Given
        var model = ModelLoader.load();
        var path = InstanceIdentifiers.parse(
                "/ietf-interfaces:interfaces/interface[name='eth0']/ietf-ip:ipv4", model.root(), model.jsonPrefixes());
        var error = YangError.of(Failure.INVALID_VALUE, path, "mtu 12 is outside 68..65535")
                .withAppTag("too-low")
                .withInfo(new ErrorInfo("urn:x", "limit", "68"));

        // When
        var element = RpcError.of(error).toXml();

        // Then
        assertThat(element.toString())
                .isEqualTo("<rpc-error xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\">"
                        + "<error-type>application</error-type><error-tag>invalid-value</error-tag>"
                        + "<error-severity>error</error-severity><error-app-tag>too-low</error-app-tag>"
                        + "<error-path xmlns:ietf-interfaces=\"urn:ietf:params:xml:ns:yang:ietf-interfaces\""
                        + " xmlns:ietf-ip=\"urn:ietf:params:xml:ns:yang:ietf-ip\">"
                        + "/ietf-interfaces:interfaces/ietf-interfaces:interface[ietf-interfaces:name='eth0']/ietf-ip:ipv4"
                        + "</error-path><error-message xml:lang=\"en\">mtu 12 is outside 68..65535</error-message>"
                        + "<error-info><limit xmlns=\"urn:x\">68</limit></error-info></rpc-error>");
        assertThat(RpcError.of(element).path()).isEqualTo(RpcError.of(error).path());
    }

    @Test
    void errorOfADeviceWithoutMandatoryPartsIsStillAnError() {
        // Given
        var bare = XmlElement.of(NetconfNamespaces.BASE, "rpc-error");

        // When
        var error = RpcError.of(bare);

        // Then
        assertThat(error.severity()).isEqualTo(RpcError.Severity.ERROR);
        assertThat(error.summary()).isEqualTo("operation-failed");
    }

    @Test
    void brokenMessageTellsWhichErrorToAnswer() {
        assertThat(new ProtocolException(ProtocolException.Reason.TOO_BIG, "message larger than 10 bytes").error())
                .satisfies(e -> assertThat(e.tag()).hasToString("too-big"))
                .satisfies(e -> assertThat(e.type()).hasToString("rpc"));
        assertThat(new ProtocolException(ProtocolException.Reason.MALFORMED_XML, "line 1: no")
                        .error()
                        .tag())
                .hasToString("malformed-message");
    }
}
