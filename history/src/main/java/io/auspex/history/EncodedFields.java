package io.auspex.history;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Fields of text as one text, each URL-encoded and with a space behind it. */
final class EncodedFields {
    private EncodedFields() {}

    static void append(StringBuilder text, String field) {
        int begin = text.length();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (isPlain(c)) {
                text.append(c);
            } else if (c == ' ') {
                text.append('+');
            } else {
                text.setLength(begin);
                text.append(URLEncoder.encode(field, StandardCharsets.UTF_8));
                break;
            }
        }
        text.append(' ');
    }

    /** What URL encoding leaves as it is. */
    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ".-*_".indexOf(c) >= 0;
    }

    static String[] split(String text) {
        return text.split(" ", -1);
    }

    static String plain(String field) {
        return URLDecoder.decode(field, StandardCharsets.UTF_8);
    }
}
