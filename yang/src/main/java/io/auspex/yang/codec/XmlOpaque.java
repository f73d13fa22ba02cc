package io.auspex.yang.codec;

import com.ctc.wstx.api.WstxOutputProperties;
import com.ctc.wstx.stax.WstxOutputFactory;
import java.io.StringWriter;
import java.util.BitSet;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Keeps the content of an XML element of no known schema as text, with every namespace it uses declared in it. */
final class XmlOpaque {
    private static final WstxOutputFactory FACTORY = factory();

    private XmlOpaque() {}

    private static WstxOutputFactory factory() {
        var factory = new WstxOutputFactory();
        factory.setProperty(XMLOutputFactory.IS_REPAIRING_NAMESPACES, true);
        factory.setProperty(WstxOutputProperties.P_OUTPUT_VALIDATE_STRUCTURE, false);
        return factory;
    }

    /**
     * The content of the element at whose start the reader stands; the reader is left at its end.
     *
     * @param ofNodes whether it has to be what YANG can model: elements, each with a value or with elements
     * @throws UnexpectedText where it is not
     */
    static String capture(XMLStreamReader in, boolean ofNodes) throws XMLStreamException {
        var text = new StringWriter();
        var out = FACTORY.createXMLStreamWriter(text);
        var depth = 0;
        var holdsText = new BitSet();
        var holdsElements = new BitSet();
        holdsElements.set(0);
        for (var event = in.next(); event != XMLStreamConstants.END_ELEMENT || depth > 0; event = in.next()) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    holdsElements.set(depth);
                    depth++;
                    holdsText.clear(depth);
                    holdsElements.clear(depth);
                    start(in, out);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    out.writeEndElement();
                }
                default -> {
                    if (!XmlInput.isBlank(in.getText())) {
                        holdsText.set(depth);
                    }
                    if (depth > 0) {
                        out.writeCharacters(in.getText());
                    } else {
                        out.flush();
                        text.write(escaped(in.getText()));
                    }
                }
            }
            if (ofNodes && holdsText.get(depth) && holdsElements.get(depth)) {
                throw new UnexpectedText("text stands beside elements", in.getLocation());
            }
        }
        out.flush();
        return text.toString();
    }

    /** Text that stands in no element, where the writer escapes nothing. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#xd;");
    }

    private static void start(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
        out.writeStartElement(orEmpty(in.getPrefix()), in.getLocalName(), orEmpty(in.getNamespaceURI()));
        for (var i = 0; i < in.getNamespaceCount(); i++) {
            var prefix = orEmpty(in.getNamespacePrefix(i));
            if (!prefix.isEmpty()) {
                out.writeNamespace(prefix, orEmpty(in.getNamespaceURI(i)));
            }
        }
        for (var i = 0; i < in.getAttributeCount(); i++) {
            var namespace = orEmpty(in.getAttributeNamespace(i));
            if (namespace.isEmpty()) {
                out.writeAttribute(in.getAttributeLocalName(i), in.getAttributeValue(i));
            } else {
                out.writeAttribute(
                        orEmpty(in.getAttributePrefix(i)),
                        namespace,
                        in.getAttributeLocalName(i),
                        in.getAttributeValue(i));
            }
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
