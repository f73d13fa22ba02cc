package io.auspex.anomalydetection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDs of version 5, made of names (RFC 9562 §5.5): the same name gives the same id, in every run and on every node. */
public final class NameUuid {
    /** The namespace of all names of this project: the UUIDv5 of its URN in the URL namespace of RFC 9562 §6.6. */
    private static final UUID NAMESPACE =
            of(UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "urn:auspex:names");

    private NameUuid() {}

    /** The id of a name of the project. */
    public static UUID of(String name) {
        return of(NAMESPACE, name);
    }

    static UUID of(UUID namespace, String name) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .array());
            var hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            return new UUID(
                    (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L,
                    (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
