package io.auspex.restconfserver;

import static io.auspex.restconfserver.PatchMessage.require;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.XmlInput;
import io.auspex.yang.codec.XmlReader;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YANG Patch in XML (application/yang-patch+xml). Its elements may stand in any order, so values are read by a
 * second reader that follows once all targets are known.
 */
final class XmlPatch {
    private final byte[] message;
    private final XmlReader reader;
    private final InputLimits limits;
    private final PatchMessage.Builder patch = new PatchMessage.Builder();
    private @Nullable XMLStreamReader values;
    private int valuesRead;

    private XmlPatch(byte[] message, XmlReader reader, InputLimits limits) {
        this.message = message;
        this.reader = reader;
        this.limits = limits;
    }

    static PatchMessage read(byte[] message, XmlReader reader, InputLimits limits) throws YangException {
        try {
            return new XmlPatch(message, reader, limits).patch();
        } catch (XMLStreamException e) {
            throw malformed(e);
        }
    }

    private static YangException malformed(XMLStreamException fault) {
        return new YangException(Failure.MALFORMED, "not well-formed XML: " + fault.getMessage());
    }

    private static boolean is(XMLStreamReader in, String name) {
        return PatchMessage.NAMESPACE.equals(in.getNamespaceURI()) && name.equals(in.getLocalName());
    }

    private PatchMessage patch() throws XMLStreamException, YangException {
        var in = XmlInput.open(message, limits);
        in.nextTag();
        require(is(in, "yang-patch"), "element yang-patch of " + PatchMessage.NAMESPACE);
        var count = 0;
        while (in.nextTag() == XMLStreamReader.START_ELEMENT) {
            require(is(in, in.getLocalName()), "elements of " + PatchMessage.NAMESPACE);
            switch (in.getLocalName()) {
                case "patch-id" -> patch.patchId(in.getElementText());
                case "comment" -> in.getElementText();
                case "edit" -> {
                    while (in.nextTag() == XMLStreamReader.START_ELEMENT) {
                        count = part(in, count);
                    }
                    patch.endEdit();
                }
                default -> throw PatchMessage.unknown(in.getLocalName());
            }
        }
        XmlInput.finish(in);
        return patch.build();
    }

    private int part(XMLStreamReader in, int values) throws XMLStreamException, YangException {
        var name = in.getLocalName();
        require(is(in, name), "elements of " + PatchMessage.NAMESPACE);
        if (PatchMessage.Builder.isLeaf(name)) {
            patch.leaf(name, in.getElementText());
            return values;
        }
        if (!name.equals("value")) {
            throw PatchMessage.unknown(name);
        }
        patch.value(target -> value(values, target));
        skip(in);
        return values + 1;
    }

    private DataNode value(int index, DataPath target) throws YangException {
        try {
            if (values == null) {
                values = XmlInput.open(message, limits);
                values.nextTag();
                valuesRead = 0;
            }
            var in = values;
            while (true) {
                if (in.next() != XMLStreamReader.START_ELEMENT || !is(in, "value")) {
                    continue;
                }
                if (valuesRead++ == index) {
                    values = null;
                    require(in.nextTag() == XMLStreamReader.START_ELEMENT, "an element in value");
                    var node = reader.readResource(in, target);
                    require(in.nextTag() == XMLStreamReader.END_ELEMENT, "one element in value");
                    values = in;
                    return node;
                }
                skip(in);
            }
        } catch (XMLStreamException e) {
            throw malformed(e);
        }
    }

    private static void skip(XMLStreamReader in) throws XMLStreamException {
        for (var depth = 1; depth > 0; ) {
            switch (in.next()) {
                case XMLStreamReader.START_ELEMENT -> depth++;
                case XMLStreamReader.END_ELEMENT -> depth--;
                default -> {}
            }
        }
    }
}
