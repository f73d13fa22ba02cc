package io.auspex.netconfprotocol;

import com.ctc.wstx.api.WstxOutputProperties;
import com.ctc.wstx.stax.WstxOutputFactory;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.codehaus.stax2.XMLStreamWriter2;

/** Opens stream writers for what stands between the tags of a {@link ReplyEnvelope}: UTF-8, no declaration, several roots. */
public final class XmlOutput {
    private static final WstxOutputFactory FACTORY = create();

    private XmlOutput() {}

    /** The caller flushes the writer before writing to the stream itself; closing the writer leaves the stream open. */
    public static XMLStreamWriter open(OutputStream out) {
        try {
            return (XMLStreamWriter2) FACTORY.createXMLStreamWriter(out, "UTF-8");
        } catch (XMLStreamException e) {
            throw new UncheckedIOException(new java.io.IOException(e));
        }
    }

    private static WstxOutputFactory create() {
        var factory = new WstxOutputFactory();
        factory.setProperty(XMLOutputFactory.IS_REPAIRING_NAMESPACES, true);
        factory.setProperty(WstxOutputProperties.P_OUTPUT_VALIDATE_STRUCTURE, false);
        factory.setProperty(WstxOutputProperties.P_OUTPUT_VALIDATE_CONTENT, false);
        factory.setProperty(WstxOutputProperties.P_OUTPUT_VALIDATE_NAMES, false);
        factory.setProperty(WstxOutputProperties.P_COPY_DEFAULT_ATTRS, false);
        return factory;
    }
}
