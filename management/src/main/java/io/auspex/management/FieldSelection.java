package io.auspex.management;

import io.auspex.yang.schema.SchemaNode;
import java.util.Map;

/**
 * Which descendants of a node are read (RFC 8040 §4.8.3): the children selected, each with the selection below it; an empty
 * selection below a child means the child whole.
 */
public record FieldSelection(Map<SchemaNode, FieldSelection> children) {
    public static final FieldSelection ALL = new FieldSelection(Map.of());

    public FieldSelection {
        children = Map.copyOf(children);
    }

    public boolean isAll() {
        return children.isEmpty();
    }
}
