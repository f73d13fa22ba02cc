package io.auspex.access.certificate;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority of a test. */
public final class TestCa {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final Identity own;

    /** A certificate with its key. */
    public record Identity(X509Certificate certificate, PrivateKey key) {
        /** Writes both as PEM; the path of the certificate, beside which the key is in a {@code .key} file. */
        public Path write(Path folder, String name) throws IOException {
            Files.writeString(folder.resolve(name + ".key"), pem(new JcaPKCS8Generator(key, null)));
            return Files.writeString(folder.resolve(name + ".pem"), pem(certificate));
        }
    }

    public TestCa(String subject) throws Exception {
        var pair = pair();
        own = new Identity(
                sign(subject, subject, pair, pair.getPrivate(), true, List.of(), Duration.ofDays(1)),
                pair.getPrivate());
    }

    private TestCa(Identity own) {
        this.own = own;
    }

    public X509Certificate certificate() {
        return own.certificate();
    }

    /** The certificate as PEM. */
    public Path write(Path file) throws IOException {
        return Files.writeString(file, pem(own.certificate()));
    }

    public Identity issue(String subject, GeneralName... alternatives) throws Exception {
        return issue(subject, Duration.ofHours(1), alternatives);
    }

    /** @param valid from an hour ago until that much from now; negative for one that has expired */
    public Identity issue(String subject, Duration valid, GeneralName... alternatives) throws Exception {
        var pair = pair();
        var issuer = own.certificate().getSubjectX500Principal().getName();
        return new Identity(
                sign(subject, issuer, pair, own.key(), false, List.of(alternatives), valid), pair.getPrivate());
    }

    /** A CA below this one. */
    public TestCa below(String subject) throws Exception {
        var pair = pair();
        var issuer = own.certificate().getSubjectX500Principal().getName();
        return new TestCa(new Identity(
                sign(subject, issuer, pair, own.key(), true, List.of(), Duration.ofDays(1)), pair.getPrivate()));
    }

    /** The revocation list of this CA as PEM. */
    public Path revoke(Path file, X509Certificate... revoked) throws Exception {
        var now = Instant.now();
        var builder =
                new JcaX509v2CRLBuilder(own.certificate().getSubjectX500Principal(), Date.from(now.minusSeconds(60)));
        builder.setNextUpdate(Date.from(now.plusSeconds(3600)));
        for (var certificate : revoked) {
            builder.addCRLEntry(
                    certificate.getSerialNumber(), Date.from(now.minusSeconds(60)), CRLReason.keyCompromise);
        }
        var crl = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(own.key()));
        return Files.writeString(file, pem(new JcaX509CRLConverter().getCRL(crl)));
    }

    private static KeyPair pair() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(
            String subject,
            String issuer,
            KeyPair pair,
            PrivateKey signer,
            boolean ca,
            List<GeneralName> alternatives,
            Duration valid)
            throws Exception {
        var now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(SERIAL.incrementAndGet()),
                Date.from(now.minus(Duration.ofHours(2))),
                Date.from(now.plus(valid)),
                new X500Name(subject),
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
        if (!ca) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth
            }));
        }
        if (!alternatives.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(alternatives.toArray(new GeneralName[0])));
        }
        var signed = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
        return new JcaX509CertificateConverter().getCertificate(signed);
    }

    private static String pem(Object object) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
