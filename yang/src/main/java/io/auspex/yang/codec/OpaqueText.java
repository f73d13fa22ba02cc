package io.auspex.yang.codec;

import com.ctc.wstx.api.WstxOutputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Turns content of no known schema from XML to JSON and back, as far as that goes without types: elements of one name
 * become an array, text becomes a string.
 */
final class OpaqueText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final WstxInputFactory XML = input();
    private static final WstxOutputFactory XML_OUT = output();

    private OpaqueText() {}

    private static WstxInputFactory input() {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static WstxOutputFactory output() {
        var factory = new WstxOutputFactory();
        factory.setProperty(XMLOutputFactory.IS_REPAIRING_NAMESPACES, true);
        factory.setProperty(WstxOutputProperties.P_OUTPUT_VALIDATE_STRUCTURE, false);
        return factory;
    }

    private record Element(@Nullable ModuleInfo module, String name, List<Element> children, String text) {}

    /** The JSON value of the content of an anydata or anyxml element; names of its module stand unqualified. */
    static String xmlToJson(String content, SchemaNode schema) {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            var in = XML.createXMLStreamReader(new StringReader("<x>" + content + "</x>"));
            in.nextTag();
            var root = element(in, schema.model());
            if (root.children().isEmpty() && schema.kind() == NodeKind.ANYDATA) {
                out.writeStartObject();
                out.writeEndObject();
            } else {
                write(out, new Element(schema.module(), root.name(), root.children(), root.text()));
            }
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("opaque content is not well-formed XML: " + content, e);
        }
        return text.toString();
    }

    private static Element element(XMLStreamReader in, ModelContext model) throws XMLStreamException {
        var namespace = in.getNamespaceURI();
        var module =
                namespace == null ? null : model.moduleOfNamespace(namespace).orElse(null);
        var name = in.getLocalName();
        var children = new ArrayList<Element>();
        var text = new StringBuilder();
        for (var event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(element(in, model));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(in.getText());
            }
        }
        return new Element(module, name, children, text.toString());
    }

    private static void write(JsonGenerator out, Element element) {
        if (element.children().isEmpty()) {
            out.writeString(element.text());
            return;
        }
        var members = new LinkedHashMap<String, List<Element>>();
        for (var child : element.children()) {
            var module = child.module();
            var name = module == null || module.equals(element.module())
                    ? child.name()
                    : module.name() + ":" + child.name();
            members.computeIfAbsent(name, _ -> new ArrayList<>()).add(child);
        }
        out.writeStartObject();
        for (var member : members.entrySet()) {
            out.writeName(member.getKey());
            if (member.getValue().size() == 1) {
                write(out, member.getValue().getFirst());
            } else {
                out.writeStartArray();
                member.getValue().forEach(c -> write(out, c));
                out.writeEndArray();
            }
        }
        out.writeEndObject();
    }

    /** The content of an anydata or anyxml element with a JSON value, namespaces declared. */
    static String jsonToXml(String content, SchemaNode schema) {
        var text = new StringWriter();
        try (var in = JSON.createParser(ObjectReadContext.empty(), content)) {
            var out = XML_OUT.createXMLStreamWriter(text);
            if (in.nextToken().isScalarValue()) {
                return in.currentToken() == JsonToken.VALUE_NULL ? "" : XmlOpaque.escaped(in.getString());
            }
            content(out, in, schema.namespace(), schema.model());
            out.flush();
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("opaque content cannot be written as XML: " + content, e);
        }
        return text.toString();
    }

    private static void content(XMLStreamWriter out, JsonParser in, String namespace, ModelContext model)
            throws XMLStreamException {
        switch (in.currentToken()) {
            case START_OBJECT -> {
                for (var name = in.nextName(); name != null; name = in.nextName()) {
                    in.nextToken();
                    member(out, in, name, namespace, model);
                }
            }
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                out.writeCharacters(in.getString());
            case START_ARRAY -> {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    member(out, in, "item", namespace, model);
                }
            }
            default -> {}
        }
    }

    private static void member(XMLStreamWriter out, JsonParser in, String member, String parent, ModelContext model)
            throws XMLStreamException {
        var colon = member.indexOf(':');
        var namespace = colon < 0
                ? parent
                : model.module(member.substring(0, colon))
                        .map(ModuleInfo::namespace)
                        .orElse(parent);
        var name = member.substring(colon + 1);
        if (in.currentToken() != JsonToken.START_ARRAY) {
            element(out, in, name, namespace, model);
            return;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            element(out, in, name, namespace, model);
        }
    }

    private static void element(XMLStreamWriter out, JsonParser in, String name, String namespace, ModelContext model)
            throws XMLStreamException {
        out.writeStartElement("", xmlName(name), namespace);
        content(out, in, namespace, model);
        out.writeEndElement();
    }

    /** A member name as an element name: what XML does not allow becomes an underscore. */
    private static String xmlName(String name) {
        var valid = new StringBuilder(name.length());
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            var starts = Character.isLetter(c) || c == '_';
            valid.append(starts || (i > 0 && (Character.isDigit(c) || c == '-' || c == '.')) ? c : '_');
        }
        return valid.isEmpty() ? "_" : valid.toString();
    }
}
