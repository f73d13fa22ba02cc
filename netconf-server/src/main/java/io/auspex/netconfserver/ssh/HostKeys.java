package io.auspex.netconfserver.ssh;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The host key of an SSH server: an Ed25519 key (RFC 8709) in OpenSSH's format, made at the first start. */
public final class HostKeys {
    private static final int MAX_KEY_FILE_BYTES = 64 << 10;

    private HostKeys() {}

    /** A new key that is kept nowhere. */
    public static KeyPair generate() {
        try {
            return SecurityUtils.getKeyPairGenerator("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519 keys", e);
        }
    }

    /**
     * The key of a file; a new one when there is no file, which only its owner may read.
     *
     * @throws IOException the file cannot be read or written, or holds no private key
     */
    public static KeyPair loadOrCreate(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                create(file);
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

    private static void create(Path file) throws IOException, GeneralSecurityException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, options, ownerOnly);
                var out = java.nio.channels.Channels.newOutputStream(channel)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(generate(), "auspex", null, out);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " came into being while it was made", e);
        }
    }
}
