package io.auspex.yang.data;

import io.auspex.yang.schema.SchemaNode;

/**
 * The content of an anydata or anyxml node (RFC 7950 §7.10, §7.11), kept in the encoding that it came in.
 *
 * @param encoding what {@code content} is written in
 * @param content in JSON the value itself; in XML the content of the element, namespaces declared
 */
public record OpaqueNode(SchemaNode schema, Encoding encoding, String content) implements DataNode {
    /** The encodings of opaque content. */
    public enum Encoding {
        JSON,
        XML
    }
}
