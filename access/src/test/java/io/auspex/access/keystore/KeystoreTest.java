package io.auspex.access.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.access.certificate.TestCa;
import io.auspex.access.certificate.TrustAnchors;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.Placed;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.Binary;
import io.auspex.yang.schema.Empty;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and certificates as a client may send them (RFC 9640 to RFC 9642). */
class KeystoreTest {
    private static final ModelContext MODEL = ModelLoader.loadOnly(Set.of("ietf-keystore", "ietf-truststore"));

    private final List<YangError> errors = new ArrayList<>();
    private Map<String, AsymmetricKey> builtIn = Map.of();

    private static KeyPair pair(String algorithm) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (!algorithm.equals("Ed25519")) {
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
        }
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(KeyPair keys, String name) throws Exception {
        var subject = new X500Principal("CN=" + name);
        var now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                subject,
                BigInteger.ONE,
                Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(600)),
                subject,
                keys.getPublic());
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private static byte[] octets(KeyPair pair, KeyFormat format) throws Exception {
        return switch (format) {
            case RSA_PRIVATE, EC_PRIVATE ->
                PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
                        .parsePrivateKey()
                        .toASN1Primitive()
                        .getEncoded();
            case ONE_ASYMMETRIC_KEY -> pair.getPrivate().getEncoded();
            case SUBJECT_PUBLIC_KEY_INFO, SSH_PUBLIC -> format.encode(pair.getPublic());
        };
    }

    private static TreeNode store(Consumer<NodeBuilder> key) {
        return NodeBuilder.node(
                MODEL.root(),
                root -> root.container(
                        "ietf-keystore:keystore",
                        store -> store.container(
                                "asymmetric-keys",
                                all -> all.entry("asymmetric-key", e -> key.accept(e.leaf("name", "k"))))));
    }

    private static NodeBuilder shown(NodeBuilder entry, KeyFormat format, byte[] octets) {
        return entry.leaf("public-key-format", MODEL.identity(format.identity()))
                .leaf("public-key", new Binary(octets));
    }

    private static NodeBuilder secret(NodeBuilder entry, KeyFormat format, byte[] octets) {
        return entry.leaf("private-key-format", MODEL.identity(format.identity()))
                .leaf("cleartext-private-key", new Binary(octets));
    }

    private Keystore read(TreeNode root) {
        return new BuiltIns(MODEL, () -> builtIn, Map::of).keystore(root, errors::add);
    }

    private String error() {
        assertThat(errors).hasSize(1);
        return errors.getFirst().message();
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, SUBJECT_PUBLIC_KEY_INFO, RSA_PRIVATE",
        "RSA, SSH_PUBLIC, ONE_ASYMMETRIC_KEY",
        "EC, SUBJECT_PUBLIC_KEY_INFO, ONE_ASYMMETRIC_KEY",
        "Ed25519, SSH_PUBLIC, ONE_ASYMMETRIC_KEY",
        "Ed25519, SUBJECT_PUBLIC_KEY_INFO, ONE_ASYMMETRIC_KEY"
    })
    void everyFormatYieldsTheKey(String algorithm, KeyFormat publicFormat, KeyFormat privateFormat) throws Exception {
        var pair = pair(algorithm);
        var publicOctets = octets(pair, publicFormat);
        var privateOctets = octets(pair, privateFormat);
        // When
        var found = read(store(e -> secret(shown(e, publicFormat, publicOctets), privateFormat, privateOctets)));
        // Then
        assertThat(errors).isEmpty();
        assertThat(found.key("k").orElseThrow().pair().getPublic().getEncoded())
                .isEqualTo(pair.getPublic().getEncoded());
        assertThat(found.key("k").orElseThrow().publicKeyFormat()).isEqualTo(publicFormat);
    }

    @Test
    void thePublicPartFollowsFromThePrivateOne() throws Exception {
        for (var algorithm : List.of("RSA", "EC", "Ed25519")) {
            var pair = pair(algorithm);
            var found = read(store(e ->
                    secret(e, KeyFormat.ONE_ASYMMETRIC_KEY, pair.getPrivate().getEncoded())));
            assertThat(found.key("k").orElseThrow().pair().getPublic().getEncoded())
                    .isEqualTo(pair.getPublic().getEncoded());
        }
    }

    @Test
    void aPublicKeyOfAnotherPairIsRefused() throws Exception {
        var pair = pair("EC");
        var other = pair("EC");
        // When
        var found = read(store(e -> secret(
                shown(e, KeyFormat.SUBJECT_PUBLIC_KEY_INFO, other.getPublic().getEncoded()),
                KeyFormat.ONE_ASYMMETRIC_KEY,
                pair.getPrivate().getEncoded())));
        // Then
        assertThat(found.key("k")).isEmpty();
        assertThat(error())
                .isEqualTo(
                        "/ietf-keystore:keystore/asymmetric-keys/asymmetric-key[name='k']/public-key: it is not that of"
                                + " the private key");
    }

    @Test
    void whatIsNoKeyIsRefusedAndNotQuoted() {
        read(store(e -> secret(
                e,
                KeyFormat.ONE_ASYMMETRIC_KEY,
                "hunter2-hunter2".getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
        assertThat(error())
                .isEqualTo("/ietf-keystore:keystore/asymmetric-keys/asymmetric-key[name='k']/cleartext-private-key: no"
                        + " private key in ietf-crypto-types:one-asymmetric-key-format")
                .doesNotContain("hunter2");
    }

    @Test
    void aCertificateOfAnotherKeyIsRefused() throws Exception {
        var pair = pair("EC");
        var other = certificate(pair("EC"), "other");
        read(store(e -> certified(
                secret(e, KeyFormat.ONE_ASYMMETRIC_KEY, pair.getPrivate().getEncoded()),
                Certificates.cms(List.of(other)))));
        assertThat(error()).endsWith("/cert-data: it is of another key: got CN=other, expected one of this public key");
    }

    private static NodeBuilder certified(NodeBuilder entry, byte[] cms) {
        return entry.container(
                "certificates",
                all -> all.entry("certificate", c -> c.leaf("name", "c").leaf("cert-data", new Binary(cms))));
    }

    @Test
    void aCertificateThatIsNotInACmsStructureIsRefusedWithWhatMakesOne() throws Exception {
        var pair = pair("EC");
        var bare = certificate(pair, "own").getEncoded();
        read(store(e -> certified(
                secret(e, KeyFormat.ONE_ASYMMETRIC_KEY, pair.getPrivate().getEncoded()), bare)));
        assertThat(error()).contains("not a CMS SignedData structure").contains("openssl crl2pkcs7 -nocrl");
    }

    @Test
    void aHiddenKeyIsTheBuiltInOneOfThatNameWithTheCertificatesOfBoth() throws Exception {
        var pair = pair("EC");
        var own = certificate(pair, "own");
        var added = certificate(pair, "added");
        builtIn = Map.of("k", AsymmetricKey.ofTls(pair, "own", List.of(own)));
        // When
        var found = read(
                store(e -> certified(e.leaf("hidden-private-key", Empty.VALUE), Certificates.cms(List.of(added)))));
        // Then
        assertThat(errors).isEmpty();
        assertThat(found.key("k").orElseThrow().certificates())
                .containsEntry("own", List.of(own))
                .containsEntry("c", List.of(added));
    }

    @Test
    void aHiddenKeyThatTheServerDoesNotHaveIsRefused() throws Exception {
        builtIn = Map.of("tls-server", AsymmetricKey.ofSsh(pair("EC")));
        read(store(e -> e.leaf("hidden-private-key", Empty.VALUE)));
        assertThat(error()).contains("this server has no hidden private key 'k', it has [tls-server]");
    }

    @Test
    void builtInKeysAreShownWithoutTheirPrivatePartAndYieldToOnesOfTheSameName() throws Exception {
        var pair = pair("Ed25519");
        builtIn = Map.of("k", AsymmetricKey.ofSsh(pair));
        var store = new BuiltIns(MODEL, () -> builtIn, Map::of);
        var beside = store.state(TreeNode.empty(MODEL.root()));
        var own = store(
                e -> secret(e, KeyFormat.ONE_ASYMMETRIC_KEY, pair.getPrivate().getEncoded()));
        assertThat(shownKeys(beside)).singleElement().satisfies(k -> {
            assertThat(k.value("hidden-private-key")).isPresent();
            assertThat(k.value("cleartext-private-key")).isEmpty();
        });
        assertThat(shownKeys(store.state(own))).isEmpty();
    }

    private static List<Placed> shownKeys(TreeNode root) {
        return Placed.root(root)
                .top("ietf-keystore", "keystore")
                .flatMap(k -> k.inner("asymmetric-keys"))
                .map(all -> all.entries("asymmetric-key"))
                .orElseGet(List::of);
    }

    @Test
    void aCopyOfABuiltInBagKeepsItsRevocationLists() throws Exception {
        var authority = certificate(pair("EC"), "ca");
        var own = TrustAnchors.of(Set.of(authority));
        var found = new BuiltIns(MODEL, Map::of, () -> Map.of("client-ca", own))
                .truststore(bag("client-ca", authority), errors::add);
        assertThat(found.bag("client-ca")).containsSame(own);
    }

    @Test
    void anotherCertificateInABuiltInBagIsNoWayAroundTheRevocationLists(@TempDir Path folder) throws Exception {
        // Given
        var authority = new TestCa("CN=ca");
        var alice = authority.issue("CN=alice");
        var own = TrustAnchors.read(
                authority.write(folder.resolve("ca.pem")),
                authority.revoke(folder.resolve("crl.pem"), alice.certificate()));
        var configured = bag("client-ca", authority.certificate(), certificate(pair("EC"), "other"));

        // When
        var bag = new BuiltIns(MODEL, Map::of, () -> Map.of("client-ca", own))
                .truststore(configured, errors::add)
                .bag("client-ca")
                .orElseThrow();

        // Then
        assertThat(errors).isEmpty();
        assertThat(bag.certificates()).hasSize(2);
        assertThatThrownBy(() -> bag.path(List.of(alice.certificate()), Instant.now()))
                .hasStackTraceContaining("revoked");
        var bob = authority.issue("CN=bob").certificate();
        assertThat(bag.path(List.of(bob), Instant.now())).containsExactly(bob, authority.certificate());
    }

    private static TreeNode bag(String name, X509Certificate... certificates) throws Exception {
        var cms = new Binary(Certificates.cms(List.of(certificates)));
        return NodeBuilder.node(
                MODEL.root(),
                root -> root.container(
                        "ietf-truststore:truststore",
                        store -> store.container(
                                "certificate-bags",
                                all -> all.entry(
                                        "certificate-bag",
                                        b -> b.leaf("name", name)
                                                .entry(
                                                        "certificate",
                                                        c -> c.leaf("name", "1").leaf("cert-data", cms))))));
    }
}
