package io.auspex.netconfserver.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.sshd.common.BuiltinFactory;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KexFactoryManager;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.server.ServerBuilder;

/**
 * What may be negotiated with a client, the preferred first.
 *
 * <p>No SHA-1, no CBC, no NIST curves, no compression. curve25519 comes first because it costs least; the hybrid with
 * ML-KEM follows for clients that have nothing else.
 */
public record SshAlgorithms(
        List<BuiltinSignatures> hostKeys,
        List<BuiltinDHFactories> keyExchanges,
        List<BuiltinCiphers> ciphers,
        List<BuiltinMacs> macs) {
    /** What {@code ssh-audit} has nothing against. */
    public static final SshAlgorithms STRICT = new SshAlgorithms(
            List.of(BuiltinSignatures.ed25519, BuiltinSignatures.rsaSHA512, BuiltinSignatures.rsaSHA256),
            List.of(
                    BuiltinDHFactories.curve25519,
                    BuiltinDHFactories.curve25519_libssh,
                    BuiltinDHFactories.mlkem768x25519,
                    BuiltinDHFactories.dhg16_512,
                    BuiltinDHFactories.dhg18_512),
            List.of(
                    BuiltinCiphers.aes128gcm,
                    BuiltinCiphers.aes256gcm,
                    BuiltinCiphers.aes256ctr,
                    BuiltinCiphers.aes192ctr,
                    BuiltinCiphers.aes128ctr),
            List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm));

    /** Also what clients on libssh2 1.10 and the like need: MACs that are not encrypt-then-MAC and NIST curves. */
    public static final SshAlgorithms COMPATIBLE = new SshAlgorithms(
            STRICT.hostKeys(),
            and(STRICT.keyExchanges(), BuiltinDHFactories.ecdhp256, BuiltinDHFactories.dhg14_256),
            STRICT.ciphers(),
            and(STRICT.macs(), BuiltinMacs.hmacsha256, BuiltinMacs.hmacsha512));

    public SshAlgorithms {
        hostKeys = List.copyOf(hostKeys);
        keyExchanges = List.copyOf(keyExchanges);
        ciphers = List.copyOf(ciphers);
        macs = List.copyOf(macs);
    }

    @SafeVarargs
    private static <T> List<T> and(List<T> some, T... more) {
        var all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    /**
     * Those of some names, in that order; where there are none, the strict ones.
     *
     * @throws IllegalArgumentException when this server does not have one; says which it has
     */
    public static SshAlgorithms named(
            List<String> hostKeys, List<String> keyExchanges, List<String> ciphers, List<String> macs) {
        return new SshAlgorithms(
                chosen(hostKeys, STRICT.hostKeys(), COMPATIBLE.hostKeys()),
                chosen(keyExchanges, STRICT.keyExchanges(), COMPATIBLE.keyExchanges()),
                chosen(ciphers, STRICT.ciphers(), COMPATIBLE.ciphers()),
                chosen(macs, STRICT.macs(), COMPATIBLE.macs()));
    }

    private static <T extends NamedResource> List<T> chosen(List<String> names, List<T> otherwise, List<T> known) {
        return names.isEmpty()
                ? otherwise
                : names.stream().map(n -> of(n, known)).toList();
    }

    private static <T extends NamedResource> T of(String name, List<T> known) {
        return known.stream()
                .filter(k -> k.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not offered here, expected one of "
                        + known.stream().map(NamedResource::getName).collect(Collectors.joining(", "))));
    }

    void apply(KexFactoryManager to) {
        to.setKeyExchangeFactories(NamedFactory.setUpTransformedFactories(true, keyExchanges, ServerBuilder.DH2KEX));
        to.setSignatureFactories(supported(hostKeys));
        to.setCipherFactories(supported(ciphers));
        to.setMacFactories(supported(macs));
        to.setCompressionFactories(supported(List.of(BuiltinCompressions.none)));
    }

    private static <T> List<NamedFactory<T>> supported(List<? extends BuiltinFactory<T>> factories) {
        return factories.stream()
                .filter(BuiltinFactory::isSupported)
                .<NamedFactory<T>>map(f -> f)
                .toList();
    }
}
