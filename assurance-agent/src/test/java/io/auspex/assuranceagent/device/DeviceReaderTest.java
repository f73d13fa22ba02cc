package io.auspex.assuranceagent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.assuranceagent.Documents;
import io.auspex.netconfsouthbound.Credentials;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Devices of the inventory, with the defaults of auspex-devices. */
class DeviceReaderTest {
    private static final DeviceSchema SCHEMA = new DeviceSchema(Documents.MODEL);

    private final DeviceReader reader = new DeviceReader(Documents.MODEL, SCHEMA);

    private static InnerNode entry(String json) throws YangException {
        var root = Documents.root(Documents.MODEL, "{\"auspex-devices:devices\":{\"device\":[" + json + "]}}");
        return ((InnerNode) Objects.requireNonNull(root.child(SCHEMA.container)))
                .list("device")
                .orElseThrow()
                .iterator()
                .next();
    }

    @Test
    void whatIsNotConfiguredIsTheModulesDefault() throws Exception {
        // When
        var device = reader.read(entry("""
                {"name":"peer1","address":"192.0.2.1","credentials":{"user-name":"reader","password":"p"}}"""));
        // Then
        assertThat(device.config().port()).isEqualTo(830);
        assertThat(device.config().hostKey()).isNull();
        assertThat(device.period()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everythingConfiguredReachesTheSession() throws Exception {
        // When
        var device = reader.read(entry("""
                {"name":"peer1","address":"r1.example","port":8300,"transport":"ssh","period":5,"host-key":"SHA256:x",
                 "credentials":{"user-name":"reader","private-key":"pem"}}"""));
        // Then
        assertThat(device.config().address()).isEqualTo("r1.example");
        assertThat(device.config().port()).isEqualTo(8300);
        assertThat(device.config().hostKey()).isEqualTo("SHA256:x");
        assertThat(device.config().credentials())
                .isInstanceOfSatisfying(
                        Credentials.PrivateKey.class,
                        key -> assertThat(key.pem().value()).isEqualTo("pem"));
        assertThat(device.period()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void secretsAreNotPrinted() throws Exception {
        // When
        var device = reader.read(entry("""
                {"name":"peer1","address":"192.0.2.1","credentials":{"user-name":"reader","password":"hush"}}"""));
        // Then
        assertThat(device.toString()).doesNotContain("hush");
    }

    @Test
    void transportThatThisServerDoesNotHaveIsRefused() throws Exception {
        // Given
        var entry = entry("""
                {"name":"peer1","address":"192.0.2.1","transport":"tls",
                 "credentials":{"private-key":"pem","certificate":"pem"}}""");
        // When
        var refusal = catchThrowableOfType(YangException.class, () -> reader.read(entry));
        // Then
        assertThat(refusal.first().tag()).isEqualTo(ErrorTag.OPERATION_NOT_SUPPORTED);
        assertThat(refusal)
                .hasMessage("/auspex-devices:devices/device[name='peer1']/transport: got 'tls', expected 'ssh':"
                        + " this server reaches devices over SSH only");
    }

    @Test
    void deviceWithoutSecretIsRefusedAndSaysWhatIsMissing() throws Exception {
        // Given
        var entry = entry("""
                {"name":"peer1","address":"192.0.2.1","credentials":{"user-name":"reader"}}""");
        // When
        var refusal = catchThrowableOfType(YangException.class, () -> reader.read(entry));
        // Then
        assertThat(refusal)
                .hasMessage("/auspex-devices:devices/device[name='peer1']: got no credentials: a password or"
                        + " private-key, expected one for a device that is read");
    }
}
