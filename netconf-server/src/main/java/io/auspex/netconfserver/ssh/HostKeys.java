package io.auspex.netconfserver.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host keys of an SSH server: Ed25519 (RFC 8709) and RSA of 3072 bits, in OpenSSH's format, made at the first start. */
public final class HostKeys {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);
    private static final int RSA_BITS = 3072;
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MAX_KEY_FILE_BYTES = 64 << 10;

    private HostKeys() {}

    /** The kinds of keys that are made. */
    private enum Kind {
        ED25519,
        RSA_3072;

        KeyPair generate() {
            try {
                if (this == ED25519) {
                    return SecurityUtils.getKeyPairGenerator("Ed25519").generateKeyPair();
                }
                // that of the JDK: the other provider takes many times as long
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(RSA_BITS);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no " + this + " keys", e);
            }
        }
    }

    /**
     * A key as the SSH library wants it.
     *
     * @throws GeneralSecurityException when SSH here has no use for it; says what was expected
     */
    public static KeyPair usable(KeyPair key) throws GeneralSecurityException {
        switch (key.getPublic()) {
            case RSAPublicKey rsa -> {
                if (rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
                    throw new GeneralSecurityException("a host key of RSA has at least " + LEAST_RSA_BITS
                            + " bits, this one " + rsa.getModulus().bitLength());
                }
                return key;
            }
            case ECPublicKey _ -> throw new GeneralSecurityException("a host key is of Ed25519 or RSA, this one of EC");
            default -> {
                var factory = SecurityUtils.getKeyFactory("Ed25519");
                return new KeyPair(
                        factory.generatePublic(
                                new X509EncodedKeySpec(key.getPublic().getEncoded())),
                        factory.generatePrivate(
                                new PKCS8EncodedKeySpec(key.getPrivate().getEncoded())));
            }
        }
    }

    /** A new Ed25519 key that is kept nowhere. */
    public static KeyPair generate() {
        return Kind.ED25519.generate();
    }

    /**
     * The keys of a folder, Ed25519 first; new ones where there are no files, which only their owner may read. An RSA key
     * takes seconds to make, so it is made beside, and there as soon as it is done.
     *
     * @throws IOException a file cannot be read or written, or holds no private key
     */
    public static Supplier<List<KeyPair>> in(Path folder) throws IOException {
        var first = loadOrCreate(folder.resolve("ssh-host-key.pem"), Kind.ED25519);
        var file = folder.resolve("ssh-host-key-rsa.pem");
        if (Files.exists(file)) {
            var both = List.of(first, loadOrCreate(file, Kind.RSA_3072));
            return () -> both;
        }
        var keys = new AtomicReference<>(List.of(first));
        Thread.ofPlatform().daemon().name("rsa-host-key").start(() -> {
            try {
                keys.set(List.of(first, loadOrCreate(file, Kind.RSA_3072)));
            } catch (IOException | RuntimeException e) {
                LOG.atError().setCause(e).log("there is no RSA host key");
            }
        });
        return keys::get;
    }

    /**
     * The key of a file; a new Ed25519 key when there is no file, which only its owner may read.
     *
     * @throws IOException the file cannot be read or written, or holds no private key
     */
    public static KeyPair loadOrCreate(Path file) throws IOException {
        return loadOrCreate(file, Kind.ED25519);
    }

    private static KeyPair loadOrCreate(Path file, Kind kind) throws IOException {
        try {
            if (!Files.exists(file)) {
                create(file, kind);
            }
            if (Files.size(file) > MAX_KEY_FILE_BYTES) {
                throw new IOException(file + ": a host key has at most " + MAX_KEY_FILE_BYTES + " bytes");
            }
            try (var in = Files.newInputStream(file)) {
                var keys = SecurityUtils.loadKeyPairIdentities(
                        null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY);
                if (keys != null) {
                    for (var key : keys) {
                        return key;
                    }
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": not a private key: " + e.getMessage(), e);
        }
        throw new IOException(file + ": not a private key");
    }

    /** Written whole or not at all: half a key would keep the server from starting. */
    private static void create(Path file, Kind kind) throws IOException, GeneralSecurityException {
        var key = kind.generate();
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(part, options, ownerOnly);
                var out = java.nio.channels.Channels.newOutputStream(channel)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "auspex", null, out);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
