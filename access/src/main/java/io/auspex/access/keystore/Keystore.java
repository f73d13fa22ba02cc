package io.auspex.access.keystore;

import io.auspex.yang.data.Placed;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.Binary;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The asymmetric keys in force: those of the configuration, and those that the server has by itself (RFC 9642 §3), which the
 * configuration takes up by an entry of the same name whose private key is hidden.
 */
public final class Keystore {
    private final Map<String, AsymmetricKey> keys;

    private Keystore(Map<String, AsymmetricKey> keys) {
        this.keys = keys;
    }

    /**
     * The keys of a configuration.
     *
     * @param builtIn those of the server, by name
     * @param errors told each key or certificate that cannot be used; it is left out
     */
    public static Keystore of(Placed root, Map<String, AsymmetricKey> builtIn, Consumer<YangError> errors) {
        var keys = new HashMap<>(builtIn);
        root.top("ietf-keystore", "keystore")
                .flatMap(k -> k.inner("asymmetric-keys"))
                .ifPresent(all -> all.entries("asymmetric-key").forEach(entry -> {
                    var name = entry.text("name");
                    keys.remove(name);
                    (entry.value("hidden-private-key").isPresent()
                                    ? hidden(entry, name, builtIn, errors)
                                    : definition(entry, errors))
                            .ifPresent(k -> keys.put(name, k));
                }));
        return new Keystore(keys);
    }

    public Optional<AsymmetricKey> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    private static Optional<AsymmetricKey> hidden(
            Placed entry, String name, Map<String, AsymmetricKey> builtIn, Consumer<YangError> errors) {
        var own = builtIn.get(name);
        var hidden = entry.at("hidden-private-key");
        if (own == null) {
            errors.accept(YangError.of(
                    Failure.INVALID_VALUE,
                    hidden,
                    hidden + ": this server has no hidden private key '" + name + "', it has "
                            + new TreeMap<>(builtIn).keySet()));
            return Optional.empty();
        }
        try {
            var shown = publicKey(entry);
            if (shown.isPresent() && !Certificates.same(shown.get(), own.pair().getPublic())) {
                throw new GeneralSecurityException("it is not that of the hidden private key '" + name + "'");
            }
        } catch (GeneralSecurityException e) {
            return wrong(entry, "public-key", e, errors);
        }
        var certificates = new TreeMap<>(own.certificates());
        certificates.putAll(certificates(entry, own.pair().getPublic(), errors));
        return Optional.of(new AsymmetricKey(own.pair(), own.publicKeyFormat(), certificates));
    }

    /** The key pair that a node defines, be it an entry of the keystore or inline; the error is told when there is none. */
    public static Optional<AsymmetricKey> definition(Placed node, Consumer<YangError> errors) {
        KeyPair pair;
        try {
            var secret = (Binary) node.value("cleartext-private-key")
                    .orElseThrow(() -> new GeneralSecurityException("it is missing"));
            var own = KeyFormat.of(node.text("private-key-format")).privateKey(secret.bytes());
            pair = new KeyPair(KeyFormat.publicPart(own), own);
        } catch (GeneralSecurityException e) {
            return wrong(node, "cleartext-private-key", e, errors);
        }
        try {
            var shown = publicKey(node);
            if (shown.isPresent() && !Certificates.same(shown.get(), pair.getPublic())) {
                throw new GeneralSecurityException("it is not that of the private key");
            }
        } catch (GeneralSecurityException e) {
            return wrong(node, "public-key", e, errors);
        }
        var format = node.value("public-key-format")
                        .filter(f -> f.toString().equals(KeyFormat.SSH_PUBLIC.identity()))
                        .isPresent()
                ? KeyFormat.SSH_PUBLIC
                : KeyFormat.SUBJECT_PUBLIC_KEY_INFO;
        return Optional.of(new AsymmetricKey(pair, format, certificates(node, pair.getPublic(), errors)));
    }

    private static Optional<PublicKey> publicKey(Placed node) throws GeneralSecurityException {
        var octets = (Binary) node.value("public-key").orElse(null);
        if (octets == null) {
            return Optional.empty();
        }
        var format = node.value("public-key-format")
                .orElseThrow(() -> new GeneralSecurityException("its public-key-format is missing"));
        return Optional.of(KeyFormat.of(format.toString()).publicKey(octets.bytes()));
    }

    /** The certificates of an entry, or the one of a definition that has one without a name. */
    private static Map<String, List<X509Certificate>> certificates(
            Placed node, PublicKey key, Consumer<YangError> errors) {
        var found = new TreeMap<String, List<X509Certificate>>();
        node.inner("certificates")
                .ifPresent(all -> all.entries("certificate")
                        .forEach(
                                c -> certificate(c, key, errors).ifPresent(chain -> found.put(c.text("name"), chain))));
        if (node.value("cert-data").isPresent()) {
            certificate(node, key, errors).ifPresent(chain -> found.put("", chain));
        }
        return found;
    }

    private static Optional<List<X509Certificate>> certificate(Placed node, PublicKey key, Consumer<YangError> errors) {
        try {
            var cms = (Binary) node.value("cert-data").orElseThrow();
            return Optional.of(Certificates.chain(Certificates.of(cms.bytes()), key));
        } catch (GeneralSecurityException e) {
            return wrong(node, "cert-data", e, errors);
        }
    }

    static <T> Optional<T> wrong(Placed node, String leaf, GeneralSecurityException why, Consumer<YangError> errors) {
        var at = node.at(leaf);
        errors.accept(YangError.of(Failure.INVALID_VALUE, at, at + ": " + why.getMessage()));
        return Optional.empty();
    }
}
