package io.auspex.netconfprotocol;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.UnexpectedText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An XML element as NETCONF uses it: either children or text, never both; comments are gone.
 *
 * @param namespace empty for none
 * @param scope prefix to namespace as in force here, for values that hold prefixes (identityref, XPath); the default
 *     namespace has the empty prefix
 * @param text empty when there are children; not trimmed
 */
public record XmlElement(
        String namespace,
        String name,
        Map<String, String> scope,
        List<XmlAttribute> attributes,
        List<XmlElement> children,
        String text) {
    public XmlElement {
        scope = Map.copyOf(scope);
        attributes = List.copyOf(attributes);
        children = List.copyOf(children);
        if (!children.isEmpty() && !text.isEmpty()) {
            throw new IllegalArgumentException("element '" + name + "': text beside elements");
        }
    }

    /** An element with children. */
    public static XmlElement of(String namespace, String name, XmlElement... children) {
        return new XmlElement(namespace, name, Map.of(), List.of(), List.of(children), "");
    }

    /** An element with text. */
    public static XmlElement leaf(String namespace, String name, String text) {
        return new XmlElement(namespace, name, Map.of(), List.of(), List.of(), text);
    }

    /** This element with one more attribute. */
    public XmlElement with(XmlAttribute attribute) {
        return new XmlElement(
                namespace,
                name,
                scope,
                Stream.concat(attributes.stream(), Stream.of(attribute)).toList(),
                children,
                text);
    }

    /** This element with a prefix that its attributes or text may use. */
    public XmlElement withPrefix(String prefix, String prefixNamespace) {
        var wider = new HashMap<>(scope);
        wider.put(prefix, prefixNamespace);
        return new XmlElement(namespace, name, wider, attributes, children, text);
    }

    /** The whole message as one element. */
    public static XmlElement parse(byte[] message, InputLimits limits) throws ProtocolException {
        try {
            var in = XmlInput.open(message, limits);
            in.nextTag();
            var root = read(in);
            XmlInput.finish(in);
            return root;
        } catch (XMLStreamException e) {
            throw ProtocolException.of(e);
        }
    }

    /** Reads the root element, at whose start the reader stands, and leaves the reader at its end. */
    public static XmlElement read(XMLStreamReader in) throws XMLStreamException {
        return read(in, Map.of());
    }

    /**
     * Reads the element at whose start the reader stands, and leaves the reader at its end.
     *
     * @param outer the prefixes in force around it, such as {@link MessageHead#scope}
     */
    public static XmlElement read(XMLStreamReader in, Map<String, String> outer) throws XMLStreamException {
        return read(in, outer, false);
    }

    /** As {@link #read(XMLStreamReader)}, of data that need not be as its model has it: text beside elements is left out. */
    public static XmlElement readWithoutMixedText(XMLStreamReader in) throws XMLStreamException {
        return read(in, Map.of(), true);
    }

    private static XmlElement read(XMLStreamReader in, Map<String, String> outer, boolean mayMix)
            throws XMLStreamException {
        var scope = scopeAt(in, outer);
        var namespace = orEmpty(in.getNamespaceURI());
        var name = in.getLocalName();
        var attributes = attributesAt(in);
        var children = new ArrayList<XmlElement>(0);
        var text = new StringBuilder(0);
        for (var event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(read(in, scope, mayMix));
            } else {
                text.append(in.getText());
            }
        }
        if (!mayMix && !children.isEmpty() && !io.auspex.yang.codec.XmlInput.isBlank(text)) {
            throw new UnexpectedText("element '" + name + "' holds text beside elements", in.getLocation());
        }
        return new XmlElement(namespace, name, scope, attributes, children, children.isEmpty() ? text.toString() : "");
    }

    public boolean is(String otherNamespace, String otherName) {
        return name.equals(otherName) && namespace.equals(otherNamespace);
    }

    /** The first child of that name. */
    public Optional<XmlElement> child(String childNamespace, String childName) {
        return children.stream().filter(c -> c.is(childNamespace, childName)).findFirst();
    }

    /** All children of that name, in order. */
    public List<XmlElement> children(String childNamespace, String childName) {
        return children.stream().filter(c -> c.is(childNamespace, childName)).toList();
    }

    /** The trimmed text of the first child of that name. */
    public Optional<String> childText(String childNamespace, String childName) {
        return child(childNamespace, childName).map(c -> c.text().strip());
    }

    /** The value of an attribute without a namespace. */
    public Optional<String> attribute(String attributeName) {
        return attributes.stream()
                .filter(a -> a.namespace().isEmpty() && a.name().equals(attributeName))
                .map(XmlAttribute::value)
                .findFirst();
    }

    /** As an XML document in UTF-8, without declaration or added white space. */
    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As an XML document, without declaration or added white space. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        XmlText.append(text, this);
        return text.toString();
    }

    static List<XmlAttribute> attributesAt(XMLStreamReader in) {
        var attributes = new ArrayList<XmlAttribute>(in.getAttributeCount());
        for (var i = 0; i < in.getAttributeCount(); i++) {
            attributes.add(new XmlAttribute(
                    orEmpty(in.getAttributeNamespace(i)), in.getAttributeLocalName(i), in.getAttributeValue(i)));
        }
        return attributes;
    }

    /** The prefixes in force at the element at whose start the reader stands. */
    public static Map<String, String> scopeAt(XMLStreamReader in, Map<String, String> outer) {
        if (in.getNamespaceCount() == 0) {
            return outer;
        }
        var scope = new HashMap<>(outer);
        for (var i = 0; i < in.getNamespaceCount(); i++) {
            scope.put(orEmpty(in.getNamespacePrefix(i)), orEmpty(in.getNamespaceURI(i)));
        }
        return Map.copyOf(scope);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
