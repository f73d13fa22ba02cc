package io.auspex.access.keystore;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** How the octets of a key are laid out: the identities of ietf-crypto-types that this server knows (RFC 9640 §2.3). */
public enum KeyFormat {
    /** SubjectPublicKeyInfo of RFC 5280. */
    SUBJECT_PUBLIC_KEY_INFO("subject-public-key-info-format"),
    /** The public key of RFC 4253 §6.6. */
    SSH_PUBLIC("ssh-public-key-format"),
    /** RSAPrivateKey of RFC 8017. */
    RSA_PRIVATE("rsa-private-key-format"),
    /** ECPrivateKey of RFC 5915. */
    EC_PRIVATE("ec-private-key-format"),
    /** OneAsymmetricKey of RFC 5958, which PKCS #8 is. */
    ONE_ASYMMETRIC_KEY("one-asymmetric-key-format");

    private static final String MODULE = "ietf-crypto-types:";
    private static final Map<ASN1ObjectIdentifier, String> ALGORITHMS = Map.of(
            PKCSObjectIdentifiers.rsaEncryption, "RSA",
            X9ObjectIdentifiers.id_ecPublicKey, "EC",
            EdECObjectIdentifiers.id_Ed25519, "Ed25519");

    private final String identity;

    KeyFormat(String name) {
        identity = MODULE + name;
    }

    /** {@code ietf-crypto-types:name}. */
    public String identity() {
        return identity;
    }

    /** @throws GeneralSecurityException when this server does not know it */
    static KeyFormat of(String identity) throws GeneralSecurityException {
        return Stream.of(values())
                .filter(f -> f.identity.equals(identity))
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException(
                        "format " + identity + " is not known here, expected one of " + names()));
    }

    private static String names() {
        return Stream.of(values()).map(KeyFormat::identity).collect(Collectors.joining(", "));
    }

    /** The octets of a public key in this format. */
    byte[] encode(PublicKey key) {
        var info = key.getEncoded();
        try {
            return this == SSH_PUBLIC ? OpenSSHPublicKeyUtil.encodePublicKey(PublicKeyFactory.createKey(info)) : info;
        } catch (IOException e) {
            throw new IllegalArgumentException("not a public key: " + e.getMessage(), e);
        }
    }

    /**
     * A public key of octets in this format.
     *
     * @throws GeneralSecurityException when they are none; says what was expected
     */
    PublicKey publicKey(byte[] octets) throws GeneralSecurityException {
        try {
            var info = switch (this) {
                case SUBJECT_PUBLIC_KEY_INFO -> SubjectPublicKeyInfo.getInstance(octets);
                case SSH_PUBLIC -> infoOf(OpenSSHPublicKeyUtil.parsePublicKey(octets));
                case RSA_PRIVATE, EC_PRIVATE, ONE_ASYMMETRIC_KEY ->
                    throw new GeneralSecurityException(identity + " is no format of public keys");
            };
            return factory(info.getAlgorithm().getAlgorithm())
                    .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
        } catch (IOException | RuntimeException e) {
            throw new GeneralSecurityException("no public key in " + identity, e);
        }
    }

    private static SubjectPublicKeyInfo infoOf(AsymmetricKeyParameter key) throws IOException {
        return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key);
    }

    /**
     * The private key of octets in this format.
     *
     * @throws GeneralSecurityException when they are none; says what was expected, and nothing of the octets
     */
    PrivateKey privateKey(byte[] octets) throws GeneralSecurityException {
        try {
            var info = switch (this) {
                case RSA_PRIVATE ->
                    new PrivateKeyInfo(
                            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                            RSAPrivateKey.getInstance(octets));
                case EC_PRIVATE -> {
                    var key = ECPrivateKey.getInstance(octets);
                    yield new PrivateKeyInfo(
                            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                            key);
                }
                case ONE_ASYMMETRIC_KEY -> PrivateKeyInfo.getInstance(octets);
                case SUBJECT_PUBLIC_KEY_INFO, SSH_PUBLIC ->
                    throw new GeneralSecurityException(identity + " is no format of private keys");
            };
            return factory(info.getPrivateKeyAlgorithm().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (IOException | RuntimeException e) {
            // the cause may quote octets of the key
            throw new GeneralSecurityException("no private key in " + identity);
        }
    }

    /** The public part of a private key. */
    static PublicKey publicPart(PrivateKey key) throws GeneralSecurityException {
        try {
            var part = switch (PrivateKeyFactory.createKey(key.getEncoded())) {
                case RSAPrivateCrtKeyParameters rsa ->
                    new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
                case ECPrivateKeyParameters ec ->
                    new ECPublicKeyParameters(ec.getParameters().getG().multiply(ec.getD()), ec.getParameters());
                case Ed25519PrivateKeyParameters ed -> ed.generatePublicKey();
                default -> throw new GeneralSecurityException("its public part cannot be told");
            };
            return SUBJECT_PUBLIC_KEY_INFO.publicKey(infoOf(part).getEncoded());
        } catch (IOException | RuntimeException e) {
            throw new GeneralSecurityException("its public part cannot be told");
        }
    }

    private static KeyFactory factory(ASN1ObjectIdentifier algorithm) throws GeneralSecurityException {
        var name = ALGORITHMS.get(algorithm);
        if (name == null) {
            throw new GeneralSecurityException(
                    "algorithm " + algorithm + " is not known here, expected RSA, EC or Ed25519");
        }
        return KeyFactory.getInstance(name);
    }
}
