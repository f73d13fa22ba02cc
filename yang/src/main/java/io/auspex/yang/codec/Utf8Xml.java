package io.auspex.yang.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes XML 1.0 as UTF-8: tags as they come, text and attribute values escaped. It keeps no stack of elements: that tags
 * match and prefixes are declared is for its caller to see to, who walks a tree anyway.
 */
public final class Utf8Xml {
    private static final int BYTES = 4 << 10;
    private static final int LONGEST_ESCAPE = 6;
    private static final boolean[] PLAIN = plain();

    /** Names of the schema, which recur in every element. */
    private static final Map<String, byte[]> NAMES = new ConcurrentHashMap<>();

    /** Declarations of the schema's namespaces, by namespace, as default and with the prefix first used. */
    private static final Map<String, Declaration> DEFAULTS = new ConcurrentHashMap<>();

    private static final Map<String, Declaration> PREFIXED = new ConcurrentHashMap<>();

    private record Declaration(String prefix, byte[] bytes) {}

    private final OutputStream out;
    private final byte[] buffer = new byte[BYTES];
    private int end;
    private boolean isTagOpen;

    public Utf8Xml(OutputStream out) {
        this.out = out;
    }

    /** The ASCII characters that are written as they are, wherever they stand. */
    private static boolean[] plain() {
        var plain = new boolean[128];
        for (var c = ' '; c < plain.length; c++) {
            plain[c] = "<>&\"".indexOf(c) < 0;
        }
        return plain;
    }

    /** The start of an element without its attributes; its name is one of a schema, or a constant. */
    public void start(String name) throws IOException {
        closeTag();
        put('<');
        put(name(name));
        isTagOpen = true;
    }

    private static byte[] name(String name) {
        var known = NAMES.get(name);
        return known != null ? known : NAMES.computeIfAbsent(name, n -> n.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Declares the namespace of a module, or a constant one, on the element just started.
     *
     * @param prefix empty for the default namespace
     */
    public void namespace(String prefix, String namespace) throws IOException {
        var declarations = prefix.isEmpty() ? DEFAULTS : PREFIXED;
        var known = declarations.get(namespace);
        if (known == null) {
            known = declaration(prefix, namespace);
            declarations.putIfAbsent(namespace, known);
        }
        put((known.prefix().equals(prefix) ? known : declaration(prefix, namespace)).bytes());
    }

    private static Declaration declaration(String prefix, String namespace) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var xml = new Utf8Xml(bytes);
        xml.attribute(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, namespace);
        xml.drain();
        return new Declaration(prefix, bytes.toByteArray());
    }

    /** An attribute of the element just started, by its qualified name. */
    public void attribute(String name, String value) throws IOException {
        put(' ');
        put(name.getBytes(StandardCharsets.UTF_8));
        put('=');
        put('"');
        escaped(value, true);
        put('"');
    }

    public void text(String text) throws IOException {
        closeTag();
        escaped(text, false);
    }

    /** Text that is XML already. */
    public void raw(String xml) throws IOException {
        closeTag();
        put(xml.getBytes(StandardCharsets.UTF_8));
    }

    /** The end of an element, by the name that it was started with. */
    public void end(String name) throws IOException {
        if (isTagOpen) {
            isTagOpen = false;
            put('/');
        } else {
            put('<');
            put('/');
            put(name(name));
        }
        put('>');
    }

    /** Hands everything to the stream, which is not flushed itself. */
    public void flush() throws IOException {
        closeTag();
        drain();
    }

    private void closeTag() throws IOException {
        if (isTagOpen) {
            isTagOpen = false;
            put('>');
        }
    }

    private void put(char ascii) throws IOException {
        if (end == BYTES) {
            drain();
        }
        buffer[end++] = (byte) ascii;
    }

    private void put(byte[] bytes) throws IOException {
        if (bytes.length > BYTES - end) {
            drain();
            if (bytes.length > BYTES) {
                out.write(bytes, 0, bytes.length);
                return;
            }
        }
        System.arraycopy(bytes, 0, buffer, end, bytes.length);
        end += bytes.length;
    }

    private void escaped(String text, boolean inAttribute) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (isPlain(bytes, text)) {
            put(bytes);
            return;
        }
        var length = text.length();
        for (var i = 0; i < length; i++) {
            if (end + LONGEST_ESCAPE > BYTES) {
                drain();
            }
            var c = text.charAt(i);
            if (c >= 128) {
                i += encoded(text, i);
            } else if (PLAIN[c]) {
                buffer[end++] = (byte) c;
            } else {
                special(c, inAttribute, i > 0 && text.charAt(i - 1) == ']');
            }
        }
    }

    /** The bytes are those of the text, in which a question mark may stand for half a surrogate pair. */
    private static boolean isPlain(byte[] bytes, String text) {
        for (var i = 0; i < bytes.length; i++) {
            var octet = bytes[i];
            if (octet < 0 || !PLAIN[octet] || octet == '?' && text.charAt(i) != '?') {
                return false;
            }
        }
        return true;
    }

    private void special(char c, boolean inAttribute, boolean afterBracket) {
        switch (c) {
            case '<' -> ascii("&lt;");
            case '&' -> ascii("&amp;");
            case '>' -> ascii(afterBracket ? "&gt;" : ">");
            case '"' -> ascii(inAttribute ? "&quot;" : "\"");
            case '\r' -> ascii("&#xd;");
            case '\n' -> ascii(inAttribute ? "&#xa;" : "\n");
            case '\t' -> ascii(inAttribute ? "&#x9;" : "\t");
            default -> replaced();
        }
    }

    /**
     * Writes a character beyond ASCII.
     *
     * @return 1 when it took two places in the text, else 0
     */
    private int encoded(String text, int at) {
        var c = text.codePointAt(at);
        if (Character.isSupplementaryCodePoint(c)) {
            bits(0xF0 | c >> 18);
            bits(0x80 | c >> 12 & 0x3F);
            bits(0x80 | c >> 6 & 0x3F);
            bits(0x80 | c & 0x3F);
            return 1;
        }
        if (Character.isSurrogate((char) c) || c >= 0xFFFE) {
            replaced();
        } else if (c < 0x800) {
            bits(0xC0 | c >> 6);
            bits(0x80 | c & 0x3F);
        } else {
            bits(0xE0 | c >> 12);
            bits(0x80 | c >> 6 & 0x3F);
            bits(0x80 | c & 0x3F);
        }
        return 0;
    }

    /** U+FFFD, for what XML 1.0 cannot hold. */
    private void replaced() {
        bits(0xEF);
        bits(0xBF);
        bits(0xBD);
    }

    private void bits(int octet) {
        buffer[end++] = (byte) octet;
    }

    private void ascii(String text) {
        for (var octet : text.getBytes(StandardCharsets.US_ASCII)) {
            buffer[end++] = octet;
        }
    }

    private void drain() throws IOException {
        out.write(buffer, 0, end);
        end = 0;
    }
}
