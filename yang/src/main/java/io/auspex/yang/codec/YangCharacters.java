package io.auspex.yang.codec;

/** The characters of YANG strings: no control character but tab and line ends, no noncharacter (RFC 7950 §9.4, §14). */
final class YangCharacters {
    private YangCharacters() {}

    static boolean all(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < ' ') {
                if (c != '\t' && c != '\n' && c != '\r') {
                    return false;
                }
            } else if (c >= 0xD800) {
                if (Character.isSurrogate(c)) {
                    var codePoint = text.codePointAt(i);
                    if (codePoint < 0x10000 || (codePoint & 0xFFFE) == 0xFFFE) {
                        return false;
                    }
                    i++;
                } else if (c >= 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF)) {
                    return false;
                }
            }
        }
        return true;
    }
}
