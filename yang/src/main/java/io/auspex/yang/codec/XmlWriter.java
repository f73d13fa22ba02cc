package io.auspex.yang.codec;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.NodeKind;
import java.io.IOException;
import java.io.OutputStream;

/** Writes data trees in XML (RFC 7950) while they are read, so that memory does not grow with the answer. */
public final class XmlWriter {
    private XmlWriter() {}

    /**
     * Writes a resource (RFC 8040 §5): one element; the root as element data of ietf-restconf. A list or leaf-list gives
     * an element an entry. The stream stays open.
     */
    public static void write(DataNode node, OutputStream out, XmlOptions options) throws IOException {
        var xml = new Utf8Xml(out);
        writeNode(xml, node, options);
        xml.flush();
    }

    /** Writes a node as {@link #write} does, into any element; its namespace is always declared. */
    public static void writeNode(Utf8Xml out, DataNode node, XmlOptions options) throws IOException {
        var output = new XmlOutput(out, options);
        if (node instanceof InnerNode inner && node.schema().kind() == NodeKind.ROOT) {
            output.wrapped("data", XmlReader.RESTCONF, inner);
        } else {
            output.node(node, "");
        }
    }

    /** Writes the children of a node into an element whose namespace is none of theirs, each with its own declared. */
    public static void writeChildren(Utf8Xml out, InnerNode node, XmlOptions options) throws IOException {
        new XmlOutput(out, options).children(node, "");
    }
}
