package io.auspex.restconfserver.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding of URIs (RFC 3986 §2.1), strictly. */
public final class PercentCoding {
    private PercentCoding() {}

    /** The text; empty when an escape is not whole, the bytes are no UTF-8, or a control character comes of it. */
    public static Optional<String> decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return checked(raw);
        }
        var bytes = ByteBuffer.allocate(raw.length() * 3);
        for (var i = 0; i < raw.length(); i++) {
            var c = raw.charAt(i);
            if (c != '%') {
                if (c < 128) {
                    bytes.put((byte) c);
                } else {
                    bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                }
                continue;
            }
            var high = i + 1 < raw.length() ? digit(raw.charAt(i + 1)) : -1;
            var low = i + 2 < raw.length() ? digit(raw.charAt(i + 2)) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            return checked(text);
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> checked(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (isForbidden(text.charAt(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(text);
    }

    private static int digit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static boolean isForbidden(int c) {
        return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f || c == 0xfffe || c == 0xffff;
    }
}
