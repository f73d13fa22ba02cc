package io.auspex.yang.filter;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.XmlInput;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.schema.Prefixes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads subtree filters in XML (RFC 6241 §6) and, by the rules of RFC 7951 for names, in JSON. */
public final class FilterReader {
    private static final int DEEPEST = 64;
    private static final int MOST = 10_000;

    private final ModelContext model;
    private int count;

    private FilterReader(ModelContext model) {
        this.model = model;
    }

    /**
     * The elements of a filter.
     *
     * @throws YangException when it cannot be read, or is deeper or larger than is allowed
     */
    public static List<FilterElement> read(ModelContext model, OpaqueNode filter, InputLimits limits)
            throws YangException {
        var reader = new FilterReader(model);
        return switch (filter.encoding()) {
            case XML -> reader.xml(filter.content(), limits);
            case JSON -> reader.json(filter.content(), limits);
        };
    }

    private List<FilterElement> xml(String content, InputLimits limits) throws YangException {
        try {
            var in = XmlInput.open(("<filter>" + content + "</filter>").getBytes(StandardCharsets.UTF_8), limits);
            in.nextTag();
            return element(in, 0).children();
        } catch (XMLStreamException e) {
            throw new YangException(Failure.INVALID_VALUE, "the subtree filter is no XML: " + e.getMessage());
        }
    }

    private FilterElement element(XMLStreamReader in, int depth) throws XMLStreamException, YangException {
        check(depth);
        var namespace = in.getNamespaceURI();
        var module = namespace == null || namespace.isEmpty()
                ? null
                : model.moduleOfNamespace(namespace).map(ModuleInfo::name).orElse(namespace);
        var name = in.getLocalName();
        var hasAttributes = in.getAttributeCount() > 0;
        var children = new ArrayList<FilterElement>();
        var text = new StringBuilder();
        for (var event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(element(in, depth + 1));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(in.getText());
            }
        }
        var content = text.toString().strip();
        var isMatch = children.isEmpty() && !content.isEmpty();
        return new FilterElement(
                module, name, hasAttributes, isMatch ? content : null, prefixOf(content, in), children);
    }

    /** Knows the prefix that a text begins with, as in force at the end of its element. */
    private Prefixes prefixOf(String text, XMLStreamReader in) {
        var prefix = text.substring(0, Math.max(text.indexOf(':'), 0));
        var namespace = in.getNamespaceContext().getNamespaceURI(prefix);
        var module = namespace == null ? Optional.<ModuleInfo>empty() : model.moduleOfNamespace(namespace);
        return p -> p.equals(prefix) ? module : Optional.empty();
    }

    private void check(int depth) throws YangException {
        if (depth > DEEPEST || ++count > MOST) {
            throw new YangException(
                    Failure.INVALID_VALUE,
                    "a subtree filter is at most " + DEEPEST + " deep and has at most " + MOST + " elements");
        }
    }

    private List<FilterElement> json(String content, InputLimits limits) throws YangException {
        try (var in = new JsonReader(model, limits)
                .open(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new YangException(Failure.INVALID_VALUE, "the subtree filter is no JSON object");
            }
            return members(in, null, 0);
        } catch (JacksonException e) {
            throw new YangException(Failure.INVALID_VALUE, "the subtree filter is no JSON: " + e.getOriginalMessage());
        }
    }

    /** The members of an object that was begun; a name without module is of the module of the object around it. */
    private List<FilterElement> members(JsonParser in, @Nullable String around, int depth) throws YangException {
        var all = new ArrayList<FilterElement>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            var member = in.currentName();
            var colon = member.indexOf(':');
            var module = colon < 0 ? around : member.substring(0, colon);
            var name = member.substring(colon + 1);
            in.nextToken();
            value(in, module, name, depth, all);
        }
        return all;
    }

    private void value(JsonParser in, @Nullable String module, String name, int depth, List<FilterElement> all)
            throws YangException {
        check(depth);
        switch (in.currentToken()) {
            case START_OBJECT -> all.add(jsonElement(module, name, null, members(in, module, depth + 1)));
            case START_ARRAY -> {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    value(in, module, name, depth + 1, all);
                }
            }
            case VALUE_NULL -> all.add(jsonElement(module, name, null, List.of()));
            default -> {
                var text = in.getString();
                all.add(jsonElement(module, name, text.isEmpty() ? null : text, List.of()));
            }
        }
    }

    private FilterElement jsonElement(
            @Nullable String module, String name, @Nullable String text, List<FilterElement> children) {
        return new FilterElement(module, name, false, text, model.jsonPrefixes(), children);
    }
}
