package io.auspex.access;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;

/** Brings a password as typed into the one form that is hashed (RFC 8265 §4.2, OpaqueString). */
final class PasswordText {
    /** Longest password in bytes of UTF-8. */
    static final int MAX_BYTES = 1_024;

    private PasswordText() {}

    /** The password in its normal form; empty when it is empty, too long, no UTF-8, or has a NUL. */
    static Optional<byte[]> prepared(byte[] password) {
        if (password.length == 0 || password.length > MAX_BYTES || hasNul(password)) {
            return Optional.empty();
        }
        if (isAscii(password)) {
            return Optional.of(password.clone());
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(password));
            for (var i = 0; i < text.length(); i++) {
                if (Character.getType(text.get(i)) == Character.SPACE_SEPARATOR) {
                    text.put(i, ' ');
                }
            }
            var normal = Normalizer.normalize(text, Normalizer.Form.NFC);
            var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(normal));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            Arrays.fill(encoded.array(), (byte) 0);
            return Optional.of(bytes);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(byte[] text) {
        for (var b : text) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNul(byte[] text) {
        for (var b : text) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
