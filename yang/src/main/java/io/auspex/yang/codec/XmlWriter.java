package io.auspex.yang.codec;

import com.ctc.wstx.api.InvalidCharHandler;
import com.ctc.wstx.api.WstxOutputProperties;
import com.ctc.wstx.stax.WstxOutputFactory;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.NodeKind;
import java.io.IOException;
import java.io.OutputStream;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamWriter2;

/** Writes data trees in XML (RFC 7950) while they are read, so that memory does not grow with the answer. */
public final class XmlWriter {
    private static final WstxOutputFactory FACTORY = factory();

    private XmlWriter() {}

    private static WstxOutputFactory factory() {
        var factory = new WstxOutputFactory();
        factory.configureForSpeed();
        // what is written may be part of a message, with several elements side by side
        factory.setProperty(WstxOutputProperties.P_OUTPUT_VALIDATE_STRUCTURE, false);
        factory.setProperty(
                WstxOutputProperties.P_OUTPUT_INVALID_CHAR_HANDLER, new InvalidCharHandler.ReplacingHandler('\uFFFD'));
        return factory;
    }

    /**
     * Writes a resource (RFC 8040 §5): one element; the root as element data of ietf-restconf. A list or leaf-list gives
     * an element an entry. The stream stays open.
     */
    public static void write(DataNode node, OutputStream out, XmlOptions options) throws IOException {
        try {
            var writer = open(out);
            writeNode(writer, node, options);
            writer.close();
        } catch (XMLStreamException e) {
            throw unwrapped(e);
        }
    }

    /** A writer for messages that hold nodes among other things; closing it leaves the stream open. */
    public static XMLStreamWriter2 open(OutputStream out) throws XMLStreamException {
        return (XMLStreamWriter2) FACTORY.createXMLStreamWriter(out, "UTF-8");
    }

    /** Writes a node as {@link #write} does, into any element; its namespace is always declared. */
    public static void writeNode(XMLStreamWriter2 out, DataNode node, XmlOptions options) throws XMLStreamException {
        var output = new XmlOutput(out, options);
        if (node instanceof InnerNode inner && node.schema().kind() == NodeKind.ROOT) {
            output.wrapped("data", XmlReader.RESTCONF, inner);
        } else {
            output.node(node, "");
        }
    }

    /** Writes the children of a node into an element whose namespace is none of theirs, each with its own declared. */
    public static void writeChildren(XMLStreamWriter2 out, InnerNode node, XmlOptions options)
            throws XMLStreamException {
        new XmlOutput(out, options).children(node, "");
    }

    private static IOException unwrapped(XMLStreamException fault) {
        return fault.getNestedException() instanceof IOException io ? io : new IOException(fault);
    }
}
