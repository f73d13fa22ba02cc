package io.auspex.netconfprotocol;

import java.util.Map;
import java.util.TreeMap;

/** Prints XML elements; escapes {@code >} everywhere, so that no value can hold the delimiter of RFC 6242 §4.3. */
public final class XmlText {
    private static final String XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

    private XmlText() {}

    /** Appends an element as a document or fragment of its own. */
    public static void append(StringBuilder out, XmlElement element) {
        append(out, element, Map.of());
    }

    /** Appends an element inside a fragment that has declared these prefixes. */
    public static void append(StringBuilder out, XmlElement element, Map<String, String> inForce) {
        var declared = new TreeMap<String, String>();
        var now = new TreeMap<>(inForce);
        now.put("xml", XML_NAMESPACE);
        element.scope().forEach((prefix, namespace) -> {
            if (!namespace.equals(now.put(prefix, namespace))) {
                declared.put(prefix, namespace);
            }
        });
        var prefix = prefixFor(element, now, declared);
        var name = prefix.isEmpty() ? element.name() : prefix + ":" + element.name();
        var attributes = new StringBuilder();
        for (var attribute : element.attributes()) {
            attributes.append(' ');
            if (!attribute.namespace().isEmpty()) {
                attributes
                        .append(attributePrefix(attribute.namespace(), now, declared))
                        .append(':');
            }
            attributes.append(attribute.name()).append("=\"");
            escape(attributes, attribute.value(), true);
            attributes.append('"');
        }
        out.append('<').append(name);
        appendDeclarations(out, declared);
        out.append(attributes);
        if (element.children().isEmpty() && element.text().isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        escape(out, element.text(), false);
        for (var child : element.children()) {
            append(out, child, now);
        }
        out.append("</").append(name).append('>');
    }

    /** Appends character data or, with quotes escaped too, an attribute value; what XML cannot hold becomes U+FFFD. */
    public static void escape(StringBuilder out, String text, boolean inAttribute) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\r' -> out.append("&#13;");
                case '"' -> out.append(inAttribute ? "&quot;" : "\"");
                case '\n' -> out.append(inAttribute ? "&#10;" : "\n");
                case '\t' -> out.append(inAttribute ? "&#9;" : "\t");
                default -> {
                    if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        out.append(c).append(text.charAt(++i));
                    } else {
                        out.append(c < ' ' || c > '\uFFFD' || Character.isSurrogate(c) ? '\uFFFD' : c);
                    }
                }
            }
        }
    }

    static void appendDeclarations(StringBuilder out, Map<String, String> declared) {
        declared.forEach((prefix, namespace) -> {
            out.append(prefix.isEmpty() ? " xmlns" : " xmlns:").append(prefix).append("=\"");
            escape(out, namespace, true);
            out.append('"');
        });
    }

    private static String prefixFor(XmlElement element, Map<String, String> now, Map<String, String> declared) {
        var namespace = element.namespace();
        if (namespace.equals(now.getOrDefault("", ""))) {
            return "";
        }
        for (var entry : new TreeMap<>(element.scope()).entrySet()) {
            if (entry.getValue().equals(namespace) && !entry.getKey().isEmpty()) {
                return entry.getKey();
            }
        }
        if (element.scope().containsKey("") && !namespace.isEmpty()) {
            return attributePrefix(namespace, now, declared);
        }
        now.put("", namespace);
        declared.put("", namespace);
        return "";
    }

    private static String attributePrefix(String namespace, Map<String, String> now, Map<String, String> declared) {
        for (var entry : now.entrySet()) {
            if (entry.getValue().equals(namespace) && !entry.getKey().isEmpty()) {
                return entry.getKey();
            }
        }
        var number = 0;
        while (now.containsKey("ns" + number)) {
            number++;
        }
        now.put("ns" + number, namespace);
        declared.put("ns" + number, namespace);
        return "ns" + number;
    }
}
