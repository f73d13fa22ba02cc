package io.auspex.yang.codec;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.BitSet;
import java.util.stream.StreamSupport;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The metadata of nodes that are read (RFC 7952 §5). The annotations that modules of the model define are taken; of them
 * wd:default alone says something about content: the value is the node's default (RFC 6243 §6), else it is refused.
 */
final class Metadata {
    private static final String DEFAULTS = "urn:ietf:params:xml:ns:netconf:default:1.0";

    private final ModelContext model;

    Metadata(ModelContext model) {
        this.model = model;
    }

    /** Told of each element that is read, within the limits of a message. */
    @FunctionalInterface
    interface Counter {
        void count(NodeCollector place) throws YangException;
    }

    /**
     * The value of a JSON member such as {@code @name}, at whose first token the parser stands: an object of annotations, of
     * a leaf-list an array of such objects and nulls.
     *
     * @return which values it says to be the default, and behind those how many it is about; of one node the first
     */
    Tags read(JsonParser in, NodeCollector place, String member, boolean many, Counter counter) throws YangException {
        var defaults = new BitSet();
        if (!many) {
            defaults.set(0, annotations(in, place, member, counter));
            return new Tags(defaults, 1);
        }
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw bad(place, member, "got " + JsonValues.token(in) + ", expected an array of objects and nulls");
        }
        var count = 0;
        for (; in.nextToken() != JsonToken.END_ARRAY; count++) {
            counter.count(place);
            if (in.currentToken() != JsonToken.VALUE_NULL && annotations(in, place, member, counter)) {
                defaults.set(count);
            }
        }
        return new Tags(defaults, count);
    }

    /**
     * The metadata of a leaf, a leaf-list or another node.
     *
     * @param defaults which values are tagged as default
     * @param count of values that it is about
     */
    record Tags(BitSet defaults, int count) {}

    private boolean annotations(JsonParser in, NodeCollector place, String member, Counter counter)
            throws YangException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw bad(place, member, "got " + JsonValues.token(in) + ", expected an object of annotations");
        }
        var tagged = false;
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            counter.count(place);
            var token = in.nextToken();
            if (name.equals(Annotation.DEFAULT.qualifiedName())) {
                if (!token.isBoolean()) {
                    throw bad(place, member, name + ": got " + JsonValues.token(in) + ", expected true or false");
                }
                tagged = token == JsonToken.VALUE_TRUE;
            } else {
                var colon = name.indexOf(':');
                if (colon < 0 || !model.hasAnnotation(name.substring(0, colon), name.substring(colon + 1))) {
                    throw unknown(place, name);
                }
                if (!token.isScalarValue()) {
                    throw bad(place, member, name + ": got " + JsonValues.token(in) + ", expected a value");
                }
            }
        }
        return tagged;
    }

    private static YangException unknown(NodeCollector place, String name) {
        var shown = JsonValues.shown(name);
        var error = place.fault(Failure.UNKNOWN_ATTRIBUTE, "annotation '" + shown + "' is of no module here");
        return new YangException(error.first().withInfo(ErrorInfo.badAttribute(shown)));
    }

    private static YangException bad(NodeCollector place, String member, String what) {
        var shown = JsonValues.shown(member);
        var error = place.fault(Failure.INVALID_VALUE, "metadata '" + shown + "': " + what);
        return new YangException(error.first().withInfo(ErrorInfo.badElement(shown)));
    }

    /**
     * True when an attribute of the element at whose start the reader stands is an annotation that modules define.
     *
     * @throws YangException for a wd:default that is neither true nor false
     */
    boolean isAnnotation(XMLStreamReader in, int attribute, NodeCollector parent, SchemaNode schema)
            throws YangException {
        var namespace = in.getAttributeNamespace(attribute);
        var name = in.getAttributeLocalName(attribute);
        if (isDefaultTag(namespace, name)) {
            parseBoolean(in.getAttributeValue(attribute), parent, schema);
            return true;
        }
        return namespace != null
                && model.moduleOfNamespace(namespace)
                        .filter(m -> model.hasAnnotation(m.name(), name))
                        .isPresent();
    }

    /** True when the element at whose start the reader stands says that its value is the default. */
    static boolean tagsDefault(XMLStreamReader in) {
        for (var i = 0; i < in.getAttributeCount(); i++) {
            if (isDefaultTag(in.getAttributeNamespace(i), in.getAttributeLocalName(i))) {
                var value = in.getAttributeValue(i).strip();
                return value.equals("true") || value.equals("1");
            }
        }
        return false;
    }

    private static boolean isDefaultTag(@Nullable String namespace, String name) {
        return DEFAULTS.equals(namespace) && name.equals("default");
    }

    private static void parseBoolean(String value, NodeCollector parent, SchemaNode schema) throws YangException {
        switch (value.strip()) {
            case "true", "1", "false", "0" -> {}
            default -> {
                var what = "attribute default: '" + JsonValues.shown(value) + "', expected true or false";
                var error = parent.fault(Failure.BAD_ATTRIBUTE, schema, what).first();
                throw new YangException(
                        error.withInfo(ErrorInfo.badAttribute("default"), ErrorInfo.badElement(schema.name())));
            }
        }
    }

    /** True when a node has the default of its schema node; of a leaf-list, when each of its values is one of them. */
    static boolean isDefault(DataNode node) {
        var defaults = node.schema().defaults();
        return switch (node) {
            case LeafNode leaf -> defaults.contains(leaf.value());
            case LeafListNode values ->
                StreamSupport.stream(values.spliterator(), false).allMatch(defaults::contains);
            case InnerNode _, ListNode _, OpaqueNode _ -> false;
        };
    }
}
