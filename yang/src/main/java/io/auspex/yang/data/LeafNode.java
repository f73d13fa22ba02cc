package io.auspex.yang.data;

import io.auspex.yang.schema.SchemaNode;

/**
 * A leaf with its value.
 *
 * @param value as {@link io.auspex.yang.schema.Values} says
 */
public record LeafNode(SchemaNode schema, Object value) implements DataNode {}
