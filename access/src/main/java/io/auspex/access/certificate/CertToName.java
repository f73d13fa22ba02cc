package io.auspex.access.certificate;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the list cert-to-name (RFC 7407 §4.1): which certificates it is for, and how their name is made.
 *
 * @param fingerprint a hash algorithm of TLS in the first octet, then the hash of the certificate or of a CA above it; empty
 *     for every certificate
 * @param specified the name of {@link MapType#SPECIFIED}, null for the others
 */
record CertToName(
        byte[] fingerprint, MapType type, @Nullable String specified) {
    /** TLS HashAlgorithm (RFC 5246 §7.4.1.4.1); MD5 is not taken. */
    private static final Map<Integer, String> HASHES =
            Map.of(2, "SHA-1", 3, "SHA-224", 4, "SHA-256", 5, "SHA-384", 6, "SHA-512");

    private static final int RFC822_NAME = 1;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int IPV4_BYTES = 4;

    /** How a name is made of a certificate (RFC 7407 §4.1, the identities based on cert-to-name). */
    enum MapType {
        SPECIFIED,
        SAN_RFC822_NAME,
        SAN_DNS_NAME,
        SAN_IP_ADDRESS,
        SAN_ANY,
        COMMON_NAME;

        /** Of an identity {@code module:name}. */
        static MapType of(String identity) {
            return valueOf(identity.substring(identity.indexOf(':') + 1)
                    .replace('-', '_')
                    .toUpperCase(Locale.ROOT));
        }
    }

    /** An entry with its fingerprint as YANG writes it, octets in hexadecimal with colons between; null where it has none. */
    static CertToName of(@Nullable String fingerprint, String mapType, @Nullable String specified) {
        var octets =
                fingerprint == null ? new byte[0] : HexFormat.ofDelimiter(":").parseHex(fingerprint);
        return new CertToName(octets, MapType.of(mapType), specified);
    }

    /** Whether the hash of the fingerprint is one that can be computed here. */
    boolean isUsable() {
        return fingerprint.length == 0 || HASHES.containsKey((int) fingerprint[0]);
    }

    /** True when the certificate, or one above it in its validated path, has the fingerprint. */
    boolean isFor(List<X509Certificate> path) {
        if (fingerprint.length == 0) {
            return true;
        }
        var hash = HASHES.get((int) fingerprint[0]);
        if (hash == null) {
            return false;
        }
        var wanted = Arrays.copyOfRange(fingerprint, 1, fingerprint.length);
        return path.stream().anyMatch(c -> MessageDigest.isEqual(wanted, digest(hash, c)));
    }

    private static byte[] digest(String hash, X509Certificate certificate) {
        try {
            return MessageDigest.getInstance(hash).digest(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            return new byte[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + hash, e);
        }
    }

    /** The name that this entry makes of a certificate; empty when it has nothing to make one of. */
    Optional<String> name(X509Certificate certificate) {
        return (switch (type) {
                    case SPECIFIED -> Optional.ofNullable(specified);
                    case SAN_RFC822_NAME -> alternative(certificate, List.of(RFC822_NAME));
                    case SAN_DNS_NAME -> alternative(certificate, List.of(DNS_NAME));
                    case SAN_IP_ADDRESS -> alternative(certificate, List.of(IP_ADDRESS));
                    case SAN_ANY -> alternative(certificate, List.of(RFC822_NAME, DNS_NAME, IP_ADDRESS));
                    case COMMON_NAME -> commonName(certificate);
                })
                .filter(n -> !n.isBlank());
    }

    /** The first alternative name of one of these kinds. */
    private static Optional<String> alternative(X509Certificate certificate, List<Integer> kinds) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Optional.empty()
                    : names.stream()
                            .filter(n -> n.get(0) instanceof Integer kind && kinds.contains(kind))
                            .map(n -> mapped((int) n.get(0), (String) n.get(1)))
                            .findFirst();
        } catch (CertificateParsingException _) {
            return Optional.empty();
        }
    }

    private static String mapped(int kind, String name) {
        return switch (kind) {
            case RFC822_NAME -> {
                var at = name.lastIndexOf('@');
                yield name.substring(0, at + 1) + name.substring(at + 1).toLowerCase(Locale.ROOT);
            }
            case IP_ADDRESS -> address(name);
            default -> name.toLowerCase(Locale.ROOT);
        };
    }

    /** Dotted for IPv4, 32 hexadecimal digits for IPv6. */
    private static String address(String literal) {
        try {
            var bytes = java.net.InetAddress.ofLiteral(literal).getAddress();
            return bytes.length == IPV4_BYTES ? literal : HexFormat.of().formatHex(bytes);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /** The most specific common name of the subject. */
    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            var subject = new LdapName(certificate.getSubjectX500Principal().getName());
            return subject.getRdns().reversed().stream()
                    .filter(r -> r.getType().equalsIgnoreCase("CN"))
                    .map(r -> r.getValue().toString())
                    .findFirst();
        } catch (InvalidNameException _) {
            return Optional.empty();
        }
    }
}
