package io.auspex.yang.codec;

import io.auspex.yang.data.Position;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.Prefixes;
import io.auspex.yang.schema.SchemaNode;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What the attributes of a data element say in an edit: nc:operation (RFC 6241 §7.2), yang:insert, yang:key and yang:value
 * (RFC 7950 §7.7.9, §7.8.6), wd:default (RFC 6243 §4.5), txid:etag and txid:last-modified.
 */
record XmlMarks(
        @Nullable EditOperation operation,
        Position position,
        boolean tagged,
        @Nullable Txid txid) {
    static final XmlMarks NONE = new XmlMarks(null, new Position.Unchanged(), false, null);
    private static final String NETCONF = "urn:ietf:params:xml:ns:netconf:base:1.0";
    private static final String YANG = "urn:ietf:params:xml:ns:yang:1";
    private static final String XML = "http://www.w3.org/XML/1998/namespace";
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    /**
     * The element at whose start the reader stands is no edit: it may have metadata, but no marks.
     *
     * @return true when it is tagged as default
     */
    static boolean tagsDefault(XMLStreamReader in, NodeCollector parent, SchemaNode schema, Metadata metadata)
            throws YangException {
        for (var i = 0; i < in.getAttributeCount(); i++) {
            if (!ignored(in.getAttributeNamespace(i)) && !metadata.isAnnotation(in, i, parent, schema)) {
                throw unknown(in, i, parent, schema);
            }
        }
        return Metadata.tagsDefault(in);
    }

    /** The marks of the element at whose start the reader stands. */
    static XmlMarks of(
            XMLStreamReader in, NodeCollector parent, SchemaNode schema, Prefixes prefixes, Metadata metadata)
            throws YangException {
        if (in.getAttributeCount() == 0) {
            return NONE;
        }
        EditOperation operation = null;
        String insert = null;
        String point = null;
        String pointName = "";
        for (var i = 0; i < in.getAttributeCount(); i++) {
            var namespace = in.getAttributeNamespace(i);
            var name = in.getAttributeLocalName(i);
            var value = in.getAttributeValue(i);
            if (NETCONF.equals(namespace) && name.equals("operation")) {
                operation = EditOperation.of(value)
                        .filter(o -> o != EditOperation.NONE)
                        .orElseThrow(() -> bad(
                                parent,
                                schema,
                                name,
                                "'" + JsonValues.shown(value)
                                        + "', expected merge, replace, create, delete or remove"));
            } else if (YANG.equals(namespace) && name.equals("insert")) {
                insert = value;
            } else if (YANG.equals(namespace) && (name.equals("key") || name.equals("value"))) {
                point = value;
                pointName = name;
            } else if (!ignored(namespace)
                    && !Txid.isTxid(namespace, name)
                    && !metadata.isAnnotation(in, i, parent, schema)) {
                throw unknown(in, i, parent, schema);
            }
        }
        var position = insert == null
                ? new Position.Unchanged()
                : position(insert, point, pointName, parent, schema, prefixes);
        return new XmlMarks(operation, position, Metadata.tagsDefault(in), Txid.at(in));
    }

    private static Position position(
            String insert,
            @Nullable String point,
            String pointName,
            NodeCollector parent,
            SchemaNode schema,
            Prefixes prefixes)
            throws YangException {
        if (!schema.userOrdered()) {
            throw bad(parent, schema, "insert", "the node is not ordered by the user");
        }
        return switch (insert) {
            case "first" -> new Position.First();
            case "last" -> new Position.Last();
            case "before" -> new Position.Before(point(point, pointName, parent, schema, prefixes));
            case "after" -> new Position.After(point(point, pointName, parent, schema, prefixes));
            default ->
                throw bad(
                        parent,
                        schema,
                        "insert",
                        "'" + JsonValues.shown(insert) + "', expected first, last, before or after");
        };
    }

    private static ListKey point(
            @Nullable String text, String name, NodeCollector parent, SchemaNode schema, Prefixes prefixes)
            throws YangException {
        var expected = schema.kind() == NodeKind.LIST ? "key" : "value";
        if (text == null || !name.equals(expected)) {
            var error = parent.fault(
                            Failure.MISSING_ATTRIBUTE, schema, "insert before or after needs the attribute " + expected)
                    .first();
            throw new YangException(
                    error.withInfo(ErrorInfo.badAttribute(expected), ErrorInfo.badElement(schema.name())));
        }
        try {
            return schema.kind() == NodeKind.LIST
                    ? InstanceIdentifiers.key(text, schema, prefixes)
                    : ListKey.of(schema.type().parse(text, prefixes));
        } catch (InvalidValueException e) {
            throw bad(parent, schema, expected, String.valueOf(e.getMessage()));
        }
    }

    private static boolean ignored(@Nullable String namespace) {
        return XML.equals(namespace) || INSTANCE.equals(namespace);
    }

    static YangException bad(NodeCollector parent, SchemaNode schema, String attribute, String what) {
        var error = parent.fault(Failure.BAD_ATTRIBUTE, schema, "attribute " + attribute + ": " + what)
                .first();
        return new YangException(
                error.withInfo(ErrorInfo.badAttribute(attribute), ErrorInfo.badElement(schema.name())));
    }

    private static YangException unknown(XMLStreamReader in, int attribute, NodeCollector parent, SchemaNode schema) {
        var name = JsonValues.shown(in.getAttributeLocalName(attribute));
        var error = parent.fault(Failure.UNKNOWN_ATTRIBUTE, schema, "attribute '" + name + "' is not known here")
                .first();
        return new YangException(error.withInfo(ErrorInfo.badAttribute(name), ErrorInfo.badElement(schema.name())));
    }
}
