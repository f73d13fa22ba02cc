package io.auspex.netconfserver.ssh;

import java.util.List;
import org.apache.sshd.common.BuiltinFactory;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;

/**
 * What may be negotiated with a client.
 *
 * <p>No SHA-1, no CBC, no NIST curves, no compression. curve25519 comes first because it costs least; the hybrid with
 * ML-KEM follows for clients that have nothing else.
 */
public enum SshAlgorithms {
    /** What {@code ssh-audit} has nothing against. */
    STRICT(
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
            List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm)),
    /** Also what clients on libssh2 1.10 and the like need: MACs that are not encrypt-then-MAC and NIST curves. */
    COMPATIBLE(
            List.of(
                    BuiltinDHFactories.curve25519,
                    BuiltinDHFactories.curve25519_libssh,
                    BuiltinDHFactories.mlkem768x25519,
                    BuiltinDHFactories.dhg16_512,
                    BuiltinDHFactories.dhg18_512,
                    BuiltinDHFactories.ecdhp256,
                    BuiltinDHFactories.dhg14_256),
            List.of(
                    BuiltinCiphers.aes128gcm,
                    BuiltinCiphers.aes256gcm,
                    BuiltinCiphers.aes256ctr,
                    BuiltinCiphers.aes192ctr,
                    BuiltinCiphers.aes128ctr),
            List.of(
                    BuiltinMacs.hmacsha256etm,
                    BuiltinMacs.hmacsha512etm,
                    BuiltinMacs.hmacsha256,
                    BuiltinMacs.hmacsha512));

    private static final List<BuiltinSignatures> SIGNATURES =
            List.of(BuiltinSignatures.ed25519, BuiltinSignatures.rsaSHA512, BuiltinSignatures.rsaSHA256);

    private final List<BuiltinDHFactories> keyExchanges;
    private final List<BuiltinCiphers> ciphers;
    private final List<BuiltinMacs> macs;

    SshAlgorithms(List<BuiltinDHFactories> keyExchanges, List<BuiltinCiphers> ciphers, List<BuiltinMacs> macs) {
        this.keyExchanges = keyExchanges;
        this.ciphers = ciphers;
        this.macs = macs;
    }

    void apply(SshServer server) {
        server.setKeyExchangeFactories(
                NamedFactory.setUpTransformedFactories(true, keyExchanges, ServerBuilder.DH2KEX));
        server.setSignatureFactories(supported(SIGNATURES));
        server.setCipherFactories(supported(ciphers));
        server.setMacFactories(supported(macs));
        server.setCompressionFactories(supported(List.of(BuiltinCompressions.none)));
    }

    private static <T> List<NamedFactory<T>> supported(List<? extends BuiltinFactory<T>> factories) {
        return factories.stream()
                .filter(BuiltinFactory::isSupported)
                .<NamedFactory<T>>map(f -> f)
                .toList();
    }
}
