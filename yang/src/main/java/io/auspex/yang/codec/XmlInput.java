package io.auspex.yang.codec;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import io.auspex.yang.InputLimits;
import io.auspex.yang.error.Failure;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * The one door for foreign XML: strict UTF-8, version 1.0, no document type, no entities, bounded in every dimension
 * (RFC 6241 §3).
 *
 * <p>Comments and processing instructions are skipped, character data arrives coalesced as far as no comment splits it.
 */
public final class XmlInput extends StreamReaderDelegate {
    /** Up to this length a message in ASCII is handed to the parser as one text, which spares a decoder and its buffers. */
    private static final int SHORT = 1 << 16;

    private final InputLimits limits;

    private XmlInput(XMLStreamReader parser, InputLimits limits) {
        super(parser);
        this.limits = limits;
    }

    /** Opens a message; the reader stands before the root element. */
    public static XMLStreamReader open(byte[] message, InputLimits limits) throws XMLStreamException {
        if (message.length > limits.messageBytes()) {
            throw new XmlRefused(
                    Failure.MESSAGE_TOO_BIG, "the message has more than " + limits.messageBytes() + " bytes", null);
        }
        return message.length <= SHORT && StrictUtf8.isAscii(message)
                ? open(new StringReader(new String(message, StandardCharsets.US_ASCII)), limits)
                : open(new ByteArrayInputStream(message), limits);
    }

    /** As {@link #open(byte[], InputLimits)}; a fault of the stream itself arrives nested in the exception. */
    public static XMLStreamReader open(InputStream message, InputLimits limits) throws XMLStreamException {
        return open(
                new InputStreamReader(new StrictUtf8(message, limits.messageBytes()), StandardCharsets.UTF_8), limits);
    }

    private static XMLStreamReader open(Reader characters, InputLimits limits) throws XMLStreamException {
        var parser = Factories.of(limits).createXMLStreamReader(characters);
        var declared = parser.getCharacterEncodingScheme();
        if (declared != null && !declared.equalsIgnoreCase("UTF-8")) {
            throw new XmlRefused(
                    Failure.MALFORMED, "encoding '" + declared + "' declared, only UTF-8 is accepted", null);
        }
        if (parser.getVersion() != null && !parser.getVersion().equals("1.0")) {
            throw new XmlRefused(
                    Failure.MALFORMED, "XML " + parser.getVersion() + " declared, only 1.0 is accepted", null);
        }
        return new XmlInput(parser, limits);
    }

    @Override
    public int next() throws XMLStreamException {
        while (true) {
            var event = getParent().next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    checkElement();
                    return event;
                }
                case XMLStreamConstants.DTD -> throw malformed("a document type is not allowed");
                case XMLStreamConstants.ENTITY_REFERENCE -> throw malformed("an entity reference is not allowed");
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                default -> {
                    return event;
                }
            }
        }
    }

    @Override
    public int nextTag() throws XMLStreamException {
        while (true) {
            var event = next();
            if (event == START_ELEMENT || event == END_ELEMENT) {
                return event;
            }
            if (event == END_DOCUMENT) {
                throw malformed("expected an element, got the end of the message");
            }
            if (!isBlank(getText())) {
                throw new UnexpectedText("expected an element, got text", getLocation());
            }
        }
    }

    @Override
    public String getElementText() throws XMLStreamException {
        if (getEventType() != START_ELEMENT) {
            throw malformed("not at the start of an element");
        }
        var name = getLocalName();
        var text = new StringBuilder();
        for (var event = next(); event != END_ELEMENT; event = next()) {
            if (event == START_ELEMENT) {
                throw malformed("element '" + name + "' holds element '" + getLocalName() + "' where text is expected");
            }
            text.append(getText());
        }
        return text.toString();
    }

    /** Reads up to the end of the document: nothing but white space and comments may follow the root element. */
    public static void finish(XMLStreamReader in) throws XMLStreamException {
        while (in.getEventType() != XMLStreamConstants.END_DOCUMENT) {
            in.next();
        }
    }

    /** True for white space as XML has it (XML 1.0 §2.3). */
    public static boolean isBlank(CharSequence text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    private void checkElement() throws XMLStreamException {
        checkName(getLocalName());
        if (getNamespaceCount() > limits.namespaces()) {
            throw tooBig("more than " + limits.namespaces() + " namespace declarations on one element");
        }
        if (getAttributeCount() > limits.attributes()) {
            throw tooBig("more than " + limits.attributes() + " attributes on one element");
        }
        for (var i = 0; i < getAttributeCount(); i++) {
            checkName(getAttributeLocalName(i));
        }
    }

    private void checkName(String name) throws XMLStreamException {
        if (name.length() > limits.nameBytes()) {
            throw tooBig("name longer than " + limits.nameBytes() + " characters");
        }
    }

    private XmlRefused malformed(String what) {
        return new XmlRefused(Failure.MALFORMED, what, getLocation());
    }

    private XmlRefused tooBig(String what) {
        return new XmlRefused(Failure.MESSAGE_TOO_BIG, what, getLocation());
    }

    /** Parser factories keep symbol tables, so the one for the usual limits is shared. */
    private static final class Factories {
        private static final WstxInputFactory DEFAULT = create(InputLimits.DEFAULT);

        static WstxInputFactory of(InputLimits limits) {
            return limits.equals(InputLimits.DEFAULT) ? DEFAULT : create(limits);
        }

        private static WstxInputFactory create(InputLimits limits) {
            var factory = new WstxInputFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
            factory.setProperty(WstxInputProperties.P_LAZY_PARSING, false);
            factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.depth());
            factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, (long) limits.elements());
            factory.setProperty(
                    WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, limits.attributes() + limits.namespaces());
            factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.attributeBytes());
            factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, limits.textBytes());
            factory.setProperty(WstxInputProperties.P_MAX_CHARACTERS, (long) limits.messageBytes());
            return factory;
        }
    }
}
