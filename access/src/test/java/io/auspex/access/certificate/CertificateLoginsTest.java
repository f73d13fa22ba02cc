package io.auspex.access.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.access.AuditEvent;
import io.auspex.access.Authentication;
import io.auspex.access.Principal;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateLoginsTest {
    private static final ModelContext MODEL = ModelLoader.loadOnly(Set.of("auspex-access"));
    private static final String SOURCE = "restconf 192.0.2.1:5000";

    private final List<AuditEvent> audit = new ArrayList<>();
    private Instant now = Instant.now();

    @TempDir
    private Path folder;

    private TestCa ca;
    private TrustAnchors anchors;

    @BeforeEach
    void makeCa() throws Exception {
        ca = new TestCa("CN=Operator CA");
        anchors = TrustAnchors.read(ca.write(folder.resolve("ca.pem")), null);
    }

    private static String fingerprint(String octet, String hash, X509Certificate certificate) throws Exception {
        return octet + ":"
                + HexFormat.ofDelimiter(":")
                        .formatHex(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    }

    private static String entry(int id, String fingerprint, String mapType, String more) {
        return "{\"id\":" + id + ",\"fingerprint\":\"" + fingerprint + "\",\"map-type\":\"ietf-x509-cert-to-name:"
                + mapType + "\"" + more + "}";
    }

    private CertificateLogins logins(String... entries) throws Exception {
        var json = "{\"auspex-access:client-certificates\":{\"cert-to-name\":[" + String.join(",", entries) + "]}}";
        InnerNode running = new JsonReader(MODEL, io.auspex.yang.InputLimits.DEFAULT)
                .readRoot(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        return new CertificateLogins(() -> anchors, new CertificateNames(MODEL, () -> running), audit::add, () -> now);
    }

    private static Authentication accepted(String user) {
        return new Authentication.Accepted(new Principal(user, Set.of(), SOURCE));
    }

    @Nested
    class MapTypesOfRfc7407 {
        @ParameterizedTest
        @CsvSource({
            "san-rfc822-name, FooBar@example.com",
            "san-dns-name, host.example.com",
            "san-ip-address, 20010db8000000000000000000000001",
            "san-any, host.example.com",
            "common-name, Ann"
        })
        void makeANameOfTheCertificate(String mapType, String name) throws Exception {
            // Given
            var client = ca.issue(
                    "O=Example,CN=Ann",
                    new GeneralName(GeneralName.dNSName, "Host.Example.COM"),
                    new GeneralName(GeneralName.rfc822Name, "FooBar@Example.COM"),
                    new GeneralName(GeneralName.iPAddress, "2001:db8::1"));
            var logins = logins(entry(1, fingerprint("04", "SHA-256", ca.certificate()), mapType, ""));
            // When
            var who = logins.authenticate(List.of(client.certificate()), SOURCE);
            // Then
            assertThat(who).isEqualTo(accepted(name));
        }

        @Test
        void anIpv4AddressIsDotted() throws Exception {
            // Given
            var client = ca.issue("CN=x", new GeneralName(GeneralName.iPAddress, "192.0.2.7"));
            var logins = logins(entry(1, fingerprint("04", "SHA-256", ca.certificate()), "san-any", ""));
            // When
            var who = logins.authenticate(List.of(client.certificate()), SOURCE);
            // Then
            assertThat(who).isEqualTo(accepted("192.0.2.7"));
        }

        @Test
        void theNameCanBeSpecifiedForOneCertificate() throws Exception {
            // Given
            var client = ca.issue("CN=x");
            var logins = logins(entry(
                    1, fingerprint("06", "SHA-512", client.certificate()), "specified", ",\"name\":\"orchestrator\""));
            // When
            var who = logins.authenticate(List.of(client.certificate()), SOURCE);
            // Then
            assertThat(who).isEqualTo(accepted("orchestrator"));
        }
    }

    @Test
    void entriesAreTriedByIdUntilOneMakesAName() throws Exception {
        // Given
        var client = ca.issue("CN=Ann");
        var print = fingerprint("04", "SHA-256", ca.certificate());
        var logins = logins(
                entry(20, print, "common-name", ""),
                entry(3, print, "san-dns-name", ""),
                entry(100, print, "specified", ",\"name\":\"too late\""));
        // When
        var who = logins.authenticate(List.of(client.certificate()), SOURCE);
        // Then
        assertThat(who).isEqualTo(accepted("Ann"));
    }

    @Test
    void aCertificateThatNoEntryIsForIsRefusedAndNoted() throws Exception {
        // Given
        var client = ca.issue("CN=Ann");
        var logins = logins(entry(1, fingerprint("04", "SHA-256", client.certificate()), "san-dns-name", ""));
        // When
        var who = logins.authenticate(List.of(client.certificate()), SOURCE);
        // Then
        assertThat(who).isEqualTo(new Authentication.Rejected());
        assertThat(audit)
                .containsExactly(new AuditEvent.LoginFailed(
                        "CN=Ann", SOURCE, "no entry of cert-to-name makes a name of the certificate"));
    }

    @Test
    void aCaThatTheClientSendsButThatDidNotIssueItsCertificateMatchesNoEntry() throws Exception {
        // Given
        var client = ca.issue("CN=Mallory");
        var other = new TestCa("CN=Other CA");
        var logins =
                logins(entry(1, fingerprint("04", "SHA-256", other.certificate()), "specified", ",\"name\":\"admin\""));
        // When
        var who = logins.authenticate(List.of(client.certificate(), other.certificate()), SOURCE);
        // Then
        assertThat(who).isEqualTo(new Authentication.Rejected());
    }

    @Test
    void aCaBetweenMatchesAnEntryToo() throws Exception {
        // Given
        var between = ca.below("CN=Between");
        var client = between.issue("CN=Ann");
        var logins = logins(entry(1, fingerprint("04", "SHA-256", between.certificate()), "common-name", ""));
        // When
        var who = logins.authenticate(List.of(client.certificate(), between.certificate()), SOURCE);
        // Then
        assertThat(who).isEqualTo(accepted("Ann"));
    }

    @Test
    void aCertificateOfAnotherCaIsRefused() throws Exception {
        // Given
        var client = new TestCa("CN=Operator CA").issue("CN=Ann");
        var logins = logins(entry(1, fingerprint("04", "SHA-256", ca.certificate()), "common-name", ""));
        // When
        var who = logins.authenticate(List.of(client.certificate()), SOURCE);
        // Then
        assertThat(who).isEqualTo(new Authentication.Rejected());
    }

    @Test
    void anExpiredCertificateIsRefusedEvenOnAConnectionThatBeganBefore() throws Exception {
        // Given
        var client = ca.issue("CN=Ann", Duration.ofMinutes(5));
        var logins = logins(entry(1, fingerprint("04", "SHA-256", ca.certificate()), "common-name", ""));
        assertThat(logins.authenticate(List.of(client.certificate()), SOURCE)).isEqualTo(accepted("Ann"));
        // When
        now = now.plus(Duration.ofMinutes(6));
        // Then
        assertThat(logins.authenticate(List.of(client.certificate()), SOURCE)).isEqualTo(new Authentication.Rejected());
    }

    @Test
    void aRevokedCertificateIsRefusedAsSoonAsTheListIsThere() throws Exception {
        // Given
        var ann = ca.issue("CN=Ann");
        var bob = ca.issue("CN=Bob");
        var logins = logins(entry(1, fingerprint("04", "SHA-256", ca.certificate()), "common-name", ""));
        assertThat(logins.authenticate(List.of(ann.certificate()), SOURCE)).isEqualTo(accepted("Ann"));
        // When
        anchors = TrustAnchors.read(folder.resolve("ca.pem"), ca.revoke(folder.resolve("crl.pem"), ann.certificate()));
        // Then
        assertThat(logins.authenticate(List.of(ann.certificate()), SOURCE)).isEqualTo(new Authentication.Rejected());
        assertThat(logins.authenticate(List.of(bob.certificate()), SOURCE)).isEqualTo(accepted("Bob"));
    }

    @Test
    void aCertificateThatIsATrustAnchorItselfNeedsNoCa() throws Exception {
        // Given
        var pinned = new TestCa("CN=Pinned").certificate();
        anchors = TrustAnchors.read(
                Files.writeString(
                        folder.resolve("pinned.pem"),
                        "-----BEGIN CERTIFICATE-----\n"
                                + java.util.Base64.getMimeEncoder().encodeToString(pinned.getEncoded())
                                + "\n-----END CERTIFICATE-----\n"),
                null);
        var logins = logins(entry(1, fingerprint("04", "SHA-256", pinned), "common-name", ""));
        // When
        var who = logins.authenticate(List.of(pinned), SOURCE);
        // Then
        assertThat(who).isEqualTo(accepted("Pinned"));
    }

    @Test
    void aFileWithoutCertificatesSaysSo() throws Exception {
        var file = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> TrustAnchors.read(file, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty.pem has no certificate in it");
    }

    @Test
    void aLoginIsNotedOnceAMinute() throws Exception {
        // Given
        var client = ca.issue("CN=Ann");
        var logins = logins(entry(1, fingerprint("04", "SHA-256", ca.certificate()), "common-name", ""));
        // When
        logins.authenticate(List.of(client.certificate()), SOURCE);
        logins.authenticate(List.of(client.certificate()), SOURCE);
        // Then
        assertThat(audit).containsExactly(new AuditEvent.LoggedIn("Ann", SOURCE, "certificate CN=Ann"));
    }
}
