package io.auspex.netconfprotocol;

/** Finds the name in the first tag of a message by its bytes alone, as far as that is simple. */
final class RootName {
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private RootName() {}

    /** Where the name in the first tag starts, behind its prefix; the length of the message where there is none. */
    static int start(byte[] message) {
        var at = isAt(message, 0, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
        while (at < message.length) {
            if (isSpace(message[at])) {
                at++;
            } else if (isAt(message, at, "<?")) {
                at = after(message, at, "?>");
            } else if (isAt(message, at, "<!--")) {
                at = after(message, at, "-->");
            } else if (message[at] == '<') {
                return withoutPrefix(message, at + 1);
            } else {
                return message.length;
            }
        }
        return message.length;
    }

    /** Whether a name, which ends there, starts at this place. */
    static boolean is(byte[] message, int at, String name) {
        var end = at + name.length();
        return end < message.length
                && isAt(message, at, name)
                && (isSpace(message[end]) || message[end] == '>' || message[end] == '/');
    }

    private static int withoutPrefix(byte[] message, int start) {
        for (var at = start; at < message.length; at++) {
            var octet = message[at];
            if (octet == ':') {
                return at + 1;
            }
            if (isSpace(octet) || octet == '>' || octet == '/') {
                return start;
            }
        }
        return message.length;
    }

    private static int after(byte[] message, int start, String end) {
        for (var at = start; at < message.length; at++) {
            if (isAt(message, at, end)) {
                return at + end.length();
            }
        }
        return message.length;
    }

    private static boolean isAt(byte[] message, int at, String text) {
        if (message.length - at < text.length()) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            if ((message[at + i] & 0xFF) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
    }
}
