package io.auspex.netconfprotocol;

import io.auspex.yang.InputLimits;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Opens messages of a peer as {@link io.auspex.yang.codec.XmlInput} does; what it refuses ends the session. */
public final class XmlInput {
    private XmlInput() {}

    /** Opens a message; the reader stands before the root element. Its errors become {@link ProtocolException#of}. */
    public static XMLStreamReader open(byte[] message, InputLimits limits) throws ProtocolException {
        try {
            return io.auspex.yang.codec.XmlInput.open(message, limits);
        } catch (XMLStreamException e) {
            throw ProtocolException.of(e);
        }
    }

    /**
     * Reads up to the end of the document: nothing but white space and comments may follow the root element. The parser gives its
     * buffers and names to the next one, which makes small messages half as dear.
     */
    public static void finish(XMLStreamReader in) throws XMLStreamException {
        io.auspex.yang.codec.XmlInput.finish(in);
        in.close();
    }
}
